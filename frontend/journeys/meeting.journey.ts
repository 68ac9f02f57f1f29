import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { calm, closeBrowser, findings, Hands, hasNet, hides, newPhone, overflow, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(async () => {
  await closeBrowser();
  await program.close();
});

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

/** The day so many days from now, as a field for days wants it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Fills in a whole invitation from the suggestions, down to the button. */
async function fillIn(leader: Page, hands: Hands): Promise<void> {
  await hands.tap(link(leader, "Indkald til møde"));
  await hands.tap(button(leader, /^Tværfagligt netværksmøde/));
  await hands.type(leader.getByLabel("Dag", { exact: true }), inDays(21));
  await hands.type(leader.getByLabel("Fra kl."), "14:00");
  await hands.tap(leader.getByText("Begge dele", { exact: true }));
  await hands.type(leader.getByLabel("Sted eller link"), "Åskolen, lokale 12");
  await hands.tap(leader.getByText("Vi har aftalt det med familien"));
  await hands.type(leader.getByLabel("Det skal mødet bruges til"), "Vi aftaler, hvem der gør hvad efter jul.");
  await hands.tap(button(leader, "Brug forslag"));
  await hands.tap(button(leader, "Foreslå deltagere"));
  await hands.tap(leader.getByText("Familien har været med til at vælge deltagerne"));
  await hands.tap(leader.getByText("Kun de fagfolk, der er brug for, er inviteret"));
  await hands.tap(leader.getByText("Med en del af mødet"));
}

test("a leader calls a meeting in twelve taps and five fields, a parent answers, brings a point and wishes, the leader answers", async () => {
  const leader = await newPhone();
  await signIn(leader, program, "case-1/c1-jonas");
  await leader.goto(`${program.origin}/c/case-1/meetings`);
  const hands = new Hands();
  await fillIn(leader, hands);
  await shows(leader, /Dagsordenen skal sendes senest .* \(5 arbejdsdage før\)\./); // the server has counted it
  await shows(leader, "Alt er med.");
  expect(await findings(leader)).toEqual([]);
  expect(await overflow(leader)).toBe(0);
  await hands.tap(button(leader, "Send indkaldelsen"));
  expect(hands.taps).toBeLessThanOrEqual(12);
  expect(hands.fields).toBeLessThanOrEqual(5);
  await shows(leader, /har ikke svaret: .*Signe Rosenvang/); // the server has asked them all
  const address = new URL(leader.url()).pathname;

  const mother = await newPhone();
  await signIn(mother, program, "case-1/c1-signe");
  await mother.goto(`${program.origin}/c/case-1/meetings`);
  await mother.getByRole("link", { name: /Tværfagligt netværksmøde.*Kommer du\?/ }).click();
  await button(mother, "Måske").click();
  await shows(mother, "Du kommer måske");
  await mother.getByText("På video", { exact: true }).first().click();
  await mother.getByLabel("Vil du have noget på dagsordenen?").fill("Rolige morgener");
  await button(mother, "Tilføj punkt").click();
  await shows(mother, /fra Signe/);
  const first = mother.getByRole("listitem").filter({ hasText: "minutter" }).or(mother.getByText("Rolige morgener"));
  await expect.poll(() => first.first().textContent()).toMatch(/Rolige morgener/); // before all others
  await mother.getByLabel("Jeg ønsker, at en anden er med").fill("Mikkel fra klubben");
  await button(mother, "Send ønske").click();
  await shows(mother, /Jonas Brandt svarer senest/);
  expect(await findings(mother)).toEqual([]);

  await shows(leader, "Mikkel fra klubben");
  await leader.getByLabel("Svar på ønsket").fill("Ja, Mikkel er inviteret.");
  await button(leader, "Send svar").click();
  await shows(mother, "Svar: Ja, Mikkel er inviteret.");

  // Another time is another question.
  await button(leader, "Flyt mødet").click();
  await leader.getByLabel("Dag", { exact: true }).fill(inDays(28));
  await button(leader, "Flyt, og spørg igen").click();
  await mother.goto(program.origin + address);
  await shows(mother, "Kommer du?");
  await hides(mother, "Du kommer måske");
  calm(leader);
  calm(mother);
});

test("an invitation is written without network, survives a reload, and goes out by itself", async () => {
  const leader = await newPhone();
  await signIn(leader, program, "case-1/c1-jonas");
  await leader.goto(`${program.origin}/c/case-1/meetings`);
  await program.stop();
  await fillIn(leader, new Hands());
  await shows(leader, "Alt er med.");
  await leader.reload(); // from nothing but what the phone holds
  await shows(leader, "Alt er med.");
  expect(await leader.getByLabel("Det skal mødet bruges til").inputValue()).toMatch(/efter jul/);
  expect(await leader.getByLabel("Fra kl.").inputValue()).toBe("14:00");
  await button(leader, "Send indkaldelsen").click();
  await shows(leader, "Hvem er med");

  await program.run();
  await hasNet(leader);
  await shows(leader, /har ikke svaret: .*Signe Rosenvang/);
  calm(leader);
});

test("a parent asks for a meeting, sees who owes the answer, and gets a no with its reason", async () => {
  const mother = await newPhone();
  const leader = await newPhone();
  await signIn(mother, program, "case-1/c1-signe");
  await signIn(leader, program, "case-1/c1-jonas");
  await mother.goto(`${program.origin}/c/case-1/meetings`);
  await link(mother, "Bed om et møde").click();
  await mother.getByRole("textbox").fill("Morgenerne er blevet svære igen.");
  await button(mother, "Send").click();
  await shows(mother, /Jonas Brandt svarer senest/);

  await leader.goto(`${program.origin}/c/case-1/meetings`);
  await shows(leader, "Signe Rosenvang har bedt om et møde");
  await button(leader, "Ikke nu").click();
  await button(leader, "Send svar").click();
  await shows(leader, "Skriv, hvorfor der ikke bliver et møde nu."); // no silent refusal
  await leader.getByRole("textbox").fill("Vi ses allerede torsdag.");
  await button(leader, "Send svar").click();
  await shows(mother, /Ikke et møde nu\. Vi ses allerede torsdag\./);
  calm(mother);
  calm(leader);
});

test("the same circle meets again in one tap", async () => {
  const leader = await newPhone();
  await signIn(leader, program, "case-1/c1-jonas");
  await leader.goto(`${program.origin}/c/case-1/meetings/c1-m2`);
  await button(leader, "Mød igen med de samme").click();
  await shows(leader, "Siden sidst: det, vi aftalte");
  await shows(leader, "Nadia Elmasry");
  await hides(leader, /venter på net/);
  calm(leader);
});
