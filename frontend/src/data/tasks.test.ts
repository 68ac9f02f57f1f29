import { beforeEach, expect, test, vi } from "vitest";
import { type Amended, amend, amendable } from "./amend.ts";
import {
  addTask,
  bring,
  doers,
  finish,
  goalsFor,
  groups,
  mayBring,
  mayTake,
  myTasks,
  othersTasks,
  reopen,
  take,
  taskLine,
} from "./tasks.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const own = { task: { new: true, own: ["state", "takenOn"] }, note: { new: true } };
const plan = rec("case", "k1", { title: "Malthe, 5. klasse", country: "DK" });
const people = [
  rec("person", "me", { name: "Signe Rosenvang" }),
  rec("person", "peter", { name: "Peter Mølgaard" }),
  rec("membership", "m1", { person: "me", role: "guardian" }),
  rec("membership", "m2", { person: "peter", role: "professional" }),
];
const task = (id: string, f: Record<string, unknown>, more = {}) =>
  rec("task", id, { title: id, state: "open", responsible: "me", ...f }, more);
const show = (...tasks: ReturnType<typeof task>[]) => client.show("k1", "me", [plan, ...people, ...tasks], own);
const ids = (tasks: readonly { readonly id: string }[]) => tasks.map(({ id }) => id);

beforeEach(() => {
  vi.useFakeTimers();
  client = openTest();
});

test("mine are those I do or help with, soonest first; the rest is the others'", () => {
  show(
    task("later", { due: "2026-12-15" }),
    task("soon", { due: "2026-11-24" }),
    task("helping", { responsible: "peter", helpers: ["me"], due: "2026-11-20" }),
    task("theirs", { responsible: "peter" }),
    task("done", { state: "done" }),
    task("off", { state: "cancelled" }),
  );
  expect(ids(myTasks.value)).toEqual(["helping", "soon", "later"]);
  expect(ids(othersTasks.value)).toEqual(["theirs"]);
});

test("tasks stand by when they are due, and Sunday still is this week", () => {
  show(
    task("late", { due: "2026-11-22" }),
    task("today", { due: "2026-11-23" }),
    task("sunday", { due: "2026-11-29" }),
    task("monday", { due: "2026-11-30" }),
    task("some", {}),
    task("first", { state: "done", doneAt: "2026-11-02" }),
    task("last", { state: "done", doneAt: "2026-11-20" }),
  );
  const { late, week, later, someday, done } = groups("mine");
  expect([late, week, later, someday, done].map(ids)).toEqual([
    ["late"],
    ["today", "sunday"],
    ["monday"],
    ["some"],
    ["last", "first"],
  ]);
});

test("a tick writes the new state and the one that was seen, and can be undone for a while", async () => {
  const one = task("t1", { state: "in_progress", due: "2026-11-24" });
  show(one);
  await finish(one);
  expect(client.edits.at(-1)?.ops).toEqual([
    { rec: "t1", kind: "task", set: { state: "done" }, was: { state: "in_progress" } },
  ]);
  const done = task("t1", { state: "done", due: "2026-11-24" }, { waiting: true });
  show(done);
  expect(ids(myTasks.value)).toEqual(["t1"]);
  expect(taskLine(done)).toMatchObject({ mayTick: false, mayUndo: true, waiting: true });
  await reopen(done);
  expect(client.edits.at(-1)?.ops).toEqual([
    { rec: "t1", kind: "task", set: { state: "in_progress" }, was: { state: "done" } },
  ]);
});

test("after eight seconds a ticked task leaves the list", async () => {
  const one = task("t1", {});
  show(one);
  await finish(one);
  show(task("t1", { state: "done" }));
  expect(ids(myTasks.value)).toEqual(["t1"]);
  vi.advanceTimersByTime(8_000);
  expect(ids(myTasks.value)).toEqual([]);
});

test("a task that was not saved does not look ticked", async () => {
  const one = task("t1", {});
  show(one);
  client.answer = { ok: false, code: "full" };
  expect(await finish(one)).toEqual({ ok: false, code: "full" });
  expect(taskLine(one).mayUndo).toBe(false);
});

test("no button is offered that would be refused", () => {
  const theirs = task("t1", { responsible: "peter" });
  const cancelled = task("t2", { state: "cancelled" });
  show(theirs, cancelled);
  expect(mayBring(theirs, "done")).toBe(false);
  expect(mayBring(cancelled, "done")).toBe(false);
  expect(mayBring(task("t3", {}), "done")).toBe(true);
  expect(mayBring(task("t4", { state: "done" }), "blocked")).toBe(true);
});

test("somebody else's secret task is a line without a title", () => {
  const stub = rec("task", "t1", { due: "2026-11-30", responsible: "peter" });
  show(stub);
  expect(taskLine(stub)).toMatchObject({ title: null, due: "2026-11-30", isMine: false });
});

