import { describe, expect, test } from "vitest";
import type { SpaceID } from "../plan/plan.gen.ts";
import type { BaseRow, OutboxRow, SpaceRow } from "./store.ts";
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
  usePhones,
} from "./testphone.ts";
import { me, portal, TestServer } from "./testserver.ts";
import type { Rec } from "./types.ts";

usePhones();
const third = "k9" as SpaceID;
const task = (id: string, f: object = {}) => ({ id: rec(id), f }) as Partial<Rec>;
const base = async () => (await rowsIn<BaseRow>("base")).map(({ id }) => id);

describe("what a pull brings", () => {
  test("the first pull brings every space whole, with who one is there", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    expect(client.spaces().size).toBe(0);
    await client.sync();
    expect(client.spaces().get(space)).toMatchObject({ id: "k7", me, complete: true, waiting: 0 });
    expect(shown(client, "t1")).toEqual({ title: "Call the school", state: "open" });
    expect(server.bodies("sync/pull")[0]).toEqual({ client: client.client, schema: 2, cur: {}, limit: 500, has: [] });
  });

  test("later pulls bring only what changed, and leave the rest alone", async () => {
    const server = serverWithTask();
    server.write(space, task("t2", { title: "b" }));
    const client = await phone(server);
    await client.sync();
    const before = client.spaces().get(space);
    server.write(space, task("t2", { title: "c" }));
    await client.sync();
    const after = client.spaces().get(space);
    expect(after?.records.get(rec("t1"))).toBe(before?.records.get(rec("t1")));
    expect(after?.records.get(rec("t2"))).toMatchObject({ seq: 3, f: { title: "c" } });
    expect(after?.me).toBe(before?.me);
  });

  test("what many spaces hold alike comes once, and is whole in each of them", async () => {
    const server = serverWithTask();
    const model = { ...task("m1", { name: "Five levels" }), kind: "model" as const } as Partial<Rec>;
    server.sums = { [rec("m1")]: "s1" };
    server.write(space, model);
    server.write(other, model);
    const client = await phone(server);
    const names = () => [space, other, third].map((id) => client.spaces().get(id)?.records.get(rec("m1"))?.f);
    await client.sync();
    expect(names()).toEqual([{ name: "Five levels" }, { name: "Five levels" }, undefined]);
    server.write(third, model);
    await client.sync();
    expect(names()[2]).toEqual({ name: "Five levels" });
    expect(server.bodies("sync/pull").at(-1)).toMatchObject({ has: ["s1"] });
    await client.close();
    const again = await phone(server);
    expect(again.spaces().get(third)?.records.get(rec("m1"))?.f).toEqual({ name: "Five levels" });
  });

  test("a sum that was never sent to this phone is no answer, and changes nothing", async () => {
    const server = serverWithTask();
    server.sums = { [rec("t1")]: "s1" };
    const client = await phone(server);
    server.intercept = async ({ path }) => {
      if (path !== "sync/pull") return undefined;
      const page = { cur: "0:1:1", seq: 1, reset: true, put: [{ id: "t1", kind: "task", seq: 1, sum: "s9" }] };
      return Response.json({ spaces: { [space]: page } });
    };
    await client.sync();
    expect(client.spaces().size).toBe(0);
    server.intercept = undefined;
    await client.sync();
    expect(shown(client, "t1")).toEqual({ title: "Call the school", state: "open" });
  });

  test("null clears a field, and fields that are not named stay", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.write(space, task("t1", { due: "2026-03-04", state: null }));
    await client.sync();
    expect(shown(client, "t1")).toEqual({ title: "Call the school", due: "2026-03-04" });
  });

  test("a record that is gone leaves the phone; a deleted one stays, marked", async () => {
    const server = serverWithTask();
    server.write(space, task("t2"));
    const client = await phone(server);
    await client.sync();
    server.hide(space, rec("t1"));
    server.write(space, { ...task("t2"), del: true });
    await client.sync();
    expect(await base()).toEqual(["t2"]);
    expect(client.spaces().get(space)?.records.has(rec("t1"))).toBe(false);
    expect(client.spaces().get(space)?.records.get(rec("t2"))).toMatchObject({ del: true });
  });

  test("a record that went out of sight and came back keeps nothing of what it was", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.hide(space, rec("t1"));
    server.write(space, task("t1", { state: "done" }));
    await client.sync();
    expect(shown(client, "t1")).toEqual({ state: "done" });
  });

  test("an edit of a record that has gone is kept out of the view, and still sent", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) => (path === "sync/push" ? portal() : undefined);
    await client.edit(space, title("late"));
    await client.sync();
    server.hide(space, rec("t1"));
    server.intercept = undefined;
    await client.sync();
    expect(client.spaces().get(space)?.records.has(rec("t1"))).toBe(false);
    expect(server.space(space).seq).toBe(3);
  });

  test("own changes stay on top of what comes in", async () => {
    const server = serverWithTask();
    const client = await phone(server);
    await client.sync();
    server.intercept = ({ path }) =>
      path === "sync/push"
        ? new Response("", { status: 429, headers: { "Content-Type": "application/json" } })
        : undefined;
    await client.edit(space, finish());
    server.write(space, task("t1", { title: "Call the teacher", state: "blocked" }));
    server.intercept = ({ path }) =>
      path === "sync/push" ? Response.json({ type: "/problems/busy", status: 503 }, { status: 503 }) : undefined;
    await client.sync();
    expect(shown(client, "t1")).toEqual({ title: "Call the teacher", state: "done" });
  });

  test("a space that was never this member's is wiped and hidden, and its unanswered changes are kept", async () => {
    const server = serverWithTask();
    server.why = "notMember";
    server.write(other, task("t2"));
    const client = await phone(server);
    await client.sync();
    server.removed.add(space);
    await client.edit(space, note("n1"));
    await client.sync();
    expect([...client.spaces().keys()]).toEqual([other]);
    expect(await base()).toEqual(["t2"]);
    expect(await rowsIn<OutboxRow>("outbox")).toMatchObject([{ space: "k7", n: 1 }]);
    expect(client.state().waiting).toBe(1);
    expect(await rowsIn<SpaceRow>("spaces")).toContainEqual(
      expect.objectContaining({ space: "k7", removed: "notMember", last: 1 }),
    );
    expect(server.bodies("sync/push")).toHaveLength(1);
    await client.sync();
    expect(server.bodies("sync/push")).toHaveLength(1);
  });

  test("of a space that was erased nothing stays, of what was never sent neither, but that it is so", async () => {
    const server = serverWithTask();
    server.why = "erased";
    server.write(other, task("t2"));
    const client = await phone(server);
    await client.sync();
    server.removed.add(space);
    await client.edit(space, note("n1"));
    await client.sync();
    expect([...client.spaces().keys()]).toEqual([other]);
    expect(await base()).toEqual(["t2"]);
    expect(await rowsIn("outbox")).toEqual([]);
    expect((await rowsIn<SpaceRow>("spaces")).map((row) => row.space)).toEqual([other]);
    expect(client.state().waiting).toBe(0);
    expect(client.handed()).toMatchObject([{ space, name: "", changes: 1, erased: true }]);
    expect(server.bodies("sync/quarantine")).toEqual([]);
  });

  test("a space that is given back is whole again, and its changes go", async () => {
    const server = serverWithTask();
    server.why = "notMember";
    const client = await phone(server);
    await client.sync();
    server.removed.add(space);
    await client.edit(space, note("n1"));
    await client.sync();
    server.removed.clear();
    await client.sync();
    expect(shown(client, "t1")).toMatchObject({ state: "open" });
    expect(server.space(space).records.has(rec("n1"))).toBe(true);
    expect(await rowsIn("outbox")).toEqual([]);
  });
});

