import { afterEach, describe, expect, test, vi } from "vitest";
import type { OutboxRow, SpaceRow } from "./store.ts";
import {
  clock,
  note,
  other,
  phone,
  rec,
  rowsIn,
  serverWithTask,
  shown,
  space,
  TestPage,
  testLocks,
  title,
  until,
  usePhones,
} from "./testphone.ts";
import { portal, problem, type TestServer } from "./testserver.ts";
import type { Change, Client, Rec } from "./types.ts";

usePhones();
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const kept = "2026-04-03T08:00:00.000Z";
const outbox = () => rowsIn<OutboxRow>("outbox");
const hasSpace = (rows: { space: string }[]) => rows.some((row) => row.space === space);
const handovers = (server: TestServer) =>
  server.bodies("sync/quarantine") as unknown as { client: string; space: string; changes: Change[] }[];
const sizes = (server: TestServer) => handovers(server).map(({ changes }) => changes.length);
/** The changes that the server keeps for review, in the order it got them. */
const inQuarantine = (server: TestServer) => [...server.quarantine.values()].flat();
const recsOf = (changes: readonly Pick<Change, "ops">[]) =>
  changes.flatMap(({ ops }) => ops.map((op) => "rec" in op && op.rec));
const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);

/** A server with two spaces: one called after a child, and one more. */
function twoSpaces(): TestServer {
  const server = serverWithTask();
  server.write(space, { id: rec("k7"), kind: "case", f: { title: "Spring" } } as Partial<Rec>);
  server.write(space, { id: rec("c1"), kind: "child", f: { name: "Ida Marie Holm" } } as Partial<Rec>);
  server.write(other, { id: rec("t2"), f: {} } as Partial<Rec>);
  return server;
}

/** A phone that holds unsent changes of a space whose access has ended, which it does not know yet. */
async function ending(server: TestServer, count: number, more = {}, text = "a note"): Promise<Client> {
  const client = await phone(server, more);
  await client.sync();
  server.intercept = ({ path }) => (path.startsWith("sync/") ? portal() : undefined);
  for (const name of names(count)) await client.edit(space, note(name, text));
  await client.sync();
  server.intercept = undefined;
  server.removed.add(space);
  server.asked.length = 0;
  return client;
}

/** Everything of the space is on the phone; what a wipe is to remove, and a fault must not. */
async function expectWhole(count: number): Promise<void> {
  expect(hasSpace(await rowsIn("base"))).toBe(true);
  expect(recsOf(await outbox())).toEqual(names(count));
  expect(hasSpace(await rowsIn("spaces"))).toBe(true);
}

async function expectWiped(): Promise<void> {
  for (const store of ["base", "stage", "outbox", "spaces"]) expect(hasSpace(await rowsIn(store))).toBe(false);
}

