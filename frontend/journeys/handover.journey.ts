import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calm, closeBrowser, findings, hasNet, hides, newPhone, overflow, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await Program.start();
});
afterAll(async () => {
  await closeBrowser();
  await program.close();
});

/** A phone of somebody in Freja's plan, at a screen of it. */
async function phoneOf(who: string, path = ""): Promise<Page> {
  const page = await newPhone();
  await signIn(page, program, who);
  await page.goto(`${program.origin}/c/case-4${path}`);
  return page;
}

async function newTask(page: Page, title: string): Promise<void> {
  await page.goto(`${program.origin}/c/case-4/tasks/new`);
  await page.getByLabel("Hvad skal der gøres?").fill(title);
  await page.getByRole("button", { name: "Gem opgave" }).click();
  await shows(page, title);
}

// R2 R3 TH1-TH3: the rope is asked for without network, taken by who is asked, and known by everybody before it is over.
test("the rope goes from one to another, with its agreements, and everybody comes to know", async () => {
  const jonas = await phoneOf("case-4/c4-jonas");
  await newTask(jonas, "Ringe til mor om torsdagen");
  await newTask(jonas, "Booke lokale til mødet");
  await newTask(jonas, "Skrive til klubben");

  await jonas.context().setOffline(true);
  await jonas.goto(`${program.origin}/c/case-4/handover`);
  await jonas.getByLabel("Hvem skal overtage?").selectOption({ label: "Tea Lindgaard" });
  await jonas.getByLabel("Hvorfor?").fill("Tea ser Freja hver dag.");
  const settle = (title: string, how: string) =>
    jonas.getByRole("group", { name: title }).getByText(how, { exact: true }).click();
  await settle("Booke lokale til mødet", "Bliver hos mig");
  await settle("Skrive til klubben", "Slutter");
  await jonas.reload(); // a draft outlives the page
  expect(await jonas.getByLabel("Hvorfor?").inputValue()).toBe("Tea ser Freja hver dag.");
  await jonas.getByRole("button", { name: "Spørg Tea" }).click();
  await shows(jonas, "Venter på net");
  await jonas.goto(`${program.origin}/c/case-4`);
  await shows(jonas, "Du er tovholder");
  await jonas.context().setOffline(false);
  await hasNet(jonas);

  // Two taps: read, and yes.
  const tea = await phoneOf("case-4/c4-tea");
  await shows(tea, /Jonas beder dig overtage/);
  await tea.getByRole("link", { name: "Læs og svar" }).click();
  expect(await findings(tea)).toEqual([]);
  await tea.getByRole("button", { name: /^Ja, jeg overtager fra/ }).click();
  await shows(tea, "De har ikke set det endnu");
  await tea.goto(`${program.origin}/c/case-4`);
  await shows(tea, "Du er tovholder");

  const laura = await phoneOf("case-4/c4-laura");
  await shows(laura, /Jonas sørger for, at alle ved det/);
  await laura.getByRole("button", { name: "Jeg har set, hvem der er ny tovholder" }).click();
  await hides(laura, "Jeg har set, hvem der er ny tovholder");

  // What was settled has happened in the same moment: one moved, one stayed, one ended.
  await jonas.goto(`${program.origin}/c/case-4/tasks`);
  await hides(jonas, "Skrive til klubben");
  await hides(jonas, "Ringe til mor om torsdagen");
  await shows(jonas, "Booke lokale til mødet");
  await tea.goto(`${program.origin}/c/case-4/tasks`);
  await shows(tea, "Ringe til mor om torsdagen");
  await jonas.goto(`${program.origin}/c/case-4/handover`);
  for (const name of ["Freja", "Nadia", "Ulla"]) {
    await jonas.getByRole("button", { name: new RegExp(`Har fået besked på telefon: ${name}`) }).click();
    await shows(jonas, new RegExp(`${name} har fået besked`));
  }
  await shows(jonas, /Tea overtog fra Jonas/);
  await laura.goto(`${program.origin}/c/case-4`);
  await hides(laura, /Jonas sørger for/);
  for (const page of [jonas, tea, laura]) calm(page);
});

// CP1 CP4: a place without a way in is said until somebody is written in.
test("a missing contact is filled with somebody new, and a parent can call them", async () => {
  const jonas = await newPhone();
  await signIn(jonas, program, "case-1/c1-jonas");
  await jonas.goto(`${program.origin}/c/case-1/contacts`);
  await shows(jonas, "Mangler: kontakt i Klub og fritid");
  await jonas.getByRole("button", { name: "Skriv en kontakt ind: Klub og fritid" }).click();
  await jonas.getByLabel("Hvem er kontakten?").selectOption("");
  await jonas.getByLabel("Navn").fill("Rune Bjerre");
  await jonas.getByLabel("Telefon", { exact: true }).fill("00 00 12 77");
  await jonas.getByRole("button", { name: "Gem kontakten" }).click();
  await hides(jonas, "Mangler: kontakt i Klub og fritid");

  const signe = await newPhone();
  await signIn(signe, program, "case-1/c1-signe");
  await signe.goto(`${program.origin}/c/case-1/contacts`);
  const call = signe.getByRole("link", { name: "Ring til Rune Bjerre" });
  await call.waitFor();
  expect(await call.getAttribute("href")).toBe("tel:00001277");
  for (const page of [jonas, signe]) calm(page);
});

test("the rope, the contacts and the people are accessible and fit the smallest screen", async () => {
  const page = await newPhone({ viewport: { width: 320, height: 640 } });
  await signIn(page, program, "case-3/c3-marit");
  for (const path of ["", "/handover", "/contacts", "/people"]) {
    await page.goto(`${program.origin}/c/case-3${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await findings(page), path).toEqual([]);
    expect(await overflow(page), `${path} scrolls sideways`).toBe(0);
  }
  calm(page);
});

// R29: the way to help is there before signing in and without network, and leaves no trace.
test("the page about violence opens without sign-in and without network, and keeps nothing", async () => {
  const page = await newPhone();
  await page.goto(`${program.origin}/in`);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null);
  await page.reload();
  await page.context().setOffline(true);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  await page.getByRole("link", { name: /Bekymret for vold/ }).click();
  await shows(page, "Ring 112");
  await page.getByText("Norge", { exact: true }).click();
  await shows(page, "Ring 02800");
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(kept);
  expect(await findings(page)).toEqual([]);
  calm(page);
});
