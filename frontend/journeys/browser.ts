/** A phone-sized browser, and the few steps that every journey takes. */
import { execFileSync } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, type CDPSession, chromium, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";
import type { Program } from "./program.ts";

const options = {
  executablePath: execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim(),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const phone = {
  viewport: { width: 390, height: 844 },
  locale: "da-DK",
  timezoneId: "Europe/Copenhagen",
  hasTouch: true,
};

let shared: Browser | undefined;

/** A fresh phone: nothing kept from anybody else. Everything it logs as an error fails the journey at `calm`. */
export async function newPhone(more: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  shared ??= await chromium.launch(options);
  return watched(await (await shared.newContext({ ...phone, ...more })).newPage());
}

/** Another tab of the same phone. */
export async function newTab(page: Page): Promise<Page> {
  return tabOf(page.context());
}

/** A tab of a phone that may have none. */
export async function tabOf(context: BrowserContext): Promise<Page> {
  return watched(await context.newPage());
}

/** A phone whose browser can be killed and opened again on the same profile. */
export async function openProfile(folder?: string): Promise<{ page: Page; context: BrowserContext; folder: string }> {
  const profile = folder ?? (await mkdtemp(join(tmpdir(), "samspor-profile-")));
  const context = await chromium.launchPersistentContext(profile, { ...options, ...phone });
  return { page: watched(context.pages()[0] ?? (await context.newPage())), context, folder: profile };
}

/** Ends a profile's browser as a dead battery would: no goodbye, nothing flushed. */
export async function killProfile(folder: string, context: BrowserContext): Promise<void> {
  const closed = new Promise((done) => context.once("close", done));
  execFileSync("pkill", ["-9", "-f", folder]);
  await closed;
}

/** What a phone keeps in one store of the account's database; nothing where there is none. */
export function rowsIn<Row>(page: Page, store: string): Promise<Row[]> {
  return page.evaluate(async (of) => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith("samspor-"))?.name;
    if (!name) return [];
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await asked(indexedDB.open(name));
    const rows = await asked(db.transaction(of).objectStore(of).getAll());
    db.close();
    return rows;
  }, store);
}

/** Ends one tab as a browser's fault would: no goodbye, nothing flushed. */
export async function crash(page: Page, by?: CDPSession): Promise<void> {
  const session = by ?? (await page.context().newCDPSession(page));
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => undefined); // a tab that is gone answers nothing
  await crashed;
}

/** Tells a page that there is network again, as a phone does: it need not wait until it tries by itself. */
export async function hasNet(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event("online")));
}

/** Writes a note about the task on the screen, and waits until it stands there. */
export async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox").fill(text);
  await page.getByRole("button", { name: "Gem note" }).click();
  await shows(page, text);
}

/** Waits until a text stands on the screen. */
export async function shows(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).filter({ visible: true }).first().waitFor();
}

/** Waits until a text is no longer on the screen. */
export async function hides(page: Page, text: string | RegExp): Promise<void> {
  await expect.poll(() => page.getByText(text).count(), { timeout: 60_000 }).toBe(0);
}

export async function closeBrowser(): Promise<void> {
  await shared?.close();
  shared = undefined;
}

const faults = new WeakMap<Page, string[]>();

function watched(page: Page): Page {
  const list: string[] = [];
  page.setDefaultTimeout(15_000);
  faults.set(page, list);
  page.on("pageerror", (error) => list.push(error.message));
  page.on("console", (message) => {
    // A request that fails without network is what offline means; everything else is a fault of ours.
    const isNet = /ERR_|Failed to load resource/.test(message.text());
    if (message.type() === "error" && !isNet) list.push(message.text());
  });
  return page;
}

/** Nothing went wrong behind the scenes. */
export function calm(page: Page): void {
  expect(faults.get(page)).toEqual([]);
}

/** Opens the app as somebody, and waits until it would open without network too. */
export async function signIn(page: Page, program: Program, who: string): Promise<void> {
  await page.goto(program.link(who));
  await page.getByRole("button", { name: /Åbn planen|Åpne planen|Open the plan/ }).click();
  // The plan has come in: its tabs are there, or the list or the day of somebody who has several.
  await page
    .getByRole("link", { name: /^(Opgaver|Oppgaver|Tasks)$/ })
    .or(page.getByRole("heading", { name: "Dine planer" }))
    .or(page.getByRole("link", { name: "Dine planer" }))
    .first()
    .waitFor();
  await isKept(page);
}

/** Waits until the app would open without network. */
export async function isKept(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () =>
        Boolean((await navigator.serviceWorker.ready).active && navigator.serviceWorker.controller),
      ),
    )
    .toBe(true);
}

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the screen as it stands: rule and place, nothing if all is well. */
export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}

/** Whether the screen can be read without scrolling sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Counts what a person does, as UX promises it: taps, and fields typed into. */
export class Hands {
  taps = 0;
  fields = 0;

  async tap(what: Locator): Promise<void> {
    await what.first().click();
    this.taps++;
  }
  async type(what: Locator, text: string): Promise<void> {
    await what.first().fill(text);
    this.fields++;
  }
}