test("a new task holds only what was filled in", async () => {
  show();
  await addTask({ title: "Ringe", responsible: "me" as never, due: "", goal: "", recurring: "weekly" });
  expect(client.edits.at(-1)).toMatchObject({
    space: "k1",
    ops: [{ kind: "task", new: { title: "Ringe", responsible: "me", recurring: "weekly", state: "open" } }],
  });
});

test("who may only make tasks for themself is given nobody else to choose", () => {
  show();
  expect(ids(doers.value)).toEqual(["me"]);
  client.show("k1", "me", [plan, ...people], { task: { new: true, others: true } });
  expect(ids(doers.value)).toEqual(["me", "peter"]);
});

test("a row answers the finger at once, and goes back when the phone could not keep it", async () => {
  const one = task("t1", { state: "open" });
  show(one);
  client.edit = async () => ({ ok: false, code: "full" });
  const finishing = finish(one);
  expect(taskLine(one).state).toBe("done"); // I10: shown, and not yet called saved
  expect(await finishing).toEqual({ ok: false, code: "full" });
  expect(taskLine(one)).toMatchObject({ state: "open", mayUndo: false });
});

test("only the one who is to do an open task says yes to it, once", async () => {
  // PT8
  const mine = task("t1", {});
  show(mine);
  expect(mayTake(mine)).toBe(true);
  expect(mayTake(task("t2", { responsible: "peter", helpers: ["me"] }))).toBe(false);
  expect(mayTake(task("t3", { takenOn: "2026-11-20" }))).toBe(false);
  expect(mayTake(task("t4", { state: "in_progress" }))).toBe(false);
  await take(mine);
  expect(client.edits.at(-1)?.ops).toEqual([
    { rec: "t1", kind: "task", set: { takenOn: "2026-11-23" }, was: { takenOn: null } },
  ]);
});

test("who gives a task to themself has said yes to it", async () => {
  show();
  const made = { title: "Ringe", due: "", goal: "", recurring: "", forGroup: true } as const;
  await addTask({ ...made, responsible: "me" as never });
  expect(client.edits.at(-1)?.ops).toMatchObject([{ new: { takenOn: "2026-11-23", forGroup: true } }]);
  await addTask({ ...made, responsible: "peter" as never });
  expect(client.edits.at(-1)?.ops[0]).not.toHaveProperty("new.takenOn");
});

test("what was done more than a fortnight ago stands", () => {
  const long = task("t1", { state: "done", doneAt: "2026-11-08" });
  const just = task("t2", { state: "done", doneAt: "2026-11-09" });
  show(long, just);
  expect([mayBring(long, "open"), mayBring(just, "open")]).toEqual([false, true]);
});

test("a reason goes with the turn in one change, so that both arrive or none", async () => {
  const one = task("t1", {});
  show(one);
  await bring(one, "blocked", "Jeg mangler skemaet.");
  expect(client.edits.at(-1)?.ops).toMatchObject([
    { rec: "t1", set: { state: "blocked" } },
    { kind: "note", new: { about: "t1", text: "Jeg mangler skemaet." } },
  ]);
});

test("a row says what kind of agreement it is, unless it is a plain one", () => {
  // MT13
  expect(taskLine(task("t1", { type: "decided_elsewhere" })).kind).toBe("tasks.type_decided_elsewhere");
  expect([taskLine(task("t2", { type: "agreement" })).kind, taskLine(task("t3", {})).kind]).toEqual([null, null]);
});

test("a task can be put to an active goal, or stay with the one that is reached", () => {
  const goal = (id: string, state: string) => rec("goal", id, { title: `mål ${id}`, state });
  const goals = [goal("g1", "active"), goal("g2", "achieved"), goal("g3", "achieved")];
  client.show("k1", "me", [plan, ...people, ...goals], own);
  const of = (f = {}) => goalsFor(task("t1", f)).map(({ value }) => value);
  expect([of(), of({ goal: "g1" }), of({ goal: "g2" })]).toEqual([["g1"], ["g1"], ["g2", "g1"]]);
});

test("putting a task right writes what differs: helpers join and leave one by one, the group is yes or no", async () => {
  const one = task("t1", { helpers: ["a", "b"], forGroup: true });
  show(one);
  const seen = amendable(one);
  expect(await amend(one, seen)).toBe(null);
  const to: Amended = { ...seen, helpers: "b c", forGroup: "", recurring: "weekly", goal: "g1" };
  await amend(one, to);
  expect(client.edits.at(-1)?.ops).toEqual([
    {
      rec: "t1",
      kind: "task",
      set: { goal: "g1", recurring: "weekly", forGroup: false },
      was: { goal: null, recurring: null, forGroup: true },
      add: { helpers: ["c"] },
      remove: { helpers: ["a"] },
    },
  ]);
});
