import { beforeEach, expect, test, vi } from "vitest";
import type { Op } from "../../../sync/client/types.ts";
import { speak } from "../text/testwords.ts";
import { keepAfterAll, type Parked, parked, sendAgain, throwAway } from "./parked.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { reviews, unsent } from "./waiting.ts";

let client: TestClient;
const base = [
  rec("case", "k1", { title: "Malthe" }),
  rec("person", "me", { name: "Karen Lyhne" }),
  rec("person", "nadia", { name: "Nadia Elmasry" }),
  rec("membership", "m1", { person: "me" }),
  rec("membership", "m2", { person: "nadia" }),
];
const task = rec("task", "t1", { title: "Ringe til PPR", state: "open", responsible: "nadia" });
const teacher = { task: { new: true, own: ["state"] }, note: { new: true } };
const lead = { task: { new: true, others: true, set: ["title", "state", "due", "responsible"] }, note: { new: true } };

function show(code: string, ops: readonly unknown[], may: Record<string, unknown> = teacher, of = task): Parked {
  const one = rec("parked", "q1", { person: "me", code, change: { ops }, at: "2026-11-23T07:00:00Z" });
  client.show("k1", "me", [...base, of, one], may);
  const [found] = parked.value;
  if (!found) throw new Error("nothing is parked");
  return found;
}
const ops = (): readonly Op[] => client.edits.at(-1)?.ops ?? [];

beforeEach(() => {
  vi.useFakeTimers();
  speak("da");
  client = openTest();
});

test("what the plan did not take is told with its reason and in words", () => {
  const one = show("task.notYours", [{ rec: "t1", kind: "task", set: { state: "done" }, was: { state: "open" } }]);
  expect(one).toMatchObject({ plan: "Malthe", kind: "task", about: "Ringe til PPR", reason: "fault.task.notYours" });
  expect(one.written).toMatchObject([{ label: "Hvor langt", text: "Gjort" }]);
  expect(show("some.newCode", []).reason).toBe("fault.unknown");
});

test("a note that was too long is put right, sent, and put away in one change", async () => {
  const one = show("value.tooLong", [{ rec: "n1", kind: "note", new: { about: "t1", text: "Alt for lang" } }]);
  expect(one.again).toMatchObject({ way: "mend", fields: [{ key: "0.text", value: "Alt for lang" }] });
  await sendAgain(one, { "0.text": " Kort " });
  expect(ops()).toEqual([
    { rec: "n1", kind: "note", new: { about: "t1", text: "Kort" } },
    { rec: "q1", del: true },
  ]);
});

test("of a change only what one may still write is sent again, from what stands in the plan now", async () => {
  const change = [
    { rec: "t1", kind: "task", set: { state: "blocked" }, was: { state: "open" } },
    { rec: "n1", kind: "note", new: { about: "t1", text: "Jeg når det ikke." } },
  ];
  const one = show("task.notYours", change);
  expect(one.again.fields.map(({ key }) => key)).toEqual(["0.text"]);
  expect(show("move.notAllowed", change, lead).again.fields.map(({ field }) => field.name)).toEqual(["state", "text"]);
  const title = show("change.twice", [{ rec: "t1", set: { title: "Ny", due: "" }, was: { title: "Gammel" } }], lead);
  await sendAgain(title, { "0.title": "Nyest", "0.due": "" });
  expect(ops()[0]).toEqual({
    rec: "t1",
    kind: "task",
    set: { title: "Nyest", due: null },
    was: { title: "Ringe til PPR", due: null },
  });
});

test("what one may not write at all can be told as a note", async () => {
  const one = show("task.notYours", [{ rec: "t1", kind: "task", set: { state: "done" } }]);
  expect(one.again).toMatchObject({ way: "note", fields: [{ value: "Hvor langt: Gjort" }] });
  await sendAgain(one, { "0.text": "Jeg har gjort det." });
  expect(ops()).toMatchObject([{ kind: "note", new: { about: "t1", text: "Jeg har gjort det." } }, { rec: "q1" }]);
});

test("who may only make tasks for themself begins with themself when they try again", () => {
  const made = { rec: "t2", kind: "task", new: { title: "Ringe", responsible: "nadia", state: "open" } };
  expect(show("task.onlyOwn", [made])).toMatchObject({ kind: "task", about: "Ringe" });
  expect(show("task.onlyOwn", [made]).again.fields).toMatchObject([{ value: "Ringe" }, { value: "me" }]);
});

test("a deleted record is brought back by who may, and by nobody else", async () => {
  const gone = { ...task, del: true as const };
  const change = [{ rec: "t1", kind: "task", set: { title: "Ny" } }];
  expect(show("record.deleted", change, teacher, gone).again.way).toBeNull();
  const one = show("record.deleted", change, lead, gone);
  expect(one.again.way).toBe("back");
  await sendAgain(one);
  expect(ops()).toMatchObject([
    { rec: "t1", restore: true },
    { rec: "t1", set: { title: "Ny" } },
    { rec: "q1", del: true },
  ]);
});

test("a choice that came after somebody else's becomes an ordinary change", () => {
  const clash = rec("conflict", "x1", { record: "t1", field: "title", state: "settled" });
  const choice = { conflict: "x1", choose: "value", set: { title: "Tredje" } };
  const one = rec("parked", "q1", { code: "conflict.settled", change: { ops: [choice] } });
  client.show("k1", "me", [...base, task, clash, one], lead);
  expect(parked.value[0]?.again.ops).toEqual([{ rec: "t1", kind: "task", set: { title: "Tredje" } }]);
  expect(parked.value[0]?.about).toBe("Ringe til PPR");
});

test("in a plan that is closed nothing can be sent again", () => {
  expect(show("case.closed", [{ rec: "n1", kind: "note", new: { about: "t1", text: "x" } }]).again.way).toBeNull();
});

test("what is thrown away can be had back for eight seconds", async () => {
  const one = show("value.tooLong", [{ rec: "n1", kind: "note", new: { about: "t1", text: "x" } }]);
  await throwAway(one);
  expect(ops()).toEqual([{ rec: "q1", del: true }]);
  client.show("k1", "me", [...base, task]);
  expect(parked.value[0]?.isThrown).toBe(true);
  await keepAfterAll(one);
  expect(ops()).toEqual([{ rec: "q1", restore: true }]);
  await throwAway(one);
  vi.advanceTimersByTime(8_000);
  expect(parked.value).toEqual([]);
});

test("what waits for the network is named, and not what sync keeps for itself", () => {
  const away = rec("conflict", "x1", { record: "t1", state: "settled" }, { waiting: true });
  client.show("k1", "me", [...base, { ...task, waiting: true }, away]);
  expect(unsent.value).toEqual([{ key: "t1", plan: "Malthe", kind: "task", about: "Ringe til PPR" }]);
});

test("the tovholder reads in words what was written before an access ended", () => {
  const changes = [
    { id: "c1", ops: [{ rec: "n1", kind: "note", new: { about: "t1", text: "Sidste samtale gik godt." } }] },
    { id: "c2", ops: [{ rec: "t1", kind: "task", set: { state: "done" } }] },
  ];
  client.show("k1", "me", [...base, task, rec("quarantine", "u1", { person: "nadia", changes })]);
  expect(reviews.value).toMatchObject([
    {
      who: "Nadia Elmasry",
      changes: [
        { kind: "note", about: "Ringe til PPR", written: [{ label: "Tekst", text: "Sidste samtale gik godt." }] },
        { kind: "task", written: [{ label: "Hvor langt", text: "Gjort" }] },
      ],
    },
  ]);
});