describe("upload first, then purge", () => {
  test("what waits is handed over, and a notice is all that is left", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    await expectWhole(3);
    expect(shown(client, "n0")).toBeDefined();
    await client.sync();
    const at = new Date(clock.now).toISOString();
    expect(handovers(server)[0]).toEqual({
      client: client.client,
      space: "k7",
      changes: names(3).map((id, i) => ({ space: "k7", n: i + 1, id: expect.any(String), base: 3, at, ops: note(id) })),
    });
    await expectWiped();
    expect(client.handed()).toEqual([{ space: "k7", name: "Ida", changes: 3, at: clock.now, until: kept }]);
    expect(client.state()).toMatchObject({ waiting: 0, reachable: true });
    expect([...client.spaces().keys()]).toEqual([other]);
    expect(shown(client, "t2", other)).toEqual({});
  });

  test("everything is still on the phone while it is handed over, and not shown any more", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    let looked = false;
    server.intercept = async ({ path }) => {
      if (path !== "sync/quarantine") return undefined;
      await expectWhole(3);
      expect(client.spaces().has(space)).toBe(false);
      expect(client.handed()).toEqual([]);
      looked = true;
      return undefined;
    };
    await client.sync();
    expect(looked).toBe(true);
    await expectWiped();
  });

  test("a pull that says so is enough; nothing is pushed to that space before", async () => {
    const server = twoSpaces();
    const client = await ending(server, 0);
    server.write(other, { id: rec("t3"), f: {} } as Partial<Rec>);
    server.intercept = async ({ path }) => {
      if (path !== "sync/pull" || server.bodies("sync/pull").length > 1) return undefined;
      await client.edit(space, note("n0")); // made when the answer was on its way
      return undefined;
    };
    await client.sync();
    expect(recsOf(inQuarantine(server))).toEqual(["n0"]);
    expect(server.bodies("sync/push")).toEqual([]);
    await expectWiped();
  });

  test("a refused push is enough too, also when nothing can be pulled", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    server.intercept = ({ path }) => (path === "sync/pull" ? problem(503, "busy") : undefined);
    await client.edit(other, note("n9"));
    await client.sync();
    expect(recsOf(inQuarantine(server))).toEqual(names(3));
    expect(server.space(other).records.has(rec("n9"))).toBe(true);
    await expectWiped();
  });

  test("without unsent changes the space is wiped at once, and the notice says so", async () => {
    const server = twoSpaces();
    const client = await ending(server, 0);
    await expectWhole(0);
    await client.sync();
    await expectWiped();
    expect(handovers(server)).toEqual([]);
    expect(client.handed()).toEqual([{ space: "k7", name: "Ida", changes: 0, at: clock.now, until: null }]);
  });

  test("a change that the server has answered is in its history, and not handed over again", async () => {
    const server = twoSpaces();
    const client = await ending(server, 0);
    server.removed.clear();
    server.intercept = ({ path }) => (path === "sync/pull" ? portal() : undefined);
    await client.edit(space, note("n0"));
    await client.sync();
    expect(await outbox()).toMatchObject([{ answer: { r: "ok" } }]);
    server.removed.add(space);
    server.intercept = undefined;
    await client.sync();
    await expectWiped();
    expect(inQuarantine(server)).toEqual([]);
    expect(client.handed()).toMatchObject([{ changes: 0 }]);
  });

  test("the order in which they were made is kept, in requests of at most 200 changes", async () => {
    const server = twoSpaces();
    const client = await ending(server, 450, {}, "x");
    await client.sync();
    expect(sizes(server)).toEqual([200, 200, 50]);
    expect(recsOf(inQuarantine(server))).toEqual(names(450));
    expect(client.handed()).toMatchObject([{ changes: 450 }]);
    await expectWiped();
  });

  test("a request holds at most 192 KiB", async () => {
    const server = twoSpaces();
    const client = await ending(server, 10, {}, "ø".repeat(30_000));
    await client.sync();
    const bytes = server.asked
      .filter(({ path }) => path === "sync/quarantine")
      .map(({ body }) => Buffer.byteLength(body));
    expect(bytes.length).toBe(4);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(192 * 1024);
    expect(recsOf(inQuarantine(server))).toEqual(names(10));
  });

  test("a space without a child is called by its case, also by a title that was never sent", async () => {
    const server = twoSpaces();
    server.hide(space, rec("c1"));
    const client = await ending(server, 0);
    server.intercept = ({ path }) => (path === "sync/quarantine" ? portal() : undefined);
    await client.edit(space, title("Autumn", "k7"));
    await client.sync();
    await client.close();
    server.intercept = undefined;
    const again = await phone(server);
    await again.sync();
    expect(again.handed()).toMatchObject([{ name: "Autumn", changes: 1 }]);
  });
});

