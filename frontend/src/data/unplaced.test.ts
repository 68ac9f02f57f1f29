import { beforeEach, expect, test } from "vitest";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { restoreParent, unplaced } from "./unplaced.ts";

let client: TestClient;
beforeEach(() => {
  client = openTest();
});

const show = (may: Record<string, unknown>) =>
  client.show(
    "k1",
    "me",
    [
      rec("case", "k1", { title: "Malthe", country: "DK" }),
      rec("goal", "g1", { title: "Sove" }, { del: true }),
      rec("goal", "g2", { title: "Skole" }),
      rec("task", "t1", { title: "Ringe", goal: "g1" }),
      rec("task", "t2", { title: "Skema", goal: "g2" }),
      rec("task", "t3", { title: "Væk", goal: "g1" }, { del: true }),
    ],
    may,
  );

test("what belongs to something deleted is kept, and named with what it belonged to", async () => {
  show({ goal: { set: ["title"] } });
  expect(unplaced.value.map(({ key, about, parentAbout }) => [key, about, parentAbout])).toEqual([
    ["t1", "Ringe", "Sove"],
  ]);
  const one = unplaced.value[0];
  if (!one) throw new Error("nothing");
  expect(one.mayRestore).toBe(true);
  await restoreParent(one);
  expect(client.edits.at(-1)?.ops).toEqual([{ rec: "g1", restore: true }]);
});

test("who may not keep the parent is told, and offered nothing that would be refused", () => {
  show({ task: { own: ["state"] } });
  expect(unplaced.value[0]?.mayRestore).toBe(false);
});
