/** How many taps the short ways take; those of a meeting, minutes, a handover and a push are counted in their own journeys. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { calm, closeBrowser, Hands, newPhone, rowsIn, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await Program.start();
});
afterAll(async () => {
  await closeBrowser();
  await program.close();
});

test("a parent ticks a task where the app opens, in one tap, and may take it back", async () => {
  const page = await newPhone({ viewport: { width: 360, height: 740 } });
  await signIn(page, program, "case-1/c1-signe");
  const first = page.getByRole("checkbox").first();
  await first.locator("xpath=ancestor-or-self::*[self::label or self::button or self::input][1]").click();
  await page.getByRole("button", { name: /^Fortryd/ }).waitFor();
  calm(page);
});

test("a teacher ticks a task and writes a line about it in four taps", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-karen");
  const hands = new Hands();
  await hands.tap(page.getByRole("link", { name: "Opgaver", exact: true }));
  await hands.tap(page.getByRole("link", { name: /spørgeskema/ }));
  await hands.type(page.getByLabel("Skriv en note"), "Sendt i dag.");
  await hands.tap(page.getByRole("button", { name: "Gem note" }));
  await hands.tap(page.getByRole("button", { name: "Det er gjort" }));
  await shows(page, "Sendt i dag.");
  await page.getByRole("button", { name: "Det er ikke gjort alligevel" }).waitFor();
  expect(hands.taps).toBeLessThanOrEqual(4);
  calm(page);
});

test("a leader takes back somebody's access in three taps, and that phone then holds nothing of the plan", async () => {
  const gone = await newPhone();
  await signIn(gone, program, "case-1/c1-mikkel");
  const held = async () =>
    (await rowsIn<{ readonly space: string }>(gone, "base")).filter(({ space }) => space === "case-1").length;
  await expect.poll(held, { timeout: 20_000 }).toBeGreaterThan(0);
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-jonas");
  await page.goto(`${program.origin}/c/case-1`);
  const hands = new Hands();
  await hands.tap(page.getByRole("link", { name: "Hvem er med?" }));
  await hands.tap(page.getByRole("button", { name: /Mikkel/ }));
  await hands.tap(page.getByRole("button", { name: "Luk adgangen nu" }));
  expect(hands.taps).toBe(3);
  await shows(page, "Mikkel er ikke længere med.");
  await shows(gone, "Du har ikke længere adgang til planen for Malthe.");
  await expect.poll(held, { timeout: 20_000 }).toBe(0);
  calm(page);
  calm(gone);
});
