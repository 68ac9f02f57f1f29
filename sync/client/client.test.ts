import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test, vi } from "vitest";
import type { RecordID } from "../plan/plan.gen.ts";
import { newId } from "./ids.ts";
import {
  clock,
  finish,
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
import { account, portal, TestServer } from "./testserver.ts";
import type { Rec } from "./types.ts";

usePhones();

describe("what screens see", () => {
  test("spaces, views and records stay the same objects until something in them changes", async () => {
    const server = serverWithTask();
    server.write(space, { id: rec("t2"), f: {} } as Partial<Rec>);
    server.write(other, { id: rec("t3"), f: {} } as Partial<Rec>);
    const client = await phone(server);
    await client.sync();
    const [all, one, two] = [client.spaces(), client.spaces().get(space), client.spaces().get(other)];
    const state = client.state();
    await client.sync();
    expect(client.spaces()).toBe(all);
    expect(client.state()).toEqual(state);
    await client.edit(space, finish());
    expect(client.spaces()).not.toBe(all);
    expect(client.spaces().get(other)).toBe(two);
    expect(client.spaces().get(space)?.records.get(rec("t2"))).toBe(one?.records.get(rec("t2")));
    expect(one?.records.get(rec("t1"))?.f).toMatchObject({ state: "open" });
  });

  test("a record with a waiting change stays the same object when others come in", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) =>
      path === "sync/push" ? Response.json({ type: "/problems/busy", status: 503 }, { status: 503 }) : undefined;
    await client.edit(space, finish());
    const before = client.spaces().get(space)?.records.get(rec("t1"));
    server.write(space, { id: rec("t2"), f: {} } as Partial<Rec>);
    await client.sync();
    expect(client.spaces().get(space)?.records.size).toBe(2);
    expect(client.spaces().get(space)?.records.get(rec("t1"))).toBe(before);
  });

  test("listeners hear of an edit, and no more after they stop", async () => {
    const client = await phone(new TestServer(), { fetch: () => Promise.reject(new TypeError("offline")) });
    await until(client, () => !client.state().reachable && !client.state().busy);
    let heard = 0;
    const stop = client.subscribe(() => heard++);
    await client.edit(space, note("n1"));
    await Promise.resolve();
    expect(heard).toBe(1);
    stop();
    await client.edit(space, note("n2"));
    await Promise.resolve();
    expect(heard).toBe(1);
  });

  test("the state tells what waits and since when", async () => {
    const server = serverWithTask();
    const client = await phone(server, { page: new TestPage().asWindow() });
    await client.sync();
    await until(client, () => client.state().persisted);
    expect(client.state()).toEqual({
      reachable: true,
      lastContact: clock.now,
      waiting: 0,
      oldest: null,
      busy: false,
      signedOut: false,
      persisted: true,
      locked: false,
    });
    server.intercept = portal;
    await client.edit(space, finish());
    clock.now += 60_000;
    await client.edit(space, note("n1"));
    await client.sync();
    expect(client.state()).toMatchObject({
      waiting: 2,
      oldest: clock.now - 60_000,
      reachable: false,
      lastContact: clock.now - 60_000,
    });
  });

  test("later edits of a view give what replaying all of them gives", async () => {
    const server = serverWithTask();
    const first = await phone(server);
    await first.sync();
    server.intercept = portal;
    await first.edit(space, title("a"));
    await first.edit(space, [
      { rec: rec("t1"), add: { helpers: ["p2"] } },
      { rec: rec("n1"), kind: "note", new: { text: "x" } },
    ]);
    await first.edit(space, [
      { rec: rec("n1"), del: true },
      { rec: rec("t1"), set: { state: null } },
    ]);
    const second = await phone(server);
    expect(second.spaces().get(space)).toEqual(first.spaces().get(space));
  });
});

describe("several tabs", () => {
  const tabs = () => {
    const locks = testLocks();
    return { locks, channel: (name: string) => new BroadcastChannel(name) };
  };

  test("one tab speaks to the server; the others' changes go through it, and they see what comes", async () => {
    const server = serverWithTask();
    const world = tabs();
    const leader = await phone(server, world);
    await leader.sync();
    const asked = vi.fn(server.fetch);
    const follower = await phone(server, { ...world, fetch: asked });
    expect(shown(follower, "t1")).toMatchObject({ state: "open" });
    await follower.edit(space, finish());
    await until(follower, () => follower.state().waiting === 0);
    expect(asked).not.toHaveBeenCalled();
    expect(server.space(space).records.get(rec("t1"))?.f).toMatchObject({ state: "done" });
    await until(leader, () => shown(leader, "t1")?.state === "done");
    expect(follower.state()).toMatchObject({ reachable: true, lastContact: clock.now });
  });

  test("an edit in one tab is seen in the other, also without network", async () => {
    const server = new TestServer();
    server.intercept = portal;
    const world = tabs();
    const [one, two] = [await phone(server, world), await phone(server, world)];
    await one.edit(space, note("n1"));
    await until(two, () => shown(two, "n1") !== undefined);
    await two.edit(space, note("n2"));
    await until(one, () => shown(one, "n2") !== undefined);
    expect(one.state().waiting).toBe(2);
  });

  test("when the speaking tab closes, another takes over", async () => {
    const server = serverWithTask();
    const world = tabs();
    const [one, two] = [await phone(server, world), await phone(server, world)];
    await one.sync();
    server.intercept = portal;
    await one.edit(space, finish());
    server.intercept = undefined;
    await one.close();
    await until(two, () => shown(two, "t1")?.state === "done" && two.state().waiting === 0);
    expect(server.space(space).records.get(rec("t1"))?.f).toMatchObject({ state: "done" });
  });

  test("signing in in one tab lets the speaking tab go on", async () => {
    const server = serverWithTask();
    const world = tabs();
    const one = await phone(server, world);
    await one.sync();
    const two = await phone(server, world);
    server.access = "newer";
    server.cookie = null;
    await one.edit(space, finish());
    await one.sync();
    await until(two, () => two.state().signedOut);
    server.cookie = account;
    two.signIn("newer");
    await until(two, () => !two.state().signedOut && two.state().waiting === 0);
  });

  test("a lock that is granted to a tab already closed is given back at once", async () => {
    let held: (() => Promise<void>) | undefined;
    const request = (_name: string, _options: LockOptions, callback: () => Promise<void>) => {
      held = callback;
      return new Promise(() => undefined);
    };
    const server = new TestServer();
    const client = await phone(server, { locks: { request } as unknown as LockManager });
    await client.close();
    await held?.();
    expect(server.asked).toEqual([]);
  });

  test("a tab that was closed answers an edit with a refusal, not with silence", async () => {
    const client = await phone(new TestServer());
    await client.close();
    expect(await client.edit(space, note("n1"))).toEqual({ ok: false, code: "failed" });
  });
});

