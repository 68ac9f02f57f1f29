/** The phone half of sync, as it ships, against the real program; with a bad network between them, see storm.journey.ts. */
import "fake-indexeddb/auto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openClient } from "../../sync/client/client.ts";
import { signInByLink } from "../../sync/client/session.ts";
import type { Client, World } from "../../sync/client/types.ts";
import type { RecordID, SpaceID } from "../../sync/plan/plan.gen.ts";
import { Program } from "./program.ts";

let program: Program;
const opened: Client[] = [];
beforeAll(async () => {
  program = await Program.start();
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
afterAll(() => program.close());

const space = "case-1" as SpaceID;

const world: World = {
  now: () => Date.now(),
  random: (bytes) => crypto.getRandomValues(bytes),
  fetch: (path, init) => fetch(program.origin + path, init),
};

async function phone(who: string): Promise<Client> {
  const signedIn = await signInByLink(world, new URL(program.link(who)).hash.slice(1));
  if (!signedIn.ok) throw new Error(`${who}: ${signedIn.code}`);
  const client = await openClient({ account: signedIn.account, access: signedIn.access, world });
  opened.push(client);
  await until(client, () => client.spaces().get(space)?.complete === true);
  return client;
}

/** Syncs until a condition holds; each pass is one visit to the server. */
async function until(client: Client, condition: () => boolean): Promise<void> {
  for (let pass = 0; pass < 500 && !condition(); pass++) await client.sync();
  expect(condition()).toBe(true);
}

const settled = (client: Client) => client.state().waiting === 0;

test("what one writes the other reads", async () => {
  const [teacher, mother] = [await phone("case-1/c1-karen"), await phone("case-1/c1-signe")];
  const id = "note-of-the-teacher" as RecordID;
  expect(
    await teacher.edit(space, [{ rec: id, kind: "note", new: { about: "c1-t08", text: "Malthe kom selv ind." } }]),
  ).toMatchObject({ ok: true });
  await until(teacher, () => settled(teacher));
  await until(mother, () => mother.spaces().get(space)?.records.has(id) === true);
  expect(mother.spaces().get(space)?.records.get(id)?.f).toMatchObject({
    text: "Malthe kom selv ind.",
    person: "c1-karen",
  });
});
