import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { ClientID, SpaceID } from "../plan/plan.gen.ts";
import { receive } from "./base.ts";
import { recordAnswers, renumber, retryBlocked, setAside, takeNewClient, unknownSpace } from "./outbox.ts";
import { type OutboxRow, openStore, type SpaceRow, type Store } from "./store.ts";
import {
  finish,
  note,
  other,
  phone,
  rec,
  rowsIn,
  serverWithTask,
  shown,
  space,
  title,
  until,
  usePhones,
} from "./testphone.ts";
import { account, portal, problem, TestServer } from "./testserver.ts";
import type { Op, Rec } from "./types.ts";

usePhones();
const offline = () => Promise.reject(new TypeError("no network"));
const outbox = () => rowsIn<OutboxRow>("outbox");

describe("making a change", () => {
  test("an edit is shown at once, and says that it waits", async () => {
    const client = await phone(serverWithTask());
    await client.sync();
    const saved = await client.edit(space, finish());
    expect(saved).toMatchObject({ ok: true });
    expect(client.spaces().get(space)?.records.get(rec("t1"))).toMatchObject({
      f: { state: "done", title: "Call the school" },
      waiting: true,
    });
  });

  test("an edit is in the outbox, strictly durable, before it is called saved", async () => {
    const durabilities: unknown[] = [];
    const transaction = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
      this: IDBDatabase,
      stores,
      mode,
      options,
    ) {
      if (mode === "readwrite") durabilities.push(options?.durability);
      return transaction.call(this, stores, mode, options);
    });
    const client = await phone(new TestServer(), { fetch: offline });
    const before = durabilities.length;
    const saved = await client.edit(space, finish());
    expect(durabilities.slice(before)).toContain("strict");
    spy.mockRestore();
    expect(await outbox()).toMatchObject([{ id: saved.ok && saved.change, n: 1, base: 0, ops: finish() }]);
  });

  test("numbers taken by two tabs on one phone never collide", async () => {
    const server = new TestServer();
    const tabs = [await phone(server, { fetch: offline }), await phone(server, { fetch: offline })];
    await Promise.all(Array.from({ length: 40 }, (_, i) => tabs[i % 2]?.edit(space, note(`n${i}`))));
    const numbers = (await outbox()).map((row) => row.n);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  test("two tabs speak as one client", async () => {
    const server = new TestServer();
    const [one, two] = await Promise.all([phone(server, { fetch: offline }), phone(server, { fetch: offline })]);
    expect(one?.client).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(two?.client).toBe(one?.client);
  });

  test("a change over 64 KiB is refused when it is made, and not stored", async () => {
    const client = await phone(new TestServer(), { fetch: offline });
    expect(await client.edit(space, note("n1", "ø".repeat(33_000)))).toEqual({ ok: false, code: "tooLarge" });
    expect(await outbox()).toEqual([]);
    expect(await client.edit(space, note("n2", "ø".repeat(32_000)))).toMatchObject({ ok: true });
  });

  test.each([
    ["QuotaExceededError", "full"],
    ["UnknownError", "failed"],
  ])("a store that fails with %s says %s and leaves nothing", async (name, code) => {
    const client = await phone(new TestServer(), { fetch: offline });
    const spy = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
      throw new DOMException("no room", name);
    });
    expect(await client.edit(space, note("n1"))).toEqual({ ok: false, code });
    spy.mockRestore();
    expect(await outbox()).toEqual([]);
    expect(await rowsIn("spaces")).toEqual([]);
    expect(client.spaces().size).toBe(0);
    expect(await client.edit(space, note("n1"))).toMatchObject({ ok: true });
    expect(await outbox()).toMatchObject([{ n: 1 }]);
  });

  test("a transaction that is aborted while it commits is not called saved", async () => {
    const client = await phone(new TestServer(), { fetch: offline });
    const add = IDBObjectStore.prototype.add;
    const spy = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (this: IDBObjectStore, value) {
      const request = add.call(this, value);
      request.addEventListener("success", () => this.transaction.abort());
      return request;
    });
    expect(await client.edit(space, note("n1"))).toEqual({ ok: false, code: "failed" });
    spy.mockRestore();
    expect(await outbox()).toEqual([]);
    expect(client.state().waiting).toBe(0);
  });

  test("a new case is opened without network, and shown", async () => {
    const client = await phone(new TestServer(), { fetch: offline });
    const ops: Op[] = [{ rec: rec("k9"), kind: "case", new: { kind: "named", country: "DK" } }, ...note("n1")];
    await client.edit("k9" as SpaceID, ops);
    const view = client.spaces().get("k9" as SpaceID);
    expect(view).toMatchObject({ me: null, complete: false, waiting: 1 });
    expect([...(view?.records.keys() ?? [])]).toEqual(["k9", "n1"]);
    expect(await outbox()).toMatchObject([{ space: "k9", n: 1, base: 0 }]);
  });

  test("a case opened without network becomes whole with the network", async () => {
    const server = new TestServer();
    const client = await phone(server);
    await client.edit("k9" as SpaceID, [{ rec: rec("k9"), kind: "case", new: { kind: "named" } }]);
    await client.edit("k9" as SpaceID, note("n1"));
    await client.sync();
    expect(client.spaces().get("k9" as SpaceID)).toMatchObject({
      me: { role: "guardian" },
      complete: true,
      waiting: 0,
    });
    expect(server.spaces.get("k9" as SpaceID)?.records.size).toBe(2);
    expect(await outbox()).toEqual([]);
  });

  test("a change carries the number of the space that its maker saw", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = () => portal();
    await client.edit(space, finish());
    expect(await outbox()).toMatchObject([{ base: 1 }]);
  });
});

