import { beforeEach, expect, test, vi } from "vitest";
import { dueMine, watchBadge } from "./badge.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const task = (id: string, f: Record<string, unknown>) =>
  rec("task", id, { state: "open", responsible: "me", due: "2026-11-23", ...f });
beforeEach(() => {
  client = openTest();
});

test("the number on the icon is that of one's own agreements that are due, over all plans", () => {
  const set = vi.fn(async () => {});
  vi.stubGlobal("navigator", { setAppBadge: set });
  watchBadge();
  client.show("k1", "me", [
    rec("case", "k1", { country: "DK" }),
    task("a", {}),
    task("late", { due: "2026-11-20" }),
    task("later", { due: "2026-11-24" }),
    task("none", { due: undefined }),
    task("done", { state: "done" }),
    task("yours", { responsible: "you" }),
  ]);
  client.show("k2", "me", [rec("case", "k2", { country: "NO" }), task("b", {})]);
  expect(dueMine.value).toBe(3);
  expect(set).toHaveBeenLastCalledWith(3);
  vi.unstubAllGlobals();
});
