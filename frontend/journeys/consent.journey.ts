import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { calm, closeBrowser, findings, hides, newPhone, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(async () => {
  await closeBrowser();
  await program.close();
});

async function phoneOf(who: string): Promise<Page> {
  const page = await newPhone();
  await signIn(page, program, `case-1/${who}`);
  return page;
}

const at = (page: Page, to: string) => page.goto(`${program.origin}/c/case-1${to}`);
const sent = async (page: Page) => {
  await page.goto(`${program.origin}/me`);
  await shows(page, /Alt er sendt/);
};

// CC3 R34 R36 R38 R39: a yes of all opens, a yes taken back closes at once.
test("the family is asked, answers, and takes a yes back; the school's phone follows", async () => {
  const title = "Holde tredje samtale med Malthe i BUC";
  const karen = await phoneOf("c1-karen");
  await at(karen, "/tasks/c1-t07");
  expect(await karen.getByText(title).count()).toBe(0);

  const thomas = await phoneOf("c1-thomas");
  await thomas.goto(`${program.origin}/today`);
  await thomas.getByText("Må det deles?").waitFor();
  await at(thomas, "/consents");
  await shows(thomas, "Skolen må se BUC's foreløbige plan");
  expect(await findings(thomas)).toEqual([]);
  await thomas.getByRole("button", { name: "Ja, det må deles" }).click();
  await hides(thomas, "Venter på svar");
  await sent(thomas);
  await karen.getByText(title).first().waitFor();

  await at(thomas, "/consents");
  const back = thomas
    .getByRole("heading", { name: "Skolen må se BUC's foreløbige plan" })
    .locator("xpath=ancestor::*[.//button][1]")
    .getByRole("button", { name: "Tag mit ja tilbage" });
  await back.click();
  await shows(thomas, "Så kan de ikke længere se det");
  await thomas.getByRole("button", { name: "Tag det tilbage" }).click();
  await shows(thomas, "Taget tilbage");
  await sent(thomas);
  await hides(karen, title);
  for (const page of [karen, thomas]) calm(page);
}, 90_000);

// R36 R52: asked for without network, answered by mouth, and a yes waits for the network.
test("a tovholder asks without network, and a yes is given only with it", async () => {
  const jonas = await phoneOf("c1-jonas");
  await program.stop();
  await at(jonas, "/consents");
  await jonas.getByRole("button", { name: "Spørg familien" }).click();
  await jonas.getByRole("button", { name: "Spørg", exact: true }).click();
  await shows(jonas, "Skriv hvorfor.");
  await jonas.getByLabel("Hvorfor skal det deles?").fill("Klubben vil kende planen for morgenen.");
  await jonas.getByRole("group", { name: "Hvad" }).getByText("planen", { exact: true }).click();
  await jonas.getByRole("group", { name: "Fra" }).getByText("Skole", { exact: true }).click();
  await jonas.getByRole("group", { name: "Til" }).getByText("Klub og fritid").click();
  await shows(jonas, /Spørges: .*Signe Rosenvang.*Alle skal sige ja/);
  await jonas.getByRole("button", { name: "Spørg", exact: true }).click();
  await shows(jonas, "Klubben vil kende planen for morgenen.");
  await jonas.getByText("Nogen har sagt det til mig").first().click();
  await expect
    .poll(() =>
      jonas
        .getByRole("button", { name: / sagde ja/ })
        .first()
        .getAttribute("aria-disabled"),
    )
    .toBe("true");

  await program.run();
  await sent(jonas);
  const signe = await phoneOf("c1-signe");
  await at(signe, "/consents");
  await shows(signe, "Klubben vil kende planen for morgenen.");
  await signe.getByRole("button", { name: "Nej" }).first().click();
  await sent(signe);
  await at(jonas, "/consents");
  await shows(jonas, "Nej");
  for (const page of [jonas, signe]) calm(page);
}, 90_000);