test("a tab that has not shown the news yet does not claim to have seen them", async () => {
  const server = serverWithTask();
  const one = await phone(server);
  await one.sync();
  const two = await phone(server, { fetch: offline });
  server.write(space, { id: rec("t1"), f: { title: "news" } } as Partial<Rec>);
  await one.sync();
  await two.edit(space, finish());
  expect(await outbox()).toMatchObject([{ base: 1 }]);
});

describe("numbers", () => {
  const row = (n: number, more: Partial<OutboxRow> = {}): OutboxRow => {
    const id = `c${n}` as OutboxRow["id"];
    return { space, o: n, n, id, base: 0, at: "", ops: [], ...more };
  };
  const answer = (n: number) => ({ answer: { space, n, r: "ok" as const, seq: n } });
  const client = "c1" as ClientID;

  async function storeWith(rows: OutboxRow[], known: Partial<SpaceRow> = {}): Promise<Store> {
    const store = openStore(
      `samspor-${account}`,
      () => "c1" as ClientID,
      () => undefined,
    );
    await store.write(async (tx) => {
      await tx.objectStore("meta").put(client, "client");
      await tx.objectStore("spaces").put({ ...unknownSpace(space), last: rows.length, made: rows.length, ...known });
      for (const one of rows) await tx.objectStore("outbox").put(one);
    });
    onTestFinished(() => store.close());
    return store;
  }

  const numbers = async () => (await outbox()).map(({ id, n, answer: a }) => `${id}:${n}${a ? " answered" : ""}`);
  const last = async () => (await rowsIn<SpaceRow>("spaces"))[0]?.last;

  test("a gap below answered rows has those sent again that the server has forgotten", async () => {
    const store = await storeWith([row(1, answer(1)), row(2, answer(2)), row(3), row(4)]);
    await renumber(store, space, 2);
    expect(await numbers()).toEqual(["c1:1 answered", "c2:2", "c3:3", "c4:4"]);
    expect(await last()).toBe(4);
  });

  test("a gap moves what was never received down to where the server stands", async () => {
    const store = await storeWith([row(7), row(8)]);
    await renumber(store, space, 3);
    expect(await numbers()).toEqual(["c7:3", "c8:4"]);
    expect(await last()).toBe(4);
  });

  test("a gap leaves what lies below it alone", async () => {
    const store = await storeWith([row(1), row(2, { n: 5 })]);
    await renumber(store, space, 2);
    expect(await numbers()).toEqual(["c1:1", "c2:2"]);
  });

  test("a new client counts from 1, and answered rows keep out of its way", async () => {
    const store = await storeWith([row(4, answer(4)), row(5), row(6)]);
    await takeNewClient(store, client, "c2" as ClientID);
    expect(await numbers()).toEqual(["c4:0 answered", "c5:1", "c6:2"]);
    await renumber(store, space, 1);
    expect(await numbers()).toEqual(["c4:0 answered", "c5:1", "c6:2"]);
  });

  test("a fork that another tab has already answered changes nothing", async () => {
    const store = await storeWith([row(5)]);
    await takeNewClient(store, "c0" as ClientID, "c2" as ClientID);
    expect(await numbers()).toEqual(["c5:5"]);
  });

  test("a change set aside frees its number for those after it", async () => {
    const store = await storeWith([row(1), row(2), row(3)]);
    await setAside(store, row(2), "bad");
    expect(await numbers()).toEqual(["c1:1", "c2:0", "c3:2"]);
    expect(await last()).toBe(2);
    await retryBlocked(store);
    expect(await numbers()).toEqual(["c1:1", "c2:3", "c3:2"]);
    expect(await last()).toBe(3);
  });

  test("a number that the server has received stays used up", async () => {
    const store = await storeWith([row(1), row(2)], { ackn: 2 });
    await setAside(store, row(1), "bad");
    expect(await numbers()).toEqual(["c1:0", "c2:2"]);
  });

  test("a change that was answered meanwhile is not set aside", async () => {
    const store = await storeWith([row(1, answer(1))]);
    await setAside(store, row(1), "bad");
    expect(await numbers()).toEqual(["c1:1 answered"]);
  });

  test("a row whose number base has not reached stays, one that it has reached leaves", async () => {
    const store = await storeWith([row(1, answer(1)), row(2, answer(2)), row(3)], { cur: "a" });
    await receive(store, { spaces: { [space]: { cur: "b", seq: 1, ackn: 2 } } }, 0);
    expect(await numbers()).toEqual(["c2:2 answered", "c3:3"]);
  });

  test("answers to rows that are not there any more are passed over", async () => {
    const store = await storeWith([row(1)]);
    const results = [{ space, n: 1, r: "ok" as const, seq: 5 }];
    expect(await recordAnswers(store, [row(1, { id: "other" as OutboxRow["id"] })], results)).toEqual([]);
    expect(await numbers()).toEqual(["c1:1"]);
  });
});