describe("when something fails in between", () => {
  const faults = [0, 1, 2].flatMap((chunk) =>
    ["before", "after"].flatMap((when) => [true, false].map((restarts) => ({ chunk, when, restarts }))),
  );

  test.each(faults)("the network is lost $when chunk $chunk, restart: $restarts", async ({ chunk, when, restarts }) => {
    const server = twoSpaces();
    let client = await ending(server, 450, {}, "x");
    server.intercept = ({ path }) => {
      if (path !== "sync/quarantine" || handovers(server).length !== chunk + 1) return undefined;
      server.losesAnswers = when === "after";
      return when === "before" ? portal() : undefined;
    };
    await client.sync();
    expect(handovers(server)).toHaveLength(chunk + 1);
    await expectWhole(450);
    expect(client.spaces().has(space)).toBe(false);
    expect(client.handed()).toEqual([]);
    expect(client.state()).toMatchObject({ waiting: 450, reachable: false });
    server.losesAnswers = false;
    if (restarts) {
      server.intercept = portal;
      await client.close();
      client = await phone(server);
      await client.sync();
      expect(client.spaces().has(space)).toBe(false);
      expect([...client.spaces().keys()]).toEqual([other]);
      await expectWhole(450);
    }
    server.intercept = undefined;
    await client.sync();
    await expectWiped();
    expect(recsOf(inQuarantine(server))).toEqual(names(450)); // each once, though some were sent twice
    expect(client.handed()).toMatchObject([{ changes: 450, name: "Ida", until: kept }]);
  });

  test("what has a receipt is not sent again by the same tab", async () => {
    const server = twoSpaces();
    const client = await ending(server, 450, {}, "x");
    server.intercept = ({ path }) =>
      path === "sync/quarantine" && handovers(server).length === 3 ? portal() : undefined;
    await client.sync();
    server.intercept = undefined;
    await client.sync();
    expect(sizes(server)).toEqual([200, 200, 50, 50]);
  });

  test("a store that cannot be wiped keeps all of it, and no notice says otherwise", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    const remove = IDBObjectStore.prototype.delete;
    const spy = vi.spyOn(IDBObjectStore.prototype, "delete").mockImplementation(function (this: IDBObjectStore, key) {
      const request = remove.call(this, key);
      if (this.name === "spaces") request.addEventListener("success", () => this.transaction.abort());
      return request;
    });
    await client.sync();
    expect(spy).toHaveBeenCalled();
    expect(inQuarantine(server)).toHaveLength(3);
    await expectWhole(3);
    expect(client.spaces().has(space)).toBe(false);
    await client.close();
    spy.mockRestore();
    const again = await phone(server);
    expect(again.handed()).toEqual([]);
    await again.sync();
    await expectWiped();
    expect(again.handed()).toMatchObject([{ changes: 3 }]);
    expect(inQuarantine(server)).toHaveLength(3);
  });

  test("a receipt for something else is none", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    const two = { receipt: "q1", changes: 2, until: kept };
    server.intercept = ({ path }) => (path === "sync/quarantine" ? Response.json(two) : undefined);
    await client.sync();
    await expectWhole(3);
    expect(handovers(server).length).toBeLessThan(3);
  });

  test.each([429, 500, 503])("%i keeps all of it, and other spaces go on", async (status) => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    server.intercept = ({ path }) => (path === "sync/quarantine" ? problem(status, "busy") : undefined);
    server.write(other, { id: rec("t2"), f: { title: "news" } } as Partial<Rec>);
    await client.edit(other, note("n9"));
    await client.sync();
    expect(recsOf((await outbox()).filter((row) => row.space === space))).toEqual(names(3));
    expect(hasSpace(await rowsIn("base"))).toBe(true);
    expect(shown(client, "t2", other)).toEqual({ title: "news" });
    expect(server.space(other).records.has(rec("n9"))).toBe(true);
    expect(handovers(server).length).toBeLessThan(5);
    server.intercept = undefined;
    await client.sync();
    await expectWiped();
  });

  test("a line too slow for it is given less", async () => {
    const server = twoSpaces();
    const client = await ending(server, 4, {}, "x".repeat(40_000));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    server.intercept = ({ path, body }) =>
      path === "sync/quarantine" && body.length > 100_000 ? new Promise(() => undefined) : undefined;
    const trying = client.sync();
    for (let i = 0; i < 200 && client.handed().length === 0; i++) {
      await vi.advanceTimersByTimeAsync(10_000);
      await turn();
    }
    await trying;
    expect(sizes(server)).toEqual([4, 2, 2]);
    expect(recsOf(inQuarantine(server))).toEqual(names(4));
  });

  test("one change that cannot be read is found by halves and kept; the rest is handed over, and what was shown is wiped", async () => {
    const server = twoSpaces();
    const client = await ending(server, 8);
    const isBad = (body: string) => body.includes('"n5"');
    server.intercept = ({ path, body }) =>
      path === "sync/quarantine" && isBad(body) ? problem(422, "bad-character") : undefined;
    await client.sync();
    expect(recsOf(inQuarantine(server))).toEqual(names(8).filter((name) => name !== "n5"));
    expect(await outbox()).toMatchObject([{ blocked: "bad-character", ops: note("n5") }]);
    expect(hasSpace(await rowsIn("base"))).toBe(false);
    expect(client.state()).toMatchObject({ waiting: 1, blocked: 1 });
    expect(client.handed()).toMatchObject([{ changes: 7, name: "Ida" }]);
    const asked = handovers(server).length;
    await client.sync();
    expect(handovers(server)).toHaveLength(asked);
    await client.close();
    server.intercept = undefined;
    const again = await phone(server);
    await until(again, () => again.state().waiting === 0);
    await expectWiped();
    expect(recsOf(inQuarantine(server))).toContain("n5");
    expect(again.handed()).toMatchObject([{ changes: 8, name: "Ida" }]);
  });
});