describe("the store", () => {
  test("a connection that the browser dropped is opened again", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    const transaction = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(function (this: IDBDatabase) {
      this.close();
      return transaction.call(this, "meta");
    });
    expect(await client.edit(space, finish())).toMatchObject({ ok: true });
    expect(spy).toHaveBeenCalled();
    spy.mockRestore();
    await client.sync();
    expect(client.state().waiting).toBe(0);
    expect(server.space(space).seq).toBe(2);
  });

  test("one that the browser emptied under the open app begins anew, and sends under a name of its own", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    const transaction = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(function (this: IDBDatabase) {
      this.close();
      globalThis.indexedDB = new IDBFactory();
      return transaction.call(this, "meta");
    });
    expect(await client.edit(space, finish())).toMatchObject({ ok: true });
    spy.mockRestore();
    await client.sync();
    expect(server.bodies("sync/push")).toMatchObject([{ client: expect.stringMatching(/^[\w-]{22}$/) }]);
    expect(client.state()).toMatchObject({ waiting: 0 });
    expect(shown(client, "t1")).toEqual({ title: "Call the school", state: "done" });
  });

  test("looking at the page again reads the store again", async () => {
    const server = new TestServer();
    server.intercept = portal;
    const page = new TestPage();
    const one = await phone(server, { page: page.asWindow() });
    const two = await phone(server);
    await two.edit(space, note("n1")); // no channel: nobody hears
    expect(shown(one, "n1")).toBeUndefined();
    page.look("visible");
    await until(one, () => shown(one, "n1") !== undefined);
  });

  test("destroying leaves no readable row", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = portal;
    await client.edit(space, finish());
    await client.destroy();
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
    const fresh = await phone(server);
    expect(fresh.spaces().size).toBe(0);
    expect(fresh.client).not.toBe(client.client);
  });

  test("destroying in one tab empties the others", async () => {
    const server = serverWithTask();
    const one = await phone(server);
    await one.sync();
    const two = await phone(server);
    expect(two.spaces().size).toBe(1);
    const empty = until(two, () => two.spaces().size === 0 && two.state().signedOut);
    await one.destroy();
    await empty;
    expect(await two.edit(space, finish())).toEqual({ ok: false, code: "failed" });
    expect((await indexedDB.databases()).length).toBe(0);
  });

  test("a store that cannot take a pull keeps base and outbox, and tries again", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    await client.edit(space, finish());
    const spy = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    server.write(space, { id: rec("t1"), f: { title: "news" } } as Partial<Rec>);
    await client.sync();
    spy.mockRestore();
    expect(await rowsIn("outbox")).toHaveLength(1);
    await client.sync();
    expect(await rowsIn("outbox")).toEqual([]);
    expect(shown(client, "t1")).toMatchObject({ title: "news" });
  });

  test("5,000 records open with one read of each store", async () => {
    const server = new TestServer();
    const records = new Map<RecordID, Rec>();
    for (let i = 1; i <= 5000; i++)
      records.set(rec(`t${i}`), { id: rec(`t${i}`), kind: "task", f: { title: `task ${i}` }, seq: i });
    Object.assign(server.space(space), { records, seq: 5000 });
    const first = await phone(server);
    await first.sync();
    await first.close();
    const spy = vi.spyOn(IDBObjectStore.prototype, "getAll");
    const second = await phone(server, { fetch: () => Promise.reject(new TypeError("offline")) });
    expect(
      spy.mock.contexts
        .map((store) => (store as IDBObjectStore).name)
        .slice(0, 3)
        .sort(),
    ).toEqual(["base", "outbox", "spaces"]);
    spy.mockRestore();
    expect(second.spaces().get(space)?.records.size).toBe(5000);
  });
});

test("ids are 128 random bits as 22 base64url characters", () => {
  const bits = (n: number) => newId((bytes) => bytes.fill(n));
  expect(bits(255)).toBe("_____________________w");
  expect(bits(0xfb)).toMatch(/^[A-Za-z0-9_-]{22}$/);
  const made = Array.from({ length: 1000 }, () => newId((bytes) => crypto.getRandomValues(bytes)));
  expect(new Set(made).size).toBe(1000);
});