describe("leaving the outbox", () => {
  test("a row leaves only with the pull that brings base there", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) => (path === "sync/pull" ? portal() : undefined);
    await client.edit(space, finish());
    await client.sync();
    expect(await outbox()).toMatchObject([{ n: 1, answer: { r: "ok", seq: 2 } }]);
    expect(client.spaces().get(space)?.records.get(rec("t1"))).toMatchObject({ f: { state: "done" } });
    expect(client.spaces().get(space)?.records.get(rec("t1"))).not.toHaveProperty("waiting");
    expect(client.state().waiting).toBe(0);
    server.intercept = undefined;
    await client.sync();
    expect(await outbox()).toEqual([]);
    expect(client.spaces().get(space)?.records.get(rec("t1"))).toEqual({
      id: "t1",
      kind: "task",
      seq: 2,
      f: { state: "done", title: "Call the school" },
    });
  });

  test.each(["conflict", "parked"] as const)("a row answered with %s leaves in the same way", async (answer) => {
    const server = serverWithTask();
    server.answer = answer;
    const client = await phone(server);
    await client.sync();
    await client.edit(space, finish());
    await client.sync();
    expect(await outbox()).toEqual([]);
    expect(shown(client, "t1")).toEqual({ title: "Call the school", state: "open" });
  });

  test("an answered row survives a restart and leaves at the first pull", async () => {
    const server = serverWithTask();
    const first = await phone(server);
    await first.sync();
    server.intercept = ({ path }) => (path === "sync/pull" ? portal() : undefined);
    await first.edit(space, finish());
    await first.sync();
    await first.close();
    server.intercept = undefined;
    const second = await phone(server);
    expect(shown(second, "t1")).toMatchObject({ state: "done" });
    await second.sync();
    expect(await outbox()).toEqual([]);
    expect(server.bodies("sync/push")).toHaveLength(1);
  });

  test("a lost answer is asked for again, and nothing is doubled", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.losesAnswers = true;
    await client.edit(space, note("n1"));
    await client.sync();
    expect(server.space(space).seq).toBe(2);
    expect(await outbox()).toMatchObject([{ n: 1 }]);
    server.losesAnswers = false;
    await client.sync();
    expect(server.space(space).seq).toBe(2);
    expect(await outbox()).toEqual([]);
    const [first, ...again] = server.bodies("sync/push") as unknown as { changes: unknown }[];
    expect(again.length).toBeGreaterThan(0);
    for (const body of again) expect(body.changes).toEqual(first?.changes);
  });

  test("a replayed answer that base already includes lets the row go at once", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path, body }) => {
      if (path !== "sync/push") return undefined;
      server.intercept = ({ path: next }) => (next === "sync/push" ? portal() : undefined);
      void server.fetch("/api/v1/sync/push", { body, headers: { Authorization: "Bearer good" } });
      return problem(500, "internal");
    };
    await client.edit(space, note("n1"));
    await client.sync();
    server.intercept = undefined;
    await client.sync();
    expect(await outbox()).toEqual([]);
    expect(server.space(space).seq).toBe(2);
    server.hide(space, rec("n1"));
    await client.sync();
    expect(shown(client, "n1")).toBeUndefined();
  });

  test("a row that the server has forgotten is sent again", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) => (path === "sync/pull" ? portal() : undefined);
    await client.edit(space, note("n1"));
    await client.sync();
    server.intercept = undefined;
    const restored = serverWithTask();
    for (const title of ["a", "b", "c"]) restored.write(space, { id: rec("t1"), f: { title } });
    restored.epoch = 9;
    server.spaces.set(space, restored.space(space));
    server.epoch = 9;
    await client.sync();
    expect(await outbox()).toEqual([]);
    expect(server.space(space).records.has(rec("n1"))).toBe(true);
  });
});

