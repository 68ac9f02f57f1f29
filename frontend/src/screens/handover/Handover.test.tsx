// @vitest-environment happy-dom
import { render } from "preact";
import { beforeEach, expect, test } from "vitest";
import { openTest, rec, type TestClient } from "../../data/testclient.ts";
import { speak } from "../../text/testwords.ts";
import { Handover } from "./Handover.tsx";

let client: TestClient;
const may = { handover: { new: true, own: ["state"] }, acknowledgement: { new: true }, note: { new: true } };
const person = (id: string, name: string, role: string) => [
  rec("person", id, { name, sector: "school" }),
  rec("membership", `m-${id}`, { person: id, role }),
];
const people = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  ...person("jonas", "Jonas Brandt", "professional_lead"),
  ...person("nadia", "Nadia Elmasry", "professional"),
  ...person("signe", "Signe Rosenvang", "guardian"),
  ...person("henrik", "Henrik Vang", "contact_only"),
  rec("tovholder", "tv", { person: "jonas", scope: ["home"], from: "2026-05-26" }),
];
const asked = (state: string) =>
  rec("handover", "h", { from: "jonas", to: "nadia", state, effectiveFrom: "2026-12-04", reason: "Orlov." });

function draw(): HTMLElement {
  const root = document.createElement("main");
  document.body.replaceChildren(root);
  render(<Handover />, root);
  return root;
}

const words = (root: HTMLElement) => root.textContent?.replaceAll("\u00a0", " ") ?? "";
const buttons = (root: HTMLElement) => [...root.querySelectorAll("button")];
const press = (root: HTMLElement, name: string) =>
  buttons(root)
    .find((one) => one.textContent === name)
    ?.click();

beforeEach(() => {
  speak("da");
  localStorage.clear();
  client = openTest();
});

test("who is asked reads why, and answers with one press", () => {
  client.show("k1", "nadia", [...people, asked("proposed")], { ...may, handover: { own: ["state"] } });
  const root = draw();
  expect(words(root)).toContain("Jonas beder dig overtage som tovholder.");
  expect(words(root)).toContain("Jonas er tovholder, indtil du siger ja.");
  expect(words(root)).toContain("Orlov.");
  press(root, "Ja, jeg overtager fra fredag 4.\u00a0december");
  expect(client.edits.at(-1)?.ops).toMatchObject([{ rec: "h", set: { state: "accepted" } }]);
});

test("a no without a reason is not sent", async () => {
  client.show("k1", "nadia", [...people, asked("proposed")], may);
  const root = draw();
  press(root, "Nej, jeg kan ikke");
  await Promise.resolve();
  root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await Promise.resolve();
  expect(words(root)).toContain("Skriv kort hvorfor.");
  expect(client.edits).toEqual([]);
});

// R4: nobody has to wonder why a name is missing.
test("the form offers who has access, and names the others with their reason", () => {
  client.show("k1", "jonas", people, may);
  const root = draw();
  const offered = [...(root.querySelector("select")?.options ?? [])].map((one) => one.textContent);
  expect(offered).toEqual(["Vælg en person", "Nadia Elmasry", "Signe Rosenvang"]);
  expect(words(root)).toContain("Henrik VangHar ikke adgang til planen");
});

// R3 TH3: until nobody is missing, the outgoing one is told that it is theirs to tell.
test("the outgoing one sees who does not know and can say that they were told", () => {
  client.show("k1", "jonas", [...people, asked("accepted")], may);
  const root = draw();
  expect(words(root)).toContain("Du sørger for, at alle ved det.");
  expect(words(root)).toContain("De har ikke set det endnuSigne Rosenvang");
  buttons(root)
    .find((one) => one.getAttribute("aria-label") === "Har fået besked på telefon: Signe Rosenvang")
    ?.click();
  expect(client.edits.at(-1)?.ops).toMatchObject([{ new: { person: "signe", how: "phone" } }]);
});

test("who has no part in it sees how it stands, and no button", () => {
  const ack = rec("acknowledgement", "a", { handover: "h", person: "signe" });
  client.show("k1", "signe", [...people, asked("accepted"), ack], { acknowledgement: { new: true } });
  const root = draw();
  expect(words(root)).toContain("Jonas sørger for, at alle ved det.");
  expect(buttons(root)).toHaveLength(0);
});
