// @vitest-environment happy-dom
import { render } from "preact";
import { beforeEach, expect, test } from "vitest";
import { forgetSettled } from "../../data/conflicts.ts";
import { openTest, rec, type TestClient } from "../../data/testclient.ts";
import { speak } from "../../text/testwords.ts";
import { Waiting } from "./Waiting.tsx";

let client: TestClient;
let root: HTMLElement;
const base = [
  rec("case", "k1", { title: "Malthe" }),
  rec("person", "jonas", { name: "Jonas Brandt" }),
  rec("person", "karen", { name: "Karen Lyhne" }),
];
const task = (title: string) => rec("task", "t1", { title, state: "open", responsible: "karen" });
const clash = (state: string) =>
  rec("conflict", "x1", {
    record: "t1",
    field: "title",
    kept: "Ringe til PPR",
    keptBy: "jonas",
    claimed: "Skrive til PPR",
    claimedBy: "karen",
    claimedAt: "2026-11-23T07:02:00Z",
    was: "PPR",
    state,
  });
const lead = { task: { set: ["title", "state"] }, note: { new: true } };

function draw(): void {
  root = document.createElement("main");
  document.body.replaceChildren(root);
  render(<Waiting />, root);
}
const words = () => root.textContent?.replaceAll("\u00a0", " ") ?? "";
const names = () => [...root.querySelectorAll("button")].map((one) => one.textContent);
async function press(name: string): Promise<void> {
  [...root.querySelectorAll("button")].find((one) => one.textContent === name)?.click();
  await new Promise((done) => setTimeout(done));
}

beforeEach(() => {
  speak("da");
  localStorage.clear();
  forgetSettled();
  client = openTest();
});

test("two versions stand side by side with three ways to settle them, and each has a name that tells it apart", () => {
  client.show("k1", "jonas", [...base, task("Ringe til PPR"), clash("open")], lead);
  draw();
  expect(words()).toContain("Står i planen nuDu skrevRinge til PPR");
  expect(words()).toContain("Kom bagefterKaren skrev i dag kl. 8.02Skrive til PPR");
  expect(words()).toContain("Sådan var det førPPR");
  expect(names()).toEqual(["Behold min", "Brug Karens", "Skriv en tredje"]);
  expect(root.querySelector("button")?.getAttribute("aria-label")).toBe("Behold min: Ringe til PPR");
});

test("a third version begins with one's own and settles the conflict", async () => {
  client.show("k1", "karen", [...base, task("Ringe til PPR"), clash("open")], lead);
  draw();
  await press("Skriv en tredje");
  const input = root.querySelector("input");
  if (!input) throw new Error("no input");
  expect(input.value).toBe("Skrive til PPR");
  input.value = "Ringe eller skrive til PPR";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await press("Brug denne");
  expect(client.edits[0]?.ops).toEqual([
    { conflict: "x1", choose: "value", set: { title: "Ringe eller skrive til PPR" } },
  ]);
  client.show("k1", "karen", [...base, task("Ringe eller skrive til PPR"), clash("settled")], lead);
  await new Promise((done) => setTimeout(done));
  expect(words()).toContain("Det er valgt: Ringe eller skrive til PPR.");
  expect(root.querySelector("a")?.getAttribute("href")).toBe("/c/k1/tasks/t1");
});

test("who may not write the field reads both and is offered nothing", () => {
  client.show("k1", "nadia", [...base, task("Ringe til PPR"), clash("open")], {});
  draw();
  expect(names()).toEqual([]);
  expect(words()).toContain("Jonas skrevRinge til PPR");
});

test("of what was erased for good nobody says that it is not lost", () => {
  const change = { ops: [{ rec: "r1", kind: "reach" }] };
  client.show("k1", "karen", [...base, rec("parked", "q1", { person: "karen", code: "record.erased", change })], lead);
  draw();
  expect(words()).toContain("Oplysningen er slettet for altid. Dine ord er ikke gemt.");
  expect(words()).not.toContain("ikke tabt");
  expect(names()).toEqual(["Smid væk"]);
});

test("what the plan did not take has a reason and two ways on", async () => {
  const change = { ops: [{ rec: "n1", kind: "note", new: { about: "t1", text: "Alt for lang" } }] };
  const one = rec("parked", "q1", { person: "karen", code: "value.tooLong", change });
  client.show("k1", "karen", [...base, task("Ringe til PPR"), one], lead);
  draw();
  expect(words()).toContain("Teksten er for lang. Gør den kortere.");
  expect(names()).toEqual(["Ret og send igen", "Smid væk"]);
  await press("Smid væk");
  client.show("k1", "karen", [...base, task("Ringe til PPR")], lead);
  await new Promise((done) => setTimeout(done));
  expect(words()).toContain("Smidt væk.");
  await press("Fortryd");
  expect(client.edits.map(({ ops }) => ops[0])).toEqual([
    { rec: "q1", del: true },
    { rec: "q1", restore: true },
  ]);
});
