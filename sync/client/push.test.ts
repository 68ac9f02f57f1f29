import { afterEach, describe, expect, test, vi } from "vitest";
import {
  changeRow,
  clock,
  finish,
  note,
  other,
  phone,
  rec,
  rowsIn,
  serverWithTask,
  space,
  TestPage,
  until,
  usePhones,
} from "./testphone.ts";
import { portal, problem, type TestServer } from "./testserver.ts";
import type { Client } from "./types.ts";

usePhones();
afterEach(() => {
  vi.useRealTimers();
});

const fakeTimers = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
const turn = () => new Promise((resolve) => setImmediate(resolve));
const pushes = (server: TestServer) => server.asked.filter(({ path }) => path === "sync/push");
const sizes = (server: TestServer) => pushes(server).map(({ body }) => JSON.parse(body).changes.length as number);

/** Makes changes that stay on the phone until the test lets them go. */
async function held(server: TestServer, client: Client, count: number, text = "a note"): Promise<void> {
  server.intercept = ({ path }) => (path === "sync/push" ? portal() : undefined);
  for (let i = 0; i < count; i++) await client.edit(space, note(`n${i}`, text));
  await client.sync();
  server.intercept = undefined;
  server.asked.length = 0;
}

/** Lets fake time pass until a condition holds. */
async function pass(ms: number, condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) {
    await vi.advanceTimersByTimeAsync(ms);
    await turn();
  }
  expect(condition()).toBe(true);
}

describe("how much goes at once", () => {
  test("a push speaks SYNC to the letter", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    const saved = await client.edit(space, finish());
    await client.sync();
    const at = new Date(clock.now).toISOString();
    expect(JSON.parse(pushes(server)[0]?.body ?? "")).toEqual({
      client: client.client,
      schema: 2,
      now: at,
      changes: [{ space: "k7", n: 1, id: saved.ok && saved.change, base: 1, at, ops: finish() }],
    });
  });

  test("what an older app left in the outbox goes first, in the schema it was written in", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    await held(server, client, 2);
    await changeRow("outbox", ({ schema: _, ...row }: { schema?: number; o: number }) => (row.o === 1 ? row : null));
    await client.sync();
    const sent = pushes(server).map(({ body }) => JSON.parse(body) as { schema: number; changes: unknown[] });
    expect(sent.filter(({ changes }) => changes.length === 1).map(({ schema }) => schema)).toEqual([1, 2]);
    expect(await rowsIn("outbox")).toHaveLength(0);
  });

  test("the first push is at most 16 KiB, and each success doubles that, up to 192 KiB", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    await held(server, client, 100, "x".repeat(6000));
    await client.sync();
    const bytes = pushes(server).map(({ body }) => body.length);
    expect(bytes[0]).toBeLessThanOrEqual(16 * 1024);
    expect(bytes[1]).toBeGreaterThan(16 * 1024);
    expect(Math.max(...bytes)).toBeGreaterThan(100 * 1024);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(192 * 1024);
    expect(await rowsIn("outbox")).toHaveLength(0);
  });

  test("at most 200 changes go in one push", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    await held(server, client, 450, "x");
    await client.sync();
    expect(Math.max(...sizes(server))).toBe(200);
    expect(sizes(server).reduce((a, b) => a + b)).toBe(450);
  });

  test("a change that is larger than the budget goes alone", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    await held(server, client, 2, "x".repeat(40_000));
    await client.sync();
    expect(sizes(server)).toEqual([1, 1]);
  });

  test("a push that takes too long is followed by a smaller one", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    await held(server, client, 20, "x".repeat(1000));
    fakeTimers();
    server.intercept = ({ path }) => (path === "sync/push" ? new Promise(() => undefined) : undefined);
    const trying = client.sync();
    await pass(31_000, () => pushes(server).length >= 2);
    server.intercept = undefined;
    await pass(31_000, () => client.state().waiting === 0 && !client.state().busy);
    await trying;
    const [first = 0, second = 0] = sizes(server);
    expect(second).toBeLessThan(first);
    expect(await rowsIn("outbox")).toHaveLength(0);
  });
});

