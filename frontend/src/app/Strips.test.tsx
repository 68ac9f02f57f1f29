// @vitest-environment happy-dom
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { beforeEach, expect, test } from "vitest";
import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import { useDraft } from "../data/draft.ts";
import { openTest, type TestClient } from "../data/testclient.ts";
import { speak } from "../text/testwords.ts";
import { Locked } from "./Locked.tsx";
import { Strips } from "./Strips.tsx";
import { updateReady } from "./update.ts";

let client: TestClient;
let root: HTMLElement;
const words = () => root.textContent ?? "";
const button = (name: string) => [...root.querySelectorAll("button")].find((one) => one.textContent?.startsWith(name));
const drawn = () => new Promise((done) => setTimeout(done, 20));

beforeEach(() => {
  speak("da");
  localStorage.clear();
  updateReady.value = false;
  client = openTest();
  root = document.createElement("main");
  document.body.replaceChildren(root);
});

test("who has lost access is told what was handed over, once, and nothing more", async () => {
  const lost = { space: "k2" as SpaceID, name: "Malthe", at: 0, until: null };
  client.lost = [{ ...lost, changes: 2 }];
  client.stand({});
  render(<Strips />, root);
  expect(words()).toContain("Du har ikke længere adgang til planen for Malthe. 2 ændringer er givet videre");
  button("OK")?.click();
  await drawn();
  expect(words()).not.toContain("Malthe");
  client.lost = [{ ...lost, changes: 0 }];
  client.stand({});
  await drawn();
  expect(words()).toContain("adgang til planen for Malthe.");
  expect(words()).not.toContain("givet videre");
});

test("of an erased plan it is said that it is so, and not whose it was", async () => {
  client.lost = [{ space: "k2" as SpaceID, name: "", at: 0, until: null, changes: 1, erased: true }];
  client.stand({});
  render(<Strips />, root);
  expect(words()).toContain("En plan, du var med i, er slettet for altid. 1 ændring, der ikke var sendt");
  expect(words()).not.toContain("adgang");
});

test("what has waited for more than a day is said loudly, with what to do", () => {
  const now = Date.parse("2026-11-23T08:00:00+01:00");
  client.stand({ waiting: 2, oldest: now - 25 * 3_600_000, reachable: false });
  render(<Strips />, root);
  expect(words()).toContain("2 ændringer har ventet over et døgn.");
  expect(root.querySelector("a")?.getAttribute("href")).toBe("/me");
});

test("beside a half-written form a new version is a line, and a button once it is saved", async () => {
  let clear = (): void => {};
  function Form() {
    const draft = useDraft("note.t1");
    useEffect(() => draft.write("Halvt skrevet"), []);
    clear = draft.clear;
    return <Strips />;
  }
  updateReady.value = true;
  render(<Form />, root);
  await drawn();
  expect(words()).toBe("Ny udgave klar. Gem først, så opdaterer vi.");
  expect(button("Opdat")).toBeUndefined();
  clear();
  await drawn();
  expect(button("Opdatér")).toBeDefined();
});

test("a locked phone says why, that nothing is lost, and tries again", async () => {
  client.stand({ locked: true, waiting: 1, reachable: false });
  render(<Locked />, root);
  expect(words()).toContain("Planen er låst, indtil telefonen har haft net");
  expect(words()).toContain("Det, du har skrevet, er gemt og bliver sendt.");
  button("Prøv igen")?.click();
  await drawn();
  expect(words()).toContain("Der er ikke net endnu.");
  client.stand({ signedOut: true });
  await drawn();
  expect(root.querySelector("a")?.getAttribute("href")).toBe("/in");
});
