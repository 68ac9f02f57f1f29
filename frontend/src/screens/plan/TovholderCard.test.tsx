// @vitest-environment happy-dom
import { render, type VNode } from "preact";
import { beforeEach, expect, test } from "vitest";
import { openTest, rec, type TestClient } from "../../data/testclient.ts";
import { speak } from "../../text/testwords.ts";
import { Handovers } from "./Handovers.tsx";
import { TovholderCard } from "./TovholderCard.tsx";

let client: TestClient;
const may = { acknowledgement: { new: true } };
const person = (id: string, name: string, role: string) => [
  rec("person", id, { name }),
  rec("reach", `r-${id}`, { person: id, phone: "00 00 12 02" }),
  rec("membership", `m-${id}`, { person: id, role }),
];
const people = [
  rec("case", "k1", { title: "Malthe", country: "DK", firstContact: "nadia" }),
  rec("track", "home", { label: "hjem" }),
  rec("track", "school", { label: "skole" }),
  ...person("jonas", "Jonas Brandt", "professional_lead"),
  ...person("nadia", "Nadia Elmasry", "professional"),
  ...person("signe", "Signe Rosenvang", "guardian"),
];
const rope = (who: string, ...scope: string[]) =>
  rec("tovholder", `tv-${who}`, { person: who, scope, from: "2026-05-26", substitute: "signe", unit: "PPR" });

function draw(Part: () => VNode | null = TovholderCard): HTMLElement {
  const root = document.createElement("main");
  document.body.replaceChildren(root);
  render(<Part />, root);
  return root;
}

const words = (root: HTMLElement) => root.textContent?.replaceAll("\u00a0", " ") ?? "";
const hrefs = (root: HTMLElement) => [...root.querySelectorAll("a")].map((one) => one.getAttribute("href"));

beforeEach(() => {
  speak("da");
  client = openTest();
});

// R1: a plan without a tovholder says so to everybody, and a leader has the way to find one.
test("a plan without a tovholder says so, and who may is led to ask somebody", () => {
  client.show("k1", "signe", people, may);
  expect(words(draw())).toContain("Der er ingen tovholder lige nu");
  expect(hrefs(draw())).not.toContain("/c/k1/handover");
  client.show("k1", "jonas", people, { ...may, handover: { new: true } });
  expect(hrefs(draw())).toContain("/c/k1/handover");
});

// TN5 TH6: one first contact of several; who steps in, and which unit answers.
test("of several, the first contact stands first and is marked; who steps in is told", () => {
  client.show("k1", "signe", [...people, rope("jonas", "school"), rope("nadia", "home")], may);
  const text = words(draw());
  expect(text.indexOf("Nadia Elmasry")).toBeLessThan(text.indexOf("Jonas Brandt"));
  expect(text.match(/I tvivl\? Ring til \w+ først\./g)).toEqual(["I tvivl? Ring til Nadia først."]);
  expect(text).toContain("For hjem");
  expect(text).toContain("Når Nadia er væk: Signe Rosenvang");
  expect(text).toContain("Ansvarlig enhed: PPR");
});

// R3: everybody says once that they have seen it.
test("who takes over is said until it is seen, and then only who answers for telling the others", () => {
  const taken = rec("handover", "h", { from: "jonas", to: "nadia", state: "accepted", effectiveFrom: "2026-11-20" });
  client.show("k1", "signe", [...people, rope("nadia", "home", "school"), taken], may);
  const seen = () =>
    [...draw(Handovers).querySelectorAll("button")].find((one) => /Jeg har set/.test(one.textContent ?? ""));
  seen()?.click();
  expect(client.edits.at(-1)?.ops).toMatchObject([{ kind: "acknowledgement", new: { handover: "h", how: "seen" } }]);
  const ack = rec("acknowledgement", "a", { handover: "h", person: "signe" });
  client.show("k1", "signe", [...people, rope("nadia", "home", "school"), taken, ack], may);
  expect(seen()).toBeUndefined();
  expect(words(draw(Handovers))).toContain("Jonas sørger for, at alle ved det."); // TH3
});
