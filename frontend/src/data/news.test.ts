// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { caseID } from "./case.ts";
import { isFirstVisit, news, visit, watchVisits } from "./news.ts";
import { openTest, rec } from "./testclient.ts";

const plan = rec("case", "k1", { title: "Malthe" });
const task = (id: string, seq: number, f: Record<string, unknown>, more = {}) =>
  rec("task", id, { title: id, state: "open", responsible: "karen", ...f }, { seq, ...more });

watchVisits();
beforeEach(() => localStorage.clear());

function hide(): void {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

test("the first visit has no news; the next one tells what came after it", () => {
  const client = openTest();
  client.show("k1", "me", [plan, task("t1", 4, {})]);
  visit("k1" as never);
  expect(isFirstVisit.value).toBe(true);
  expect(news.value).toEqual([]);
  hide();
  expect(localStorage.getItem("samspor.seen.k1")).toBe("4");
});

test("my own tick and what has not been sent are no news", () => {
  const client = openTest();
  localStorage.setItem("samspor.seen.k2", "4");
  client.show("k2", "me", [
    rec("case", "k2", { title: "Freja" }),
    task("old", 4, {}),
    task("theirs", 6, { state: "done" }),
    task("mine", 7, { state: "done", responsible: "me" }),
    task("waiting", 0, {}, { waiting: true }),
    rec("note", "n1", { about: "theirs", text: "x", person: "karen" }, { seq: 8 }),
    rec("note", "n2", { about: "theirs", text: "x", person: "me" }, { seq: 9 }),
    rec("meeting", "m1", { title: "Møde", minutesState: "shared" }, { seq: 10 }),
  ]);
  openPlan("k2");
  expect(news.value.map(({ words, title }) => `${words} ${title}`)).toEqual([
    "home.newsMinutes Møde",
    "home.newsNote theirs",
    "home.newsDone theirs",
  ]);
});

function openPlan(id: string): void {
  caseID.value = id as never;
  visit(id as never);
}
