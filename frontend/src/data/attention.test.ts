import { expect, test } from "vitest";
import { attention, disagreements, isWaitingLong, parked, unsent } from "./attention.ts";
import { openTest, rec } from "./testclient.ts";

const plan = rec("case", "k1", { title: "Malthe" });
const task = rec("task", "t1", { title: "Ringe til PPR" });

test("what the plan did not take is shown with its reason and its words", () => {
  const client = openTest();
  const change = { ops: [{ rec: "t1", kind: "task", set: { state: "done" }, was: { state: "open" } }] };
  client.show("k1", "me", [plan, task, rec("parked", "q1", { person: "me", code: "task.notYours", change })]);
  expect(parked.value).toEqual([
    {
      key: "q1",
      plan: "Malthe",
      code: "task.notYours",
      kind: "task",
      about: "Ringe til PPR",
      values: [{ field: "state", text: "done" }],
    },
  ]);
  expect(attention.value).toBe(1);
});

test("two versions of one field are shown with who wrote each, people as names", () => {
  const client = openTest();
  client.show("k1", "me", [
    plan,
    task,
    rec("person", "karen", { name: "Karen Lyhne" }),
    rec("person", "nadia", { name: "Nadia Elmasry" }),
    rec("conflict", "x1", {
      record: "t1",
      field: "responsible",
      kept: "karen",
      keptBy: "nadia",
      claimed: "nadia",
      claimedBy: "karen",
      state: "open",
    }),
    rec("conflict", "x2", { record: "t1", field: "title", state: "settled" }),
  ]);
  expect(disagreements.value).toMatchObject([
    { about: "Ringe til PPR", kept: "Karen Lyhne", keptBy: "Nadia", claimed: "Nadia Elmasry", claimedBy: "Karen" },
  ]);
});

test("what waits for the network is named", () => {
  const client = openTest();
  client.show("k1", "me", [plan, { ...task, waiting: true }]);
  expect(unsent.value).toEqual([{ key: "t1", plan: "Malthe", kind: "task", about: "Ringe til PPR" }]);
});

test("only after a day is the waiting said loudly", () => {
  const client = openTest();
  const now = Date.parse("2026-11-23T08:00:00+01:00");
  client.stand({ waiting: 1, oldest: now - 23 * 3_600_000 });
  expect(isWaitingLong.value).toBe(false);
  client.stand({ oldest: now - 25 * 3_600_000 });
  expect(isWaitingLong.value).toBe(true);
});
