/** What becomes of a plan and of what was written when the phone's storage is full, emptied or dropped. */
import type { CDPSession, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { calm, closeBrowser, hasNet, hides, isKept, newPhone, rowsIn, shows, signIn, writeNote } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(async () => {
  await closeBrowser();
  await program.close();
});

const address = "/c/case-1/tasks/c1-t10";

const roomy = 8_000_000;

/** A mother's phone at a task, and the means to trouble its storage. */
async function mother(): Promise<{ page: Page; session: CDPSession }> {
  const page = await newPhone();
  const session = await page.context().newCDPSession(page);
  await leaveRoom(session, roomy);
  await signIn(page, program, "case-1/c1-signe");
  await page.goto(program.origin + address);
  await page.getByRole("textbox").waitFor();
  return { page, session };
}

/** Her teacher's phone: what is read there, the server has. */
async function teacher(): Promise<Page> {
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-karen");
  await page.goto(program.origin + address);
  await page.getByRole("textbox").waitFor();
  return page;
}

interface Note {
  readonly kind: string;
  readonly f: { readonly text?: string };
}

/** How often each text is among the notes that the server has given a phone. */
async function times(reader: Page, texts: readonly string[]): Promise<number[]> {
  const notes = (await rowsIn<Note>(reader, "base")).filter(({ kind }) => kind === "note");
  return texts.map((text) => notes.filter(({ f }) => f.text === text).length);
}

/** Everything has been answered and base has it; nothing was set aside or parked on the way. */
async function allSent(page: Page): Promise<void> {
  await expect.poll(() => rowsIn(page, "outbox"), { timeout: 30_000 }).toEqual([]);
  expect((await rowsIn<Note>(page, "base")).filter(({ kind }) => kind === "parked")).toEqual([]);
}

async function leaveRoom(session: CDPSession, quotaSize: number): Promise<void> {
  await session.send("Storage.overrideQuotaForOrigin", { origin: program.origin, quotaSize });
}

/** The phone has no room left. */
async function fill(page: Page, session: CDPSession): Promise<void> {
  await leaveRoom(session, 1);
  // Chromium asks for the quota only when a write is larger than what it found to be free half a minute ago.
  const said = await page.evaluate((size) => {
    const noise = new Uint8Array(size); // it is compressed, so it must not be compressible
    for (let i = 0; i < size; i += 65_536) crypto.getRandomValues(noise.subarray(i, i + 65_536));
    return new Promise((done) => {
      const open = indexedDB.open("large");
      open.onupgradeneeded = () => open.result.createObjectStore("large");
      open.onsuccess = () => {
        const tx = open.result.transaction("large", "readwrite");
        tx.oncomplete = () => done("stored");
        tx.onabort = () => done(tx.error?.name);
        tx.objectStore("large").put(noise, 1);
      };
    });
  }, 2 * roomy);
  expect(said).toBe("QuotaExceededError");
}

/** Empties what the browser keeps for the app, as it does when room is short or the app was not used for long. */
async function evict(session: CDPSession, storageTypes: string): Promise<void> {
  await session.send("Storage.clearDataForOrigin", { origin: program.origin, storageTypes });
}

test("a full phone says that a note was not saved and keeps the words in the field; with room again it is saved once", async () => {
  const { page, session } = await mother();
  const reader = await teacher();
  await fill(page, session);
  const text = "Her er ikke plads";
  await page.getByRole("textbox").fill(text);
  await page.getByRole("button", { name: "Gem note" }).click();
  await shows(page, "Telefonen har ikke plads til mere");
  expect(await page.getByRole("textbox").inputValue()).toBe(text);
  expect(await page.locator("li").getByText(text).count()).toBe(0);
  expect(await rowsIn(page, "outbox")).toEqual([]);
  await page.getByRole("button", { name: "Det er gjort" }).click();
  await shows(page, "Ikke begyndt"); // a tick that was not saved is not shown as one

  await page.reload(); // a full phone still opens, with the words where they were
  expect(await page.getByRole("textbox").inputValue()).toBe(text);
  await writeNote(reader, "Læreren skriver imens");

  await leaveRoom(session, roomy);
  await page.getByRole("button", { name: "Gem note" }).click();
  await shows(page, text);
  expect(await page.getByRole("textbox").inputValue()).toBe("");
  await hasNet(page);
  await shows(page, "Læreren skriver imens"); // what could not be stored meanwhile was not missed
  await shows(reader, text);
  await allSent(page);
  expect(await times(reader, [text])).toEqual([1]);
  calm(page);
  calm(reader);
});

test("a phone that has run full after writing still sends what waits, and it arrives once", async () => {
  const { page, session } = await mother();
  const reader = await teacher();
  await program.stop();
  const texts = ["Mens der var plads", "Også mens der var plads"];
  for (const text of texts) await writeNote(page, text);
  await fill(page, session);
  await program.run();
  await hasNet(page);
  await hasNet(reader);
  for (const text of texts) await shows(reader, text);
  // The server has them, the phone could not note it down: they stay in the outbox and are not called sent.
  expect(await rowsIn(page, "outbox")).toHaveLength(2);
  await shows(page, /venter på net/);
  await leaveRoom(session, roomy);
  await hasNet(page);
  await allSent(page);
  await hides(page, /venter på net/);
  expect(await times(reader, texts)).toEqual([1, 1]);
  calm(page);
});

// What was not sent when the browser emptied the store is gone, and nothing on the phone can know of it: the outbox
// went with everything else. That is why the app asks for persistence, says where it was not granted, and sends as soon
// as it can. What it must not do is show such a note as if it were kept.
test("an emptied phone comes back by itself with the plan and all that was sent, and pretends nothing", async () => {
  const { page, session } = await mother();
  const reader = await teacher();
  await writeNote(page, "Sendt i tide");
  await allSent(page);
  await program.stop();
  await writeNote(page, "Aldrig sendt");
  await shows(page, /venter på net/);
  const restarted = page.waitForEvent("framenavigated"); // a page whose worker is gone begins anew by itself
  await evict(session, "indexeddb,cache_storage,service_workers");
  await restarted;
  await program.run();
  await page.goto(program.origin + address);
  await shows(page, "Sendt i tide");
  await isKept(page);
  await page.goto(`${program.origin}/me`);
  await shows(page, "Alt er sendt");
  expect(await rowsIn(page, "outbox")).toEqual([]); // nothing waits: it is not a claim about what was lost
  await page.goto(program.origin + address);
  await shows(page, "Sendt i tide");
  expect(await page.getByText("Aldrig sendt").filter({ visible: true }).count()).toBe(0);
  await writeNote(page, "Bagefter");
  await shows(reader, "Bagefter");
  await allSent(page);
  expect(await times(reader, ["Sendt i tide", "Aldrig sendt", "Bagefter"])).toEqual([1, 0, 1]);
  calm(page);
});

test("a phone that is emptied while the app is open keeps what is written afterwards, and sends it once", async () => {
  const { page, session } = await mother();
  const reader = await teacher();
  await writeNote(page, "Før");
  await allSent(page);
  await evict(session, "indexeddb");
  await writeNote(page, "Efter");
  await shows(reader, "Efter");
  await allSent(page);
  await page.reload();
  await shows(page, "Før");
  await shows(page, "Efter");
  expect(await times(reader, ["Før", "Efter"])).toEqual([1, 1]);
  calm(page);
});

/** Keeps hold of the connections that the app opens, so that they can be dropped. */
function holdConnections(): void {
  const held: IDBDatabase[] = [];
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given: Parameters<typeof begin>) {
    if (!held.includes(this)) held.push(this);
    return begin.apply(this, given);
  };
  addEventListener("drop", ({ detail: isTold }: CustomEventInit<boolean>) => {
    for (const db of held.splice(0)) {
      db.close();
      if (isTold) db.dispatchEvent(new Event("close"));
    }
  });
}

