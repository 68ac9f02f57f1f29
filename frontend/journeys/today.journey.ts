import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calm, closeBrowser, findings, newPhone, overflow, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  program = await Program.start();
});
afterAll(async () => {
  await closeBrowser();
  await program.close();
});

const day = /^Onsdag|^Torsdag|^Fredag|^Lørdag|^Søndag|^Mandag|^Tirsdag/;
const heading = (page: Page, level: number) => page.getByRole("heading", { level, name: day });
const opener = (page: Page) => page.getByRole("link", { name: /^Åbn: Send dagsorden/ });

/** A picture for those who look, with PICTURES=folder. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
}

// On a phone what is opened takes the place of the day, and the way back leads on.
async function replacesOnPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await heading(page, 1).waitFor();
  expect(await findings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await picture(page, `today-phone-${name}`);
  await opener(page).click();
  await page.getByRole("heading", { level: 1, name: "Opfølgende netværksmøde" }).waitFor();
  expect(await heading(page, 2).count()).toBe(0);
  await shows(page, "Møder");
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`a leader with two plans starts at the day, and opens a meeting beside it, on a phone instead of it: ${colorScheme}`, async () => {
    const page = await newPhone({ viewport: { width: 1280, height: 800 }, colorScheme });
    await signIn(page, program, colorScheme === "light" ? "case-1/c1-jonas" : "case-4/c4-jonas");
    await page.goto(program.origin);
    await heading(page, 1).waitFor();
    expect(new URL(page.url()).pathname).toBe("/today");
    await page.getByRole("heading", { name: "Forløbet for Malthe" }).waitFor();
    await page.getByRole("list", { name: "Skole" }).getByText("3 nu").waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, `today-${colorScheme}`);
    await opener(page).click();
    const opened = page.getByRole("main");
    await opened.getByRole("heading", { level: 1, name: "Opfølgende netværksmøde" }).waitFor();
    // The day still stands beside it, and the page has one first heading, which has the focus.
    await heading(page, 2).waitFor();
    expect(await page.locator("h1").count()).toBe(1);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(await page.getByRole("complementary", { name: "I dag" }).getByText("Send dagsorden").count()).toBe(1);
    expect(await findings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await picture(page, `today-open-${colorScheme}`);
    await opened.getByRole("link", { name: "Luk" }).click();
    await heading(page, 1).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/^Åbn/);
    await replacesOnPhone(page, colorScheme);
    calm(page);
  });
}

test("a list keeps what was chosen in it while a task is open beside it", async () => {
  const page = await newPhone({ viewport: { width: 1280, height: 800 } });
  await signIn(page, program, "case-1/c1-karen");
  await page.goto(`${program.origin}/c/case-1/tasks`);
  await page.getByText("Alles aftaler").click();
  const list = page.getByRole("complementary", { name: "Opgaver" });
  await page.getByRole("main").locator('a[href*="/tasks/c1-"]').first().click();
  await page.getByRole("link", { name: "Luk" }).waitFor();
  expect(await list.getByRole("radio", { name: "Alles aftaler" }).isChecked()).toBe(true);
  expect(await findings(page)).toEqual([]);
  await picture(page, "tasks-open");
  calm(page);
});
