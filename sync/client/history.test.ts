import { expect, test } from "vitest";
import { phone, rec, rowsIn, serverWithTask, space, testLocks, until, usePhones } from "./testphone.ts";
import { portal, problem } from "./testserver.ts";

usePhones();

const made = { seq: 1, at: "2026-03-01T08:00:00Z", by: "p1", new: true, set: { title: "Call", state: "open" } };
const done = {
  seq: 4,
  at: "2026-03-02T08:00:00Z",
  made: "2026-03-01T20:00:00Z",
  by: "p2",
  set: { state: "done" },
  was: { state: "open" },
  late: ["state"],
};

test("tells who changed what, the oldest first, and keeps nothing of it", async () => {
  const server = serverWithTask();
  server.entries.set(rec("t1"), [made, done]);
  const client = await phone(server);
  await client.sync();
  const before = await Promise.all(["meta", "spaces", "base"].map((store) => rowsIn(store)));
  expect(await client.history(space, rec("t1"))).toEqual([made, done]);
  expect(server.bodies("sync/history")).toEqual([{ space: "k7", rec: "t1" }]);
  expect(await Promise.all(["meta", "spaces", "base"].map((store) => rowsIn(store)))).toEqual(before);
});

test("what an entry has nothing of is absent, and an empty value is a value", async () => {
  const server = serverWithTask();
  const empty = { made: "", by: "", new: false, del: false, back: false, was: {}, add: {}, remove: null, late: [] };
  server.entries.set(rec("t1"), [{ seq: 2, at: "2026-03-01T08:00:00Z", ...empty, set: { title: "", due: null } }]);
  const client = await phone(server);
  expect(await client.history(space, rec("t1"))).toEqual([
    { seq: 2, at: "2026-03-01T08:00:00Z", set: { title: "", due: null } },
  ]);
});

test("a record without history has an empty one", async () => {
  const server = serverWithTask();
  const client = await phone(server);
  expect(await client.history(space, rec("t1"))).toEqual([]);
  server.intercept = ({ path }) => (path === "sync/history" ? Response.json({ entries: null }) : undefined);
  expect(await client.history(space, rec("t1"))).toEqual([]);
});

test.each([
  ["no network", () => Promise.reject(new TypeError("offline"))],
  ["a captive portal", portal],
  ["a record that this member may not see", () => problem(404, "not-found")],
  ["a server that is busy", () => problem(503, "busy")],
  ["entries that are none", () => Response.json({ entries: [{ seq: "x" }] })],
  ["no entries at all", () => Response.json({})],
])("%s gives nothing", async (_, answer) => {
  const server = serverWithTask();
  server.entries.set(rec("t1"), [made]);
  const client = await phone(server);
  await client.sync();
  expect(await client.history(space, rec("t1"))).toEqual([made]);
  server.intercept = ({ path }) => (path === "sync/history" ? answer() : undefined);
  expect(await client.history(space, rec("t1"))).toBeNull();
});

test("an account that is signed out gets none", async () => {
  const server = serverWithTask();
  const client = await phone(server);
  await client.sync();
  server.access = "newer";
  server.cookie = null;
  expect(await client.history(space, rec("t1"))).toBeNull();
});

test("a tab that does not speak for the others asks for itself, and says nothing about their network", async () => {
  const server = serverWithTask();
  server.entries.set(rec("t1"), [made]);
  const world = { locks: testLocks(), channel: (name: string) => new BroadcastChannel(name) };
  const leader = await phone(server, world);
  await leader.sync();
  let isOffline = false;
  const fetch: typeof server.fetch = (path, init) =>
    isOffline ? Promise.reject(new TypeError("offline")) : server.fetch(path, init);
  const follower = await phone(server, { ...world, fetch });
  expect(await follower.history(space, rec("t1"))).toEqual([made]);
  await leader.sync();
  await until(follower, () => follower.state().lastContact !== null);
  isOffline = true;
  expect(await follower.history(space, rec("t1"))).toBeNull();
  expect(follower.state().reachable).toBe(true);
});
