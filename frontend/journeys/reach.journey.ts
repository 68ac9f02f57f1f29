import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  calm,
  closeBrowser,
  findings,
  hasNet,
  hides,
  isKept,
  newPhone,
  rowsIn,
  shows,
  signIn,
  writeNote,
} from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(async () => {
  await closeBrowser();
  await program.close();
});

test("help with a concern about violence opens before sign-in, without network, and stores nothing", async () => {
  const page = await newPhone();
  await page.goto(`${program.origin}/in`);
  await isKept(page);
  await program.stop();
  await page.reload();
  await page.getByRole("link", { name: /vold eller overgreb/ }).click();
  await shows(page, "112");
  expect(await page.getByRole("link", { name: /112/ }).first().getAttribute("href")).toBe("tel:112");
  expect(await page.getByRole("textbox").count()).toBe(0);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  calm(page);
});

test("a teacher opens a new case without network, and it is there for everybody when there is", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-4/c4-tea");
  await program.stop();
  await page.goto(`${program.origin}/cases/new`);
  await page.getByRole("textbox").first().fill("Ida");
  await page.getByRole("button", { name: "Åbn planen" }).click();
  await shows(page, "for Ida");
  const address = new URL(page.url()).pathname;
  await page.reload();
  await shows(page, "for Ida");
  await program.run();
  await page.goto(`${program.origin}/me`);
  await shows(page, /Alt er sendt/);
  await page.goto(program.origin + address);
  await shows(page, /tovholder/i);
  calm(page);
});

test("in the plan of a group a likely name is asked about as one writes, and it can be written all the same", async () => {
  const page = await newPhone({ viewport: { width: 390, height: 844 } });
  await signIn(page, program, "case-2/c2-emil");
  await page.goto(`${program.origin}/c/case-2/tasks/new`);
  const what = page.getByLabel("Hvad skal der gøres?");
  await what.pressSequentially("Sidde ved Oliver til frokost");
  await shows(page, "Er Oliver et navn på et barn?");
  expect(await findings(page)).toEqual([]);
  await what.fill("Sidde ved bordet med Mette til frokost"); // a colleague
  await hides(page, "et navn på et barn?");
  await page.goto(`${program.origin}/c/case-2/people`);
  await page.getByLabel("Navn").fill("Freja Holm");
  await hides(page, "et navn på et barn?");
  calm(page);
});

test("a new build waits while somebody writes, and nothing half-written is lost", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-karen");
  await page.goto(`${program.origin}/c/case-1/tasks/c1-t08`);
  await page.getByRole("textbox").fill("Halvt skrevet");
  // The next build, as a server that was renewed would hand it out.
  program.meddle = (asked, body) => (asked.url === "/sw.js" ? { body: renewed(body) } : undefined);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready).update());
  await expect.poll(() => isWaiting(page), { timeout: 15_000 }).toBe(true);
  expect(await page.getByRole("textbox").inputValue()).toBe("Halvt skrevet");
  await shows(page, /ny udgave klar/i); // said, and nobody is asked to act in the middle of a sentence
  expect(await page.getByRole("button", { name: /Opdat/i }).count()).toBe(0);
  await page.getByRole("button", { name: /Gem/ }).click();
  await shows(page, /ny udgave/i);
  await page.getByRole("button", { name: /Opdat/i }).click();
  await expect.poll(() => isWaiting(page), { timeout: 15_000 }).toBe(false);
  await hides(page, /ny udgave/i);
  await shows(page, "Halvt skrevet");
  calm(page);
});

/** Whether a newer worker stands ready. */
async function isWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
}

/** The worker of another build: the same files under another id. */
function renewed(body: Buffer): Buffer {
  const source = body.toString();
  const id = /"id":"([0-9a-zA-Z_-]+)"/.exec(source)?.[1];
  if (!id) throw new Error("the worker names no build");
  return Buffer.from(source.replace(id, `${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`));
}

test("an app whose script does not load offers a way on and keeps what was written", async () => {
  const page = await newPhone();
  program.meddle = (asked) =>
    asked.url?.startsWith("/assets/") && asked.url.endsWith(".js") ? { status: 404, body: Buffer.from("") } : undefined;
  await page.goto(`${program.origin}/in`);
  await shows(page, "Samspor kunne ikke starte");
  await page.evaluate(() => localStorage.setItem("kept", "yes"));
  program.meddle = undefined;
  await page.getByRole("button", { name: "Prøv igen" }).click();
  await shows(page, "Velkommen til Samspor");
  expect(await page.evaluate(() => localStorage.getItem("kept"))).toBe("yes");
});

test("answers of the server are in no cache of the browser", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-signe");
  const cached = await page.evaluate(async () => {
    const addresses: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname);
    }
    return addresses;
  });
  expect(cached.length).toBeGreaterThan(5);
  expect(cached.filter((path) => path.startsWith("/api"))).toEqual([]);
});

test("logging out warns of what is not sent, then leaves nothing behind", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-signe");
  await program.stop();
  await page.goto(`${program.origin}/c/case-1/tasks/c1-t10`);
  await page.getByRole("button", { name: "Det er gjort" }).click();
  await shows(page, /venter på net/i); // not before it is kept
  await page.goto(`${program.origin}/me`);
  await page.getByRole("button", { name: /Log ud/ }).click();
  await shows(page, /ikke sendt|venter/i);
  await page.getByRole("button", { name: "Log ud alligevel" }).click();
  await shows(page, "Velkommen til Samspor");
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  await page.goto(`${program.origin}/c/case-1`);
  await expect.poll(() => page.getByText("Malthe").count()).toBe(0);
});

test("what somebody has had erased is on no phone, and of an erased plan nothing stays but that it is so", async () => {
  const [jonas, karen] = [await newPhone(), await newPhone()];
  await signIn(jonas, program, "case-1/c1-jonas");
  await signIn(karen, program, "case-1/c1-karen");
  const number = jonas.locator('a[href="tel:00001201"]').first();
  await jonas.goto(`${program.origin}/c/case-1/contacts`);
  await number.waitFor();
  await program.stop();
  expect(await program.command("erase", "case-1", "c1-karen")).toContain('"kind": "reach"');
  await program.run();
  await hasNet(jonas);
  await number.waitFor({ state: "detached" });
  expect(JSON.stringify(await rowsIn(jonas, "base"))).not.toContain("00 00 12 01");

  await program.stop();
  await karen.goto(`${program.origin}/c/case-1/tasks/c1-t08`);
  await writeNote(karen, "Skrevet uden net");
  await karen.getByRole("textbox").fill("Halvt skrevet");
  expect(await program.command("erase", "case-1", "--whole")).toContain('"rows"');
  await program.run();
  for (const phone of [jonas, karen]) {
    await hasNet(phone);
    await phone.goto(program.origin);
    await shows(phone, "En plan, du var med i, er slettet for altid.");
    for (const store of ["base", "stage", "outbox", "spaces"]) {
      const rows = await rowsIn<{ space: string }>(phone, store);
      expect(rows.filter(({ space }) => space === "case-1")).toEqual([]);
    }
  }
  expect(await karen.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/case-1|Halvt/);
  await shows(karen, "1 ændring, der ikke var sendt, er slettet med den.");
  expect(await findings(karen)).toEqual([]);
  calm(jonas);
  calm(karen);
});