describe("pages", () => {
  const many = () => {
    const server = new TestServer();
    for (let i = 0; i < 25; i++) server.write(space, task(`t${i}`, { title: `${i}` }));
    server.pageSize = 10;
    return server;
  };

  test("a space that comes in pages is shown when it is whole, not before", async () => {
    const server = many();
    const sizes: number[] = [];
    const client = await phone(server);
    client.subscribe(() => sizes.push(client.spaces().get(space)?.records.size ?? 0));
    await client.sync();
    expect(new Set(sizes.filter((n) => n > 0))).toEqual(new Set([25]));
    expect(await rowsIn("stage")).toEqual([]);
    expect((await base()).length).toBe(25);
  });

  test("a cut between two pages leaves the old base, and goes on where it stopped", async () => {
    const server = many();
    const client = await phone(server);
    await client.sync();
    server.epoch++;
    server.hide(space, rec("t3"));
    let pages = 0;
    server.intercept = ({ path }) => (path === "sync/pull" && ++pages > 1 ? portal() : undefined);
    await client.sync();
    expect((await base()).length).toBe(25);
    expect(client.spaces().get(space)?.records.size).toBe(25);
    expect(await rowsIn("stage")).toHaveLength(1);
    await client.close();
    server.intercept = undefined;
    const again = await phone(server);
    expect(again.spaces().get(space)?.records.size).toBe(25);
    await again.sync();
    expect((await base()).length).toBe(24);
    expect(again.spaces().get(space)?.records.has(rec("t3"))).toBe(false);
    expect(await rowsIn("stage")).toEqual([]);
  });

  test("a reset takes the place of base in one step, with own changes on top and unchanged records kept", async () => {
    const server = many();
    const client = await phone(server);
    await client.sync();
    const kept = client.spaces().get(space)?.records.get(rec("t5"));
    server.intercept = ({ path }) =>
      path === "sync/push" ? Response.json({ type: "/problems/busy", status: 503 }, { status: 503 }) : undefined;
    await client.edit(space, title("mine", "t4"));
    server.epoch++;
    server.hide(space, rec("t3"));
    await client.sync();
    const view = client.spaces().get(space);
    expect(view?.records.size).toBe(24);
    expect(view?.records.get(rec("t4"))).toMatchObject({ f: { title: "mine" }, waiting: true });
    expect(view?.records.get(rec("t5"))).toBe(kept);
  });

  test.each([10, 20, Infinity])(
    "a reset that begins anew, in pages of %d, forgets the pages of the one before",
    async (size) => {
      const server = many();
      const client = await phone(server);
      let pages = 0;
      server.intercept = ({ path }) => (path === "sync/pull" && ++pages > 2 ? portal() : undefined);
      await client.sync();
      expect(await rowsIn("stage")).toHaveLength(2);
      server.epoch++;
      for (const id of ["t0", "t11"]) server.hide(space, rec(id));
      server.pageSize = size;
      server.intercept = undefined;
      await client.sync();
      expect((await base()).length).toBe(23);
      expect(client.spaces().get(space)?.records.size).toBe(23);
      expect(await rowsIn("stage")).toEqual([]);
    },
  );

  test("a plain pull in pages changes base in one step too", async () => {
    const server = many();
    const client = await phone(server);
    await client.sync();
    for (let i = 0; i < 25; i++) server.write(space, task(`t${i}`, { title: `new ${i}` }));
    let pages = 0;
    server.intercept = ({ path }) => (path === "sync/pull" && ++pages > 2 ? portal() : undefined);
    await client.sync();
    expect(shown(client, "t0")).toEqual({ title: "0" });
    server.intercept = undefined;
    await client.sync();
    expect(shown(client, "t0")).toEqual({ title: "new 0" });
    expect(shown(client, "t24")).toEqual({ title: "new 24" });
  });

  test("a token that stands still does not make the phone ask for ever", async () => {
    const server = many();
    const client = await phone(server);
    const page = { spaces: { [space]: { cur: "x", seq: 5, reset: true, put: [], more: true } } };
    server.intercept = ({ path }) => (path === "sync/pull" ? Response.json(page) : undefined);
    await client.sync();
    expect(server.bodies("sync/pull").length).toBeLessThan(10);
  });
});
