// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTest, rec, type TestClient } from "../../data/testclient.ts";
import { speak } from "../../text/testwords.ts";
import { Help } from "./Help.tsx";

let client: TestClient;

function draw(): HTMLElement {
  const root = document.createElement("main");
  document.body.replaceChildren(root);
  render(<Help />, root);
  return root;
}

const numbers = (root: HTMLElement) =>
  [...root.querySelectorAll("a[href^='tel:']")].map((one) => one.getAttribute("href")?.slice(4));

const family = (level: number) => [
  rec("case", "k1", { title: "Malthe", country: "DK", municipality: "Gudenå Kommune" }),
  rec("child", "ch", { name: "Malthe Rosenvang" }),
  rec("person", "peter", { name: "Peter Damm", sector: "social_services" }),
  rec("reach", "r", { person: "peter", phone: "00 00 14 01" }),
  rec("contactPerson", "c", { person: "peter", sector: "social_services", model: "randers-5x2", level }),
  rec("levelEntry", "l", { model: "randers-5x2", track: "home", level, from: "2026-10-05" }),
];

beforeEach(() => {
  speak("da");
  localStorage.clear();
  client = openTest();
});
afterEach(() => vi.restoreAllMocks());

// R29 CC6: nothing that is done here is stored in the plan, or anywhere.
test("the page writes nothing, asks nobody and has nothing to type in", async () => {
  const store = vi.spyOn(Storage.prototype, "setItem");
  const fetched = vi.spyOn(globalThis, "fetch");
  const root = draw();
  for (const one of root.querySelectorAll<HTMLInputElement>("input")) one.click();
  await Promise.resolve();
  expect(root.querySelectorAll("input:not([type=radio]), textarea, form")).toHaveLength(0);
  expect([store.mock.calls, fetched.mock.calls, client.edits]).toEqual([[], [], []]);
});

test("who is not signed in chooses the country, and gets its numbers", async () => {
  const root = draw();
  expect(numbers(root)).toEqual(["112", "116111"]);
  root.querySelectorAll<HTMLInputElement>("input")[1]?.click();
  await Promise.resolve();
  expect(numbers(root)).toEqual(["112", "113", "02800", "116111"]);
});

test("who has a plan is shown its own country's numbers without a choice", () => {
  client.show("k1", "me", [rec("case", "k1", { title: "Ingrid", country: "NO" })]);
  const root = draw();
  expect(root.querySelector("input")).toBeNull();
  expect(numbers(root)).toContain("02800");
});

// R30 R31: the duty is one's own; advice never delays it.
test("the duty is said, and that advice must not delay it", () => {
  const words = draw().textContent;
  expect(words).toContain("Pligten er din egen.");
  expect(words).toContain("Det må aldrig forsinke dig.");
});

// FM6 EX2: the municipality's own template and address.
test("the municipality's own page and address are links", () => {
  const hrefs = [...draw().querySelectorAll("a")].map((one) => one.getAttribute("href"));
  expect(hrefs).toContain("mailto:underretning@randers.dk");
  client.show("k1", "me", family(3));
  expect(draw().querySelector("a[href^='mailto:']")).toBeNull();
});

// EX5: a family that has a case has a social worker to call.
test("the social worker who has the case is shown, by whom it is known", () => {
  client.show("k1", "me", family(5));
  expect(numbers(draw())).toContain("00001401");
  client.show("k1", "me", family(4));
  expect(numbers(draw())).not.toContain("00001401");
});

test("a locked phone says nothing of a plan", () => {
  client.show("k1", "me", family(5));
  client.stand({ locked: true });
  expect(draw().textContent).not.toContain("Malthe");
});