describe("when access comes back", () => {
  test("before anything was handed over: all is shown again, and the changes go as ever", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    server.intercept = ({ path }) => (path === "sync/quarantine" ? portal() : undefined);
    await client.sync();
    expect(client.spaces().has(space)).toBe(false);
    server.removed.clear();
    server.intercept = undefined;
    await client.sync();
    expect(shown(client, "t1")).toEqual({ title: "Call the school", state: "open" });
    expect([...server.space(space).records.keys()]).toEqual(["t1", "k7", "c1", ...names(3)]);
    expect(await outbox()).toEqual([]);
    expect(client.handed()).toEqual([]);
    expect(inQuarantine(server)).toEqual([]);
  });

  test("told by a pull, while what waits could not be handed over", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    server.intercept = ({ path }) => (path === "sync/quarantine" ? problem(503, "busy") : undefined);
    await client.sync();
    server.removed.clear();
    server.write(space, { id: rec("t1"), f: { title: "news" } } as Partial<Rec>);
    await client.sync();
    await client.sync();
    expect(shown(client, "t1")).toMatchObject({ title: "news" });
    expect(await outbox()).toEqual([]);
    expect(server.space(space).records.has(rec("n2"))).toBe(true);
  });

  test("a server that takes nothing and gives nothing back is not asked for ever", async () => {
    const server = twoSpaces();
    const client = await ending(server, 3);
    server.intercept = ({ path }) => (path === "sync/quarantine" ? problem(404, "not-found") : undefined);
    await client.sync();
    await expectWhole(3);
    expect(client.spaces().has(space)).toBe(false);
    expect(server.asked.length).toBeLessThan(12);
  });

  test("after the space was wiped: it comes whole, and goes on counting where the server stands", async () => {
    const server = twoSpaces();
    const client = await ending(server, 0);
    server.removed.clear();
    for (const name of names(3)) await client.edit(space, note(name));
    await client.sync();
    server.removed.add(space);
    await client.sync();
    await expectWiped();
    server.removed.clear();
    await client.sync();
    expect(shown(client, "n0")).toBeDefined();
    const name = client.client;
    await client.edit(space, note("n3"));
    await client.sync();
    expect(server.space(space).records.has(rec("n3"))).toBe(true);
    expect(client.client).toBe(name); // a number given twice would look like a cloned profile
    expect(await rowsIn<SpaceRow>("spaces")).toContainEqual(expect.objectContaining({ space: "k7", last: 4 }));
  });
});

