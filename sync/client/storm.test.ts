import { expect, test } from "vitest";
import { note, other, phone, rec, rowsIn, serverWithTask, space, usePhones } from "./testphone.ts";
import { portal, problem, type TestServer } from "./testserver.ts";
import type { Client, Rec } from "./types.ts";

usePhones();

/** Numbers from a seed, so that a failure can be played again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const weathers: ((server: TestServer) => void)[] = [
  (server) => (server.intercept = undefined),
  (server) => (server.intercept = portal),
  (server) => (server.losesAnswers = true),
  (server) => (server.intercept = ({ path }) => (path === "sync/pull" ? portal() : undefined)),
  (server) => (server.intercept = ({ path }) => (path === "sync/push" ? problem(503, "busy") : undefined)),
];

function calm(server: TestServer): void {
  server.intercept = undefined;
  server.losesAnswers = false;
}

/** Misfortunes of the server: new rights, a backup brought back, a cloned profile, short answers, access that ends and comes back. */
const misfortunes: ((server: TestServer) => void)[] = [
  (server) => server.epoch++,
  (server) => server.space(space).clients.clear(),
  (server) => {
    for (const [, client] of server.space(space).clients) client.ring.clear();
  },
  (server) => (server.pageSize = server.pageSize === 3 ? Infinity : 3),
  (server) => server.hide(space, rec("t1")),
  (server) => server.write(space, { id: rec("t1"), f: { title: "again" } } as Partial<Rec>),
  (server) => server.removed.add(space),
  (server) => server.removed.clear(),
];

test.each(Array.from({ length: 25 }, (_, i) => i + 1))(
  "nothing is lost and all agree in the end, seed %i",
  async (seed) => {
    const roll = dice(seed);
    const server = serverWithTask();
    server.write(other, { id: rec("t2"), f: {} } as Partial<Rec>);
    let client: Client = await phone(server);
    const saved: string[] = [];
    for (let step = 0; step < 50; step++) {
      const what = roll(10);
      if (what < 5) {
        const made = await client.edit(roll(3) ? space : other, note(`n${step}`, `${step}`));
        if (made.ok) saved.push(`n${step}`);
      } else if (what < 7) {
        calm(server);
        weathers[roll(weathers.length)]?.(server);
      } else if (what < 8) {
        await client.sync();
      } else if (what < 9) {
        misfortunes[roll(misfortunes.length)]?.(server);
      } else {
        await client.close();
        client = await phone(server);
      }
    }
    calm(server);
    server.removed.clear();
    await client.sync();
    await client.sync();
    expect(client.state()).toMatchObject({ waiting: 0, reachable: true });
    expect(await rowsIn("outbox")).toHaveLength(0);
    expect(await rowsIn("stage")).toHaveLength(0);
    for (const id of [space, other]) {
      const plain = (records: Iterable<Rec>) =>
        [...records].map((r) => ({ id: r.id, f: r.f })).sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(plain(client.spaces().get(id)?.records.values() ?? [])).toEqual(plain(server.space(id).records.values()));
    }
    const reviewed = [...server.quarantine.values()]
      .flat()
      .flatMap(({ ops }) => ops.map((op) => "rec" in op && op.rec));
    const stored = [...server.space(space).records.keys(), ...server.space(other).records.keys(), ...reviewed];
    for (const id of saved) expect(stored).toContain(id);
  },
);
