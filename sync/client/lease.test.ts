import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  clock,
  finish,
  note,
  phone,
  rec,
  rowsIn,
  serverWithTask,
  shown,
  space,
  TestPage,
  testLocks,
  until,
  usePhones,
} from "./testphone.ts";
import { portal, problem, type TestServer } from "./testserver.ts";
import type { Client, Rec } from "./types.ts";

usePhones();
const start = Date.parse("2026-03-04T08:00:00Z");
const [minute, hour, year] = [60_000, 3600_000, 365 * 24 * 3600_000];
beforeEach(() => {
  clock.now = start;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The same time goes by for the server and on the phone. */
function pass(server: TestServer, ms: number): void {
  clock.now += ms;
  server.now += ms;
}

/** A phone that has heard the server once and is now without network. */
async function heard(server: TestServer, more = {}): Promise<Client> {
  const client = await phone(server, more);
  await client.sync();
  expect(shown(client, "t1")).toBeDefined();
  server.intercept = portal;
  return client;
}

/** Opens the phone anew, as when the app is started. */
async function reopened(server: TestServer, client: Client): Promise<Client> {
  await client.close();
  return phone(server);
}

/** What is held is neither shown nor lost. */
async function expectLocked(client: Client): Promise<void> {
  expect(client.state().locked).toBe(true);
  expect(client.spaces().get(space)).toMatchObject({ id: "k7", me: null, complete: true });
  expect(client.spaces().get(space)?.records.size).toBe(0);
  expect(await rowsIn("base")).toHaveLength(1);
}

function expectOpen(client: Client): void {
  expect(client.state().locked).toBe(false);
  expect(client.spaces().get(space)?.me).not.toBeNull();
  expect(shown(client, "t1")).toBeDefined();
}

describe("how long what is here may be shown", () => {
  test("71 hours after contact it is shown, 73 hours after it is not, and contact shows all again", async () => {
    const server = serverWithTask();
    const first = await heard(server);
    pass(server, 71 * hour);
    const second = await reopened(server, first);
    expectOpen(second);
    pass(server, 2 * hour);
    const third = await reopened(server, second);
    await expectLocked(third);
    server.intercept = undefined;
    await third.sync();
    expectOpen(third);
  });

  test("the server says how long", async () => {
    const server = serverWithTask();
    server.leaseFor = 24 * hour;
    const first = await heard(server);
    pass(server, 25 * hour);
    await expectLocked(await reopened(server, first));
  });

  test("each contact counts anew, also one without news", async () => {
    const server = serverWithTask();
    const client = await heard(server);
    pass(server, 50 * hour);
    server.intercept = undefined;
    await client.sync();
    server.intercept = portal;
    pass(server, 71 * hour);
    const again = await reopened(server, client);
    expectOpen(again);
    pass(server, 2 * hour);
    await expectLocked(await reopened(server, again));
  });

  test.each([undefined, { now: "soon", lease: "later" }])(
    "a server that names no times locks nothing: %j",
    async (times) => {
      const server = serverWithTask();
      const body = { spaces: {}, ...times };
      const client = await phone(server);
      server.intercept = ({ path }) => (path === "sync/pull" ? Response.json(body) : undefined);
      await client.sync();
      clock.now += 10 * year;
      await client.sync();
      expect(client.state().locked).toBe(false);
    },
  );

  test("times that cannot be read leave the lease as it was", async () => {
    const server = serverWithTask();
    const client = await heard(server);
    server.intercept = () => Response.json({ spaces: {}, now: "soon", lease: "" });
    await client.sync();
    server.intercept = portal;
    pass(server, 73 * hour);
    await client.sync();
    await expectLocked(client);
  });
});

describe("the device's clock", () => {
  test.each([
    ["two years ahead", 2 * year],
    ["two years behind", -2 * year],
    ["five hours ahead", 5 * hour],
  ])("that is %s from the beginning does no harm", async (_, wrong) => {
    const server = serverWithTask();
    clock.now += wrong;
    const first = await heard(server);
    expectOpen(first);
    pass(server, 71 * hour);
    const second = await reopened(server, first);
    expectOpen(second);
    pass(server, 2 * hour);
    const third = await reopened(server, second);
    await expectLocked(third);
    server.intercept = undefined;
    await third.sync();
    expectOpen(third);
  });

  test("that is set back after contact locks; one that is corrected by minutes does not", async () => {
    const server = serverWithTask();
    const first = await heard(server);
    clock.now -= 9 * minute;
    const second = await reopened(server, first);
    expectOpen(second);
    clock.now -= 2 * minute;
    const third = await reopened(server, second);
    await expectLocked(third);
    server.intercept = undefined;
    await third.sync();
    expectOpen(third); // and the clock as it is now is what counts
    server.intercept = portal;
    pass(server, 71 * hour);
    expectOpen(await reopened(server, third));
  });

  test("that is set back within the lease, between two looks at the app, locks too", async () => {
    const server = serverWithTask();
    const first = await heard(server);
    pass(server, 50 * hour);
    const second = await reopened(server, first);
    expectOpen(second);
    clock.now -= 49 * hour; // still an hour after the last contact
    await expectLocked(await reopened(server, second));
  });

  test.each(["hidden", "visible"] as const)(
    "that was read when the page became %s cannot go back behind that",
    async (look) => {
      const server = serverWithTask();
      const page = new TestPage();
      const first = await heard(server, { page: page.asWindow() });
      pass(server, 50 * hour);
      page.look(look);
      await first.sync();
      clock.now -= 49 * hour;
      await expectLocked(await reopened(server, first));
    },
  );

  test("that jumps far ahead for a moment locks for that moment only", async () => {
    const server = serverWithTask();
    const first = await heard(server);
    clock.now += year;
    const second = await reopened(server, first);
    await expectLocked(second);
    clock.now -= year;
    expectOpen(await reopened(server, second));
  });

  test("a server whose own clock is set back still unlocks by being heard", async () => {
    const server = serverWithTask();
    const client = await heard(server);
    server.now -= 24 * hour;
    server.intercept = undefined;
    await client.sync();
    expectOpen(client);
    server.intercept = portal;
    pass(server, 71 * hour);
    expectOpen(await reopened(server, client));
  });
});

describe("while it is locked", () => {
  async function locked(server: TestServer): Promise<Client> {
    const client = await heard(server);
    await client.edit(space, finish());
    pass(server, 73 * hour);
    await client.sync();
    await expectLocked(client);
    return client;
  }

  test("the outbox is kept, and goes as soon as there is a network, also when nothing can be pulled", async () => {
    const server = serverWithTask();
    const client = await locked(server);
    expect(await rowsIn("outbox")).toHaveLength(1);
    expect(client.state()).toMatchObject({ waiting: 1, oldest: start });
    expect(client.spaces().get(space)?.waiting).toBe(1);
    server.intercept = ({ path }) => (path === "sync/pull" ? problem(503, "busy") : undefined);
    await client.sync();
    expect(server.space(space).records.get(rec("t1"))?.f).toMatchObject({ state: "done" });
    await expectLocked(client);
    server.intercept = undefined;
    await client.sync();
    expectOpen(client);
    expect(shown(client, "t1")).toMatchObject({ state: "done" });
  });

  test("nothing can be written", async () => {
    const server = serverWithTask();
    const client = await locked(server);
    expect(await client.edit(space, note("n1"))).toEqual({ ok: false, code: "locked" });
    expect(await rowsIn("outbox")).toHaveLength(1);
    server.intercept = undefined;
    await client.sync();
    expect(await client.edit(space, note("n1"))).toMatchObject({ ok: true });
  });

  test("a write that comes when the lease has just run out is refused, and everybody hears why", async () => {
    const server = serverWithTask();
    const client = await heard(server);
    await turn();
    pass(server, 73 * hour);
    expect(client.state().locked).toBe(false); // nobody has looked yet
    const told = until(client, () => client.state().locked);
    expect(await client.edit(space, note("n1"))).toEqual({ ok: false, code: "locked" });
    await told;
    await expectLocked(client);
  });

  test("spaces stay the same objects", async () => {
    const server = serverWithTask();
    const client = await locked(server);
    const [all, one] = [client.spaces(), client.spaces().get(space)];
    await client.sync();
    expect(client.spaces()).toBe(all);
    expect(client.spaces().get(space)).toBe(one);
  });

  test("a notice, which names a child, is not shown either, and is not lost", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.removed.add(space);
    await client.sync();
    expect(client.handed()).toHaveLength(1);
    server.intercept = portal;
    pass(server, 73 * hour);
    await client.sync();
    expect(client.handed()).toEqual([]);
    server.intercept = undefined;
    await client.sync();
    expect(client.handed()).toHaveLength(1);
  });

  test("a space that was lost is still left as it should be", async () => {
    const server = serverWithTask();
    server.write(space, { id: rec("c1"), kind: "child", f: { name: "Ida" } } as Partial<Rec>);
    const client = await heard(server);
    await client.edit(space, finish());
    pass(server, 73 * hour);
    await client.sync();
    expect(client.state().locked).toBe(true);
    server.removed.add(space);
    server.intercept = undefined;
    await client.sync();
    expect(server.quarantine.size).toBe(1);
    expect(await rowsIn("base")).toEqual([]);
    expect(client.handed()).toMatchObject([{ name: "Ida", changes: 1 }]);
  });
});

describe("when it is looked at", () => {
  test("at the moment the lease ends", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const server = serverWithTask();
    const client = await heard(server);
    pass(server, 72 * hour);
    await vi.advanceTimersByTimeAsync(72 * hour);
    expectOpen(client);
    const told = until(client, () => client.state().locked);
    pass(server, 1);
    await vi.advanceTimersByTimeAsync(1);
    await told;
    await expectLocked(client);
  });

  test("when the page becomes visible", async () => {
    const server = serverWithTask();
    const page = new TestPage();
    const client = await heard(server, { page: page.asWindow() });
    page.look("hidden");
    await turn();
    pass(server, 73 * hour);
    expectOpen(client);
    page.look("visible");
    await until(client, () => client.state().locked);
    await expectLocked(client);
  });

  test("a lease of many weeks does not ring at once", async () => {
    const waits: number[] = [];
    const set = globalThis.setTimeout;
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms = 0) => {
      waits.push(ms);
      return set(run, ms);
    }) as typeof setTimeout);
    const server = serverWithTask();
    server.leaseFor = 100 * 24 * hour;
    await heard(server);
    expect(waits).toContain(2 ** 31 - 1);
    expect(Math.max(...waits)).toBe(2 ** 31 - 1);
  });

  test("another tab goes on as long as the one that speaks is heard, also without news", async () => {
    const server = serverWithTask();
    const world = { locks: testLocks(), channel: (name: string) => new BroadcastChannel(name) };
    const leader = await heard(server, world);
    const follower = await phone(server, world);
    expectOpen(follower);
    pass(server, 50 * hour);
    server.intercept = undefined;
    await leader.sync();
    await until(follower, () => follower.state().lastContact === clock.now);
    server.intercept = portal;
    pass(server, 50 * hour);
    await leader.sync();
    await until(follower, () => !follower.state().reachable); // it has heard, and looked again
    expectOpen(follower);
    pass(server, 23 * hour);
    await leader.sync();
    await until(follower, () => follower.state().locked);
    await expectLocked(follower);
  });
});