// iOS drops a connection in the background: with a `close` event, or so that only the next transaction notices.
test.each([
  ["and says so", true],
  ["without a word", false],
])("the browser drops the connection to the store %s: the next note is saved, once", async (_, isTold) => {
  const { page } = await mother();
  const reader = await teacher();
  await page.addInitScript(holdConnections);
  await page.reload();
  const texts = ["Med forbindelse", "Efter afbrydelsen", "Og en til"];
  await writeNote(page, texts[0] ?? "");
  await allSent(page);
  await page.evaluate((detail) => dispatchEvent(new CustomEvent("drop", { detail })), isTold);
  await writeNote(page, texts[1] ?? "");
  await writeNote(page, texts[2] ?? "");
  for (const text of texts) await shows(reader, text);
  await allSent(page);
  expect(await times(reader, texts)).toEqual([1, 1, 1]);
  calm(page);
});

test("the check of the journeys above sees a change that was lost", async () => {
  const { page, session } = await mother();
  const reader = await teacher();
  await program.stop();
  await writeNote(page, "Går tabt");
  await evict(session, "indexeddb");
  await page.reload(); // still without network: a page that leaves sends what it holds in memory
  await program.run();
  await hasNet(page);
  await writeNote(page, "Efter tabet");
  await hasNet(reader);
  await shows(reader, "Efter tabet");
  expect(await times(reader, ["Går tabt", "Efter tabet"])).toEqual([0, 1]);
});