describe("what the server will not take", () => {
  test("a cloned profile takes a new client id and sends the same changes", async () => {
    const server = serverWithTask();
    server.write(other, { id: rec("t2"), f: {} });
    const client = await phone(server);
    await client.sync();
    const old = client.client;
    server.space(space).clients.set(old, { last: 5, ring: new Map() });
    server.intercept = ({ path }) => (path === "sync/push" ? portal() : undefined);
    for (const id of ["n1", "n2"]) await client.edit(space, note(id));
    await client.edit(other, note("n3"));
    const ids = (await outbox()).map((row) => row.id);
    server.intercept = undefined;
    await client.sync();
    expect(client.client).not.toBe(old);
    expect(await outbox()).toEqual([]);
    expect([...server.space(space).records.keys()]).toEqual(["t1", "n1", "n2"]);
    expect(server.space(other).records.has(rec("n3"))).toBe(true);
    const last = server.bodies("sync/push").at(-1) as unknown as {
      client: string;
      changes: { n: number; id: string }[];
    };
    expect(last.client).toBe(client.client);
    expect(last.changes.map(({ n }) => n).sort()).toEqual([1, 1, 2]);
    expect(last.changes.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  test("a server that has forgotten numbers gets them again from where it stands", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    for (const id of ["n1", "n2", "n3"]) await client.edit(space, note(id));
    await client.sync();
    server.space(space).clients.clear();
    for (const id of ["n4", "n5"]) await client.edit(space, note(id));
    await client.sync();
    expect(await outbox()).toEqual([]);
    expect([...server.space(space).records.keys()]).toEqual(["t1", "n1", "n2", "n3", "n4", "n5"]);
    expect(await rowsIn<SpaceRow>("spaces")).toMatchObject([{ last: 2 }]);
  });

  test("a gap that stays is not asked about without end", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) => (path === "sync/push" ? problem(409, "gap", { change: 0, want: 7 }) : undefined);
    await client.edit(space, note("n1"));
    await client.sync();
    expect(await outbox()).toHaveLength(1);
    expect(server.bodies("sync/push").length).toBeLessThan(10);
  });

  test.each([
    ["gone", 410],
    ["not-found", 404],
  ])("a space answered %s keeps its rows, and the rest is sent at once", async (slug, status) => {
    const server = serverWithTask();
    server.write(other, { id: rec("t2"), f: {} });
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path, body }) => {
      if (path !== "sync/push") return undefined;
      const { changes } = JSON.parse(body) as { changes: { space: string }[] };
      const change = changes.findIndex((c) => c.space === space);
      return change < 0 ? undefined : problem(status, slug, { change });
    };
    await client.edit(space, note("n1"));
    await client.edit(other, note("n2"));
    await client.sync();
    expect(await outbox()).toMatchObject([{ space: "k7", n: 1 }]);
    expect(server.space(other).records.has(rec("n2"))).toBe(true);
    expect(client.state().waiting).toBe(1);
  });

  test("a space that is pulled again is pushed to again", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) => (path === "sync/push" ? problem(410, "gone", { change: 0 }) : undefined);
    await client.edit(space, note("n1"));
    await client.sync();
    server.intercept = undefined;
    server.write(space, { id: rec("t1"), f: { title: "news" } });
    await client.sync();
    expect(await outbox()).toEqual([]);
  });

  test("one change that the server cannot read is found by halves and set aside; the others go", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    const isBad = (body: string) => body.includes("poison");
    server.intercept = ({ path, body }) =>
      path === "sync/push" ? (isBad(body) ? problem(422, "bad-character") : undefined) : undefined;
    server.cookie = null;
    server.access = "later"; // hold them back until all are made
    for (let i = 0; i < 9; i++) await client.edit(space, note(`n${i}`, i === 4 ? "poison" : "fine"));
    server.cookie = account;
    server.access = "good";
    client.signIn("good");
    await client.sync();
    expect(await outbox()).toMatchObject([{ n: 0, blocked: "bad-character" }]);
    expect(server.space(space).records.size).toBe(9);
    expect(client.state()).toMatchObject({ waiting: 1, blocked: 1 });
    expect(shown(client, "n4")).toEqual({ text: "poison" });
  });

  test("a change set aside is tried again when the app is next opened", async () => {
    const server = serverWithTask();
    const first = await phone(server);
    await first.sync();
    server.intercept = ({ path }) => (path === "sync/push" ? problem(422, "bad-character") : undefined);
    await first.edit(space, note("n1"));
    await first.sync();
    server.intercept = undefined;
    await first.edit(space, note("n2"));
    await first.sync();
    expect(await outbox()).toMatchObject([{ blocked: "bad-character" }]);
    await first.close();
    const second = await phone(server);
    await until(second, () => second.state().waiting === 0);
    await second.sync();
    expect(await outbox()).toEqual([]);
    expect([...server.space(space).records.keys()]).toEqual(["t1", "n2", "n1"]);
  });
});

test("edits made while a push is under way are numbered on, sent and kept in order", async () => {
  const server = serverWithTask();
  const client = await phone(server);
  await client.sync();
  await Promise.all(Array.from({ length: 30 }, (_, i) => client.edit(space, title(`title ${i}`))));
  await client.sync();
  expect(await outbox()).toEqual([]);
  expect(shown(client, "t1")).toMatchObject({ title: "title 29" });
  expect(server.space(space).records.get(rec("t1"))?.f).toMatchObject({ title: "title 29" });
});