describe("when to try again", () => {
  test("one push is in flight at a time", async () => {
    const server = serverWithTask();
    let inFlight = 0;
    let most = 0;
    const slow: typeof server.fetch = async (path, init) => {
      if (!path.endsWith("push")) return server.fetch(path, init);
      most = Math.max(most, ++inFlight);
      await turn();
      inFlight--;
      return server.fetch(path, init);
    };
    const client = await phone(server, { fetch: slow });
    await client.sync();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => client.edit(space, note(`n${i}`)).then(() => client.sync())),
    );
    await client.sync();
    expect(most).toBe(1);
    expect(client.state().waiting).toBe(0);
  });

  test("without network it waits longer each time, and a request to sync tries at once", async () => {
    fakeTimers();
    const server = serverWithTask();
    const client = await phone(server, { random: (bytes) => bytes.fill(255) });
    await client.sync();
    server.intercept = portal;
    server.asked.length = 0;
    await client.edit(space, finish());
    await until(client, () => !client.state().busy);
    const gaps: number[] = [];
    for (let seconds = 0, before = server.asked.length, since = 0; seconds < 200; seconds++) {
      await vi.advanceTimersByTimeAsync(1000);
      for (let i = 0; i < 20; i++) await turn();
      since++;
      if (server.asked.length > before) {
        gaps.push(since);
        since = 0;
      }
      before = server.asked.length;
    }
    expect(gaps.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    const before = server.asked.length;
    await client.sync();
    expect(server.asked.length).toBe(before + 1);
    server.intercept = undefined;
    await client.sync();
    server.intercept = portal;
    await client.sync();
    const afterSuccess = server.asked.length;
    await vi.advanceTimersByTimeAsync(1000);
    for (let i = 0; i < 20; i++) await turn();
    expect(server.asked.length).toBeGreaterThan(afterSuccess);
  });

  test("an answer to another push is no answer, and not asked for without end", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    const results = [{ space: "k7", n: 99, r: "ok", seq: 2 }];
    server.intercept = ({ path }) => (path === "sync/push" ? Response.json({ results }) : undefined);
    await client.edit(space, finish());
    await client.sync();
    expect(await rowsIn("outbox")).toMatchObject([{ n: 1 }]);
    expect(pushes(server).length).toBeLessThan(5);
  });

  test("an edit does not cut the wait short", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = portal;
    await client.edit(space, finish());
    await until(client, () => !client.state().busy);
    const before = server.asked.length;
    await client.edit(space, note("n1"));
    expect(client.state().busy).toBe(false);
    expect(server.asked.length).toBe(before);
  });

  test.each([429, 503, 507])("%i is tried again when the server said, and not before; pulls go on", async (status) => {
    fakeTimers();
    const server = serverWithTask();
    const page = new TestPage();
    page.document.visibilityState = "hidden";
    const client = await phone(server, { page: page.asWindow() });
    await client.sync();
    server.intercept = ({ path }) =>
      path === "sync/push" ? problem(status, "busy", {}, { "Retry-After": "120" }) : undefined;
    server.write(space, { id: rec("t2"), f: {} });
    server.asked.length = 0;
    await client.edit(space, finish());
    await client.sync();
    expect(client.state()).toMatchObject({ reachable: true, waiting: 1 });
    expect(client.spaces().get(space)?.records.has(rec("t2"))).toBe(true);
    server.intercept = undefined;
    const before = pushes(server).length;
    page.dispatchEvent(new Event("focus"));
    await vi.advanceTimersByTimeAsync(119_000);
    for (let i = 0; i < 50; i++) await turn();
    expect(pushes(server).length).toBe(before);
    await pass(1000, () => client.state().waiting === 0);
  });
});

describe("when the page goes away", () => {
  test("what is unsent goes with a last request that outlives the page", async () => {
    const server = serverWithTask();
    const page = new TestPage();
    const client = await phone(server, { page: page.asWindow() });
    await client.sync();
    await held(server, client, 200, "x".repeat(1000));
    page.dispatchEvent(new Event("pagehide"));
    const [last, ...more] = pushes(server);
    expect(more).toEqual([]);
    expect(last).toMatchObject({ keepalive: true, bearer: "Bearer good" });
    expect(last?.body.length).toBeGreaterThan(50_000);
    expect(last?.body.length).toBeLessThanOrEqual(60_000);
    await client.sync();
    expect(await rowsIn("outbox")).toHaveLength(0);
    expect(server.space(space).seq).toBe(201);
  });

  test("nothing goes without an access token in memory, or when nothing waits", async () => {
    const server = serverWithTask();
    server.intercept = portal;
    const page = new TestPage();
    const client = await phone(server, { page: page.asWindow() }, null);
    page.dispatchEvent(new Event("pagehide"));
    await client.edit(space, finish());
    page.dispatchEvent(new Event("pagehide"));
    expect(pushes(server)).toEqual([]);
  });
});

test("the space that waits longest goes first", async () => {
  const server = serverWithTask();
  server.write(other, { id: rec("t2"), f: {} });
  const client = await phone(server);
  await client.sync();
  server.intercept = ({ path }) => (path === "sync/push" ? portal() : undefined);
  await client.edit(other, note("n1"));
  clock.now += 1000;
  await client.edit(space, note("n2"));
  server.intercept = undefined;
  server.asked.length = 0;
  await client.sync();
  const { changes } = JSON.parse(pushes(server)[0]?.body ?? "") as { changes: { space: string }[] };
  expect(changes.map((change) => change.space)).toEqual([other, space]);
});
