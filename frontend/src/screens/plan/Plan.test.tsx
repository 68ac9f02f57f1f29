// @vitest-environment happy-dom
import { render } from "preact";
import { beforeEach, expect, test } from "vitest";
import { openTest, rec, type TestClient } from "../../data/testclient.ts";
import { speak } from "../../text/testwords.ts";
import { Plan } from "./Plan.tsx";

let client: TestClient;
const may = { task: { new: true, own: ["state"] }, participant: { own: ["reply", "apology"] } };
const plan = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("person", "me", { name: "Signe Rosenvang" }),
  rec("person", "jonas", { name: "Jonas Brandt", title: "afdelingsleder", organisation: "Åskolen" }),
  rec("reach", "r1", { person: "jonas", phone: "00 00 12 02", bestTime: "kl. 8-9" }),
  rec("tovholder", "tv", { person: "jonas", scope: ["home"], from: "2026-05-26" }),
  rec("task", "t1", { title: "Svare på samtykke", state: "open", responsible: "me", due: "2026-11-24" }),
  rec("task", "t2", { title: "Sende dagsorden", state: "open", responsible: "jonas", due: "2026-11-20" }),
  rec("meeting", "m1", {
    title: "Netværksmøde",
    state: "invited",
    start: "2026-12-03T14:00:00+01:00",
    end: "2026-12-03T15:00:00+01:00",
  }),
  rec("participant", "p1", { meeting: "m1", person: "me", reply: "no_reply" }),
  rec("track", "home", { label: "Hjem", order: "a0" }),
  rec("levelEntry", "l1", { model: "randers", track: "home", level: 3, from: "2026-10-05" }),
  rec("model", "randers", {
    word: { da: "niveau" },
    levels: [1, 2, 3, 4, 5].map((n) => ({ n, name: { da: `Navn ${n}` }, sentence: { da: `Sætning ${n}.` } })),
  }),
];

function draw(): HTMLElement {
  const root = document.createElement("main");
  document.body.replaceChildren(root);
  render(<Plan />, root);
  return root;
}

const words = (root: HTMLElement) => root.textContent?.replaceAll("\u00a0", " ").replaceAll("\u2060", "") ?? "";

beforeEach(() => {
  speak("da");
  localStorage.clear();
  client = openTest();
  client.show("k1", "me", plan, may);
});

test("the plan tells, in this order: whom to call, what is next, what is mine, the others, where we are, news, and the rest", () => {
  const headings = [...draw().querySelectorAll("h2")].map((one) => one.textContent);
  expect(headings).toEqual([
    "Tovholderen er",
    "Det næste, der sker",
    "Du skal",
    "De andre er i gang med",
    "Her er vi nu",
    "Nyt siden sidst",
    "Mere i planen",
  ]);
});

test("one press calls the tovholder, by a name that begins with the words on the button", () => {
  const call = draw().querySelector<HTMLAnchorElement>("a[href^='tel:']");
  expect(call?.getAttribute("href")).toBe("tel:00001202");
  expect(call?.textContent).toBe("Ring til Jonas");
  expect(call?.getAttribute("aria-label")).toBe("Ring til Jonas Brandt, tovholder");
});

test("an answer that is owed is given in the card", async () => {
  const root = draw();
  expect(words(root)).toContain("Netværksmøde kl. 14–15");
  expect(words(root)).toContain("om 10 dage");
  [...root.querySelectorAll("button")].find((one) => one.textContent === "Jeg kommer")?.click();
  expect(client.edits.at(-1)?.ops).toEqual([
    { rec: "p1", kind: "participant", set: { reply: "accepted" }, was: { reply: "no_reply" } },
  ]);
});

test("where we are is a ladder with words for those who do not see it", () => {
  const root = draw();
  expect(root.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("Hjem: niveau 3 af 5");
  expect(words(root)).toContain("Hjem, niveau 3: Sætning 3.");
});

test("about what others owe there is only a date", () => {
  expect(words(draw())).toContain("Jonas: Sende dagsordenAftalt til fredag 20. november");
});
