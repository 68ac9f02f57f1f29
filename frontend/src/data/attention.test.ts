import { beforeEach, expect, test } from "vitest";
import { attention, clashOn, isWaitingLong } from "./attention.ts";
import { parked } from "./parked.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const plan = rec("case", "k1", { title: "Malthe" });
const task = rec("task", "t1", { title: "Ringe til PPR", responsible: "karen" });
const clash = (f: Record<string, unknown> = {}) =>
  rec("conflict", "x1", { record: "t1", field: "title", keptBy: "karen", claimedBy: "jonas", state: "open", ...f });
const all = { task: { set: ["title"] } };

beforeEach(() => {
  client = openTest();
});

test("a conflict asks for the eyes of who may settle it, and leaves all others in peace", () => {
  client.show("k1", "me", [plan, task, clash()], all);
  expect(attention.value).toBe(1);
  client.show("k1", "me", [plan, task, clash()], { task: { own: ["state"] } });
  expect(attention.value).toBe(0);
  client.show("k1", "me", [plan, task, clash({ state: "settled" })], all);
  expect(attention.value).toBe(0);
  client.show("k1", "me", [plan, { ...task, del: true }, clash()], all);
  expect(attention.value).toBe(0);
});

test("from a record it is one press to its two versions, in words that fit who reads them", () => {
  client.show("k1", "jonas", [plan, task, clash()], all);
  expect(clashOn(task.id)).toEqual({ href: "/waiting#x1", words: "waiting.both", mayChoose: true });
  client.show("k1", "nadia", [plan, task, clash()], all);
  expect(clashOn(task.id)?.words).toBe("waiting.two");
  client.show("k1", "karen", [plan, task, clash()], {});
  expect(clashOn(task.id)).toMatchObject({ words: "waiting.see", mayChoose: false });
  client.show("k1", "jonas", [plan, task, clash({ claimedBy: "karen" })], all);
  expect(clashOn(task.id)?.words).toBe("waiting.two");
  client.show("k1", "jonas", [plan, task], all);
  expect(clashOn(task.id)).toBeNull();
});

test("of a parked change and the one that was to replace it only the newer is shown", () => {
  const older = rec("parked", "q1", { code: "value.tooLong", change: { ops: [{ rec: "t1", set: { title: "A" } }] } });
  const again = {
    ops: [
      { rec: "t1", set: { title: "B" } },
      { rec: "q1", del: true },
    ],
  };
  const newer = rec("parked", "q2", { code: "task.notYours", change: again });
  client.show("k1", "me", [plan, task, older, newer]);
  expect(parked.value.map(({ id, all }) => [id, all])).toEqual([["q2", ["q2", "q1"]]]);
  const onlyAway = rec("parked", "q2", { code: "case.closed", change: { ops: [{ rec: "q1", del: true }] } });
  client.show("k1", "me", [plan, task, older, onlyAway]);
  expect(attention.value).toBe(0);
});

test("only after a day is the waiting said loudly", () => {
  const now = Date.parse("2026-11-23T08:00:00+01:00");
  client.stand({ waiting: 1, oldest: now - 23 * 3_600_000 });
  expect(isWaitingLong.value).toBe(false);
  client.stand({ oldest: now - 25 * 3_600_000 });
  expect(isWaitingLong.value).toBe(true);
});
