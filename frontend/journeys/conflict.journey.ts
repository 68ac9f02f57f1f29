/** What people do about a conflict and about a change that was not taken, on real phones against the real program. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calm, closeBrowser, findings, hides, newPhone, overflow, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await Program.start();
});
afterAll(async () => {
  await closeBrowser();
  await program.close();
});

const place = "/c/case-1/tasks";
const agenda = "c1-t11";

/** Opens a task as somebody, on a phone of its own. */
async function phoneAt(who: string, task: string): Promise<Page> {
  const page = await newPhone();
  await signIn(page, program, who);
  await page.goto(`${program.origin}${place}/${task}`);
  await page.getByRole("heading", { name: "Noter" }).waitFor();
  return page;
}

/** Takes the network away, and lets the page notice at once: nothing moves under a finger after that. */
async function cut(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("online"))); // it tries, and finds none
  await shows(page, /Uden net/);
}

async function rename(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Ret opgaven" }).click();
  await page.getByRole("textbox", { name: "Hvad skal der gøres?" }).fill(title);
  await page.getByRole("button", { name: "Gem", exact: true }).click();
  await page.getByRole("heading", { name: title }).waitFor();
}

async function giveTo(page: Page, task: string, name: string): Promise<void> {
  await page.goto(`${program.origin}${place}/${task}`);
  await page.getByRole("button", { name: "Ret opgaven" }).click();
  await page.getByRole("combobox", { name: "Hvem gør det?" }).selectOption({ label: name });
  await page.getByRole("button", { name: "Gem", exact: true }).click();
  await page.locator("dd").getByText(name).waitFor();
}

/** The screen as it stands is accessible and fits. */
async function isSound(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

test("two phones change the same title without network; one chooses a third, and everybody sees how it came about", async () => {
  const first = await phoneAt("case-1/c1-jonas", agenda);
  await program.stop();
  await program.run(); // with fresh links: he has a second phone
  const second = await phoneAt("case-1/c1-jonas", agenda);
  const teacher = await phoneAt("case-1/c1-karen", agenda);

  await cut(second);
  await rename(second, "Sende dagsorden og sige, hvem der kommer");
  await shows(second, /venter på net/i);
  await rename(first, "Sende dagsorden til alle");
  await teacher.getByRole("heading", { name: "Sende dagsorden til alle" }).waitFor();

  await second.context().setOffline(false);
  await second.getByRole("link", { name: /Vælg den rigtige/ }).click(); // one tap from the task
  await shows(second, "Sende dagsorden til alle");
  await shows(second, "Sende dagsorden og sige, hvem der kommer");
  await isSound(second);
  await second.getByRole("button", { name: /^Skriv en tredje/ }).click();
  await second.getByRole("textbox", { name: "Titel" }).fill("Sende dagsorden med navne til alle");
  await isSound(second);
  await second.getByRole("button", { name: "Brug denne" }).click();
  await shows(second, /Det er valgt: Sende dagsorden med navne til alle/);
  await second.getByRole("link", { name: /^Se ”Sende dagsorden/ }).click();
  await second.getByRole("heading", { name: "Sende dagsorden med navne til alle" }).waitFor();
  await hides(second, /Vælg den rigtige/);

  await first.getByRole("heading", { name: "Sende dagsorden med navne til alle" }).waitFor();
  await first.getByText("Hvem har ændret hvad").click();
  await shows(first, "Du valgte ”Sende dagsorden med navne til alle”.");
  await shows(first, "Din ændring kom sent: ”Sende dagsorden og sige, hvem der kommer”.");
  await shows(first, /^Du ændrede titlen fra ”Sende dagsorden til mødet 3. december” til ”Sende dagsorden til alle”/);
  await shows(first, "Kom fra den gamle plan.");
  await isSound(first);
  await teacher.getByText("Hvem har ændret hvad").click();
  await shows(teacher, "Jonas valgte ”Sende dagsorden med navne til alle”.");
  await teacher.context().setOffline(true);
  await teacher.getByText("Hvem har ændret hvad").click();
  await teacher.getByText("Hvem har ændret hvad").click();
  await shows(teacher, /kun ses, når der er net/);
  for (const page of [first, second, teacher]) calm(page);
});

test("what the plan did not take stands there with its reason; it is told another way, or thrown away", async () => {
  await program.stop();
  await program.run();
  const lead = await phoneAt("case-1/c1-jonas", "c1-t08");
  const teacher = await phoneAt("case-1/c1-karen", "c1-t08");
  await cut(teacher);
  await teacher.getByRole("button", { name: "Det kan jeg ikke nå" }).click();
  await teacher.getByRole("textbox", { name: "Det kan jeg ikke nå" }).fill("Jeg mangler siderne om morgenen.");
  await teacher.getByRole("button", { name: "Sig det til de andre" }).click();
  await shows(teacher, "Jeg mangler siderne om morgenen.");
  await teacher.getByRole("link", { name: "Opgaver" }).first().click();
  await teacher.getByRole("checkbox", { name: /Skrive til begge forældre/ }).check({ force: true });
  await shows(teacher, /Gjort · venter på net/);
  await giveTo(lead, "c1-t08", "Nadia Elmasry");
  await giveTo(lead, "c1-t14", "Nadia Elmasry");
  await lead.goto(`${program.origin}/me`);
  await shows(lead, "Alt er sendt.");

  await teacher.context().setOffline(false);
  await shows(teacher, "2 ting skal du se på");
  await teacher.getByRole("link", { name: "Se, hvad det er" }).click();
  await shows(teacher, /Opgaven er en andens/);
  await shows(teacher, "Jeg mangler siderne om morgenen.");
  await isSound(teacher);

  await teacher.getByRole("button", { name: /^Ret og send igen: Udfylde/ }).click();
  await shows(teacher, "Resten kan du ikke længere ændre.");
  await isSound(teacher);
  await teacher.getByRole("textbox", { name: "Tekst" }).fill("Nadia, siderne om morgenen mangler.");
  await teacher.getByRole("button", { name: "Send igen" }).click();
  await hides(teacher, "Jeg mangler siderne om morgenen.");

  await teacher.getByRole("button", { name: /^Smid væk: Skrive til begge/ }).click();
  await shows(teacher, "Smidt væk.");
  await isSound(teacher);
  await teacher.getByRole("button", { name: "Fortryd" }).click();
  await teacher.getByRole("button", { name: /^Smid væk: Skrive til begge/ }).click();
  await shows(teacher, /Alt er på plads/); // once it can no longer be taken back
  await teacher.reload();
  await shows(teacher, /Alt er på plads/);

  await lead.goto(`${program.origin}${place}/c1-t08`);
  await shows(lead, "Nadia, siderne om morgenen mangler.");
  for (const page of [lead, teacher]) calm(page);
});