describe("other tabs and the page", () => {
  const tabs = () => ({ locks: testLocks(), channel: (name: string) => new BroadcastChannel(name) });

  test("hear of it, and of a notice that was put away", async () => {
    const server = twoSpaces();
    const world = tabs();
    const leader = await ending(server, 1, world);
    const follower = await phone(server, world);
    expect(shown(follower, "n0")).toBeDefined();
    await leader.sync();
    await until(follower, () => !follower.spaces().has(space) && follower.handed().length === 1);
    expect(follower.handed()).toEqual(leader.handed());
    await follower.dismiss(space);
    expect(follower.handed()).toEqual([]);
    await until(leader, () => leader.handed().length === 0);
  });

  test("stop showing it when the server has said so, also while the network is lost", async () => {
    const server = twoSpaces();
    const world = tabs();
    const leader = await ending(server, 1, world);
    const follower = await phone(server, world);
    server.intercept = ({ path }) => (path === "sync/quarantine" ? portal() : undefined);
    await leader.sync();
    await until(follower, () => !follower.spaces().has(space));
    await expectWhole(1);
  });

  test("a change that another tab writes meanwhile is handed over too", async () => {
    const server = twoSpaces();
    const client = await ending(server, 2);
    const second = await phone(server, { fetch: () => Promise.reject(new TypeError("offline")) });
    server.intercept = async ({ path }) => {
      if (path === "sync/quarantine" && handovers(server).length === 1) await second.edit(space, note("n2"));
      else if (path === "sync/quarantine") await expectWhole(3);
      return undefined;
    };
    await client.sync();
    expect(sizes(server)).toEqual([2, 1]);
    expect(recsOf(inQuarantine(server))).toEqual(names(3));
    await expectWiped();
    expect(client.handed()).toMatchObject([{ changes: 3 }]);
  });

  test("a change that a forgotten screen writes after the wipe follows the others", async () => {
    const server = twoSpaces();
    const client = await ending(server, 2);
    await client.sync();
    clock.now += 1000;
    await client.edit(space, note("n2"));
    await client.sync();
    expect(recsOf(inQuarantine(server))).toEqual(names(3));
    await expectWiped();
    expect(client.spaces().has(space)).toBe(false);
    expect(client.handed()).toEqual([{ space: "k7", name: "Ida", changes: 3, at: clock.now, until: kept }]);
  });

  test("a notice outlives a restart until it is put away", async () => {
    const server = twoSpaces();
    const first = await ending(server, 1);
    await first.sync();
    await first.close();
    const second = await phone(server);
    expect(second.handed()).toMatchObject([{ space: "k7", changes: 1 }]);
    let heard = 0;
    second.subscribe(() => heard++);
    await second.dismiss(space);
    await Promise.resolve();
    expect(heard).toBeGreaterThan(0);
    await second.close();
    expect((await phone(server)).handed()).toEqual([]);
  });

  test("a lost space that waits to be left is not asked for each time the stream begins", async () => {
    const server = twoSpaces();
    const page = new TestPage();
    const client = await ending(server, 2, { page: page.asWindow() });
    server.intercept = ({ path }) => (path === "sync/quarantine" ? problem(503, "busy") : undefined);
    await client.sync();
    for (let i = 0; i < 1000 && !server.live; i++) await turn();
    server.asked.length = 0;
    server.say('event: head\ndata: {"k8":2}\n\n');
    for (let i = 0; i < 20; i++) await turn();
    page.dispatchEvent(new Event("focus")); // does not wait any longer
    await until(client, () => client.state().busy);
    await until(client, () => !client.state().busy);
    expect(server.bodies("sync/pull")).toMatchObject([{ only: ["k8"] }]);
  });

  test("the last request of a page holds nothing of a lost space", async () => {
    const server = twoSpaces();
    const page = new TestPage();
    const client = await ending(server, 2, { page: page.asWindow() });
    server.intercept = ({ path }) => (path === "sync/quarantine" ? problem(503, "busy") : undefined);
    await client.sync();
    server.asked.length = 0;
    page.dispatchEvent(new Event("pagehide"));
    expect(server.bodies("sync/push")).toEqual([]);
  });
});
