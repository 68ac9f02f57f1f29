/** Several tabs of one person, and what becomes of a change when a tab dies with it half-way. */
import { rm } from "node:fs/promises";
import type { CDPSession, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  calm,
  closeBrowser,
  crash,
  hasNet,
  killProfile,
  newPhone,
  newTab,
  openProfile,
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

const address = "/c/case-1/tasks/c1-t10";

interface Sent {
  readonly tab: string;
  readonly n: number;
  readonly id: string;
}

/** What a tab sends, in the list given. */
function listen(page: Page, tab: string, sent: Sent[]): void {
  page.on("request", (request) => {
    if (!request.url().endsWith("/sync/push")) return;
    const { changes } = request.postDataJSON() as { changes: Sent[] };
    for (const { n, id } of changes) sent.push({ tab, n, id });
  });
}

/** What is missing and what is doubled among the notes that a phone has got from the server. */
async function tally(reader: Page, wanted: readonly string[]): Promise<{ missing: string[]; doubled: string[] }> {
  const rows = await rowsIn<{ kind: string; f: { text?: string } }>(reader, "base");
  const found = rows.flatMap(({ kind, f }) => (kind === "note" && f.text ? [f.text] : []));
  const times = (text: string) => found.filter((one) => one === text).length;
  return { missing: wanted.filter((text) => times(text) === 0), doubled: wanted.filter((text) => times(text) > 1) };
}

const nothingAmiss = { missing: [], doubled: [] };

/** Everything has been answered and is in base, and nothing was parked on the way. */
async function allSent(page: Page): Promise<void> {
  await expect.poll(() => rowsIn(page, "outbox"), { timeout: 30_000 }).toEqual([]);
  expect((await rowsIn<{ kind: string }>(page, "base")).filter(({ kind }) => kind === "parked")).toEqual([]);
}

/** A phone with two tabs on the same task; the first one leads. */
async function twoTabs(sent: Sent[]): Promise<[Page, Page]> {
  const first = await newPhone();
  await signIn(first, program, "case-1/c1-signe");
  await first.goto(program.origin + address);
  await first.getByRole("textbox").waitFor();
  const second = await newTab(first);
  await second.goto(program.origin + address);
  await second.getByRole("textbox").waitFor();
  listen(first, "first", sent);
  listen(second, "second", sent);
  return [first, second];
}

async function teacherAt(task: string): Promise<Page> {
  const teacher = await newPhone();
  await signIn(teacher, program, "case-1/c1-karen");
  await teacher.goto(program.origin + task);
  await teacher.getByRole("textbox").waitFor();
  return teacher;
}

/** Holds the answer to the first push: the server has it, the phone does not know. Resolves when it is held. */
function holdAnswer(): { readonly held: Promise<void>; release: () => void } {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  const held = new Promise<void>((done) => {
    let isFirst = true;
    program.meddle = async (asked) => {
      if (!isFirst || !asked.url?.endsWith("/sync/push")) return undefined;
      isFirst = false;
      done();
      await released;
      return undefined;
    };
  });
  return { held, release };
}

test("two tabs write at the same time: no number is given twice, one sends, and both show everything", async () => {
  const sent: Sent[] = [];
  const [first, second] = await twoTabs(sent);
  const teacher = await teacherAt(address);
  await program.stop();
  const texts = Array.from({ length: 4 }, (_, i) => [`Første fane, ${i}`, `Anden fane, ${i}`]).flat();
  await Promise.all(
    [first, second].map(async (page, tab) => {
      for (const text of texts.filter((_, i) => i % 2 === tab)) await writeNote(page, text);
    }),
  );
  for (const text of texts) {
    await shows(first, text);
    await shows(second, text);
  }
  const rows = await rowsIn<{ n: number; o: number }>(first, "outbox");
  const all = texts.map((_, i) => i + 1);
  expect(rows.map(({ n }) => n).sort((a, b) => a - b)).toEqual(all);
  expect(rows.map(({ o }) => o).sort((a, b) => a - b)).toEqual(all);

  sent.length = 0; // what was tried without network is no answer to who sends
  await program.run();
  for (const page of [first, teacher]) await hasNet(page);
  for (const text of texts) await shows(teacher, text);
  await allSent(second);
  expect(await tally(teacher, texts)).toEqual(nothingAmiss);
  expect(new Set(sent.map(({ tab }) => tab))).toEqual(new Set(["first"]));
  const ids = new Map<number, Set<string>>();
  for (const { n, id } of sent) ids.set(n, (ids.get(n) ?? new Set()).add(id));
  expect([...ids.values()].every((one) => one.size === 1)).toBe(true);
  calm(first);
  calm(second);
  calm(teacher);
});

// A crash says no goodbye; a tab that is closed sends a last push by keepalive, on top of the one whose answer is held.
test.each([
  ["crashes", (page: Page) => crash(page)],
  ["is closed", (page: Page) => page.close()],
])("a tab %s while its push is on the way: the other takes over, and each change arrives once", async (_, end) => {
  const sent: Sent[] = [];
  const [first, second] = await twoTabs(sent);
  const teacher = await teacherAt(address);
  const { held, release } = holdAnswer();
  const texts = ["Sendt, men uden svar", "Skrevet imens i første fane", "Skrevet imens i anden fane"];
  await writeNote(first, texts[0] ?? "");
  await held;
  await writeNote(first, texts[1] ?? "");
  await writeNote(second, texts[2] ?? "");
  expect(new Set(sent.map(({ tab, n }) => `${tab} ${n}`))).toEqual(new Set(["first 1"]));
  await end(first);

  for (const text of texts) await shows(teacher, text);
  await allSent(second);
  expect(await tally(teacher, texts)).toEqual(nothingAmiss);
  expect(sent.filter(({ tab }) => tab === "second").map(({ n }) => n)).toEqual(expect.arrayContaining([1, 2, 3]));
  release();
  calm(second);
  calm(teacher);
});

test("the check of the journeys above sees a change that was lost", async () => {
  const [first, second] = await twoTabs([]);
  const teacher = await teacherAt(address);
  const { held, release } = holdAnswer();
  const texts = ["Sendt, men uden svar", "Den, der går tabt", "Den efter"];
  await writeNote(first, texts[0] ?? "");
  await held;
  for (const text of texts.slice(1)) await writeNote(second, text);
  await dropRow(second, 2);
  await crash(first);
  await shows(teacher, "Den efter");
  expect(await tally(teacher, texts)).toEqual({ missing: ["Den, der går tabt"], doubled: [] });
  release();
});

/** Loses one change on purpose. */
function dropRow(page: Page, o: number): Promise<void> {
  return page.evaluate(async (place) => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith("samspor-"))?.name ?? "";
    await new Promise<void>((resolve, reject) => {
      const open = indexedDB.open(name);
      open.onsuccess = () => {
        const tx = open.result.transaction("outbox", "readwrite");
        tx.objectStore("outbox").delete(["case-1", place]);
        tx.onabort = () => reject(tx.error);
        tx.oncomplete = () => {
          open.result.close();
          resolve();
        };
      };
    });
  }, o);
}

type Moment = "written, not committed" | "committed, not told";

/**
 * Stops the page while an outbox row is written: inside the transaction, after the write has succeeded, or when it is
 * complete and nobody has heard of it.
 */
function stopAt(moment: Moment): void {
  const writing = new WeakSet<IDBTransaction>();
  const stop = () => {
    // biome-ignore lint/suspicious/noDebugger: nothing else holds a page still and lets it be looked at.
    debugger;
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given: Parameters<typeof begin>) {
    const tx = begin.apply(this, given);
    // Before anybody else can listen, so that it is the first to hear.
    tx.addEventListener("complete", () => writing.has(tx) && stop());
    return tx;
  };
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...given: Parameters<typeof add>) {
    const request = add.apply(this, given);
    if (this.name !== "outbox") return request;
    if (moment === "committed, not told") writing.add(this.transaction);
    else request.addEventListener("success", stop);
    return request;
  };
}

const died = "Skrevet, da det skete";

/** Writes a note in a page that is stopped half-way; gives its session and what was on the screen by then. */
async function writeHalf(page: Page, moment: Moment): Promise<{ session: CDPSession; seen: string }> {
  await page.addInitScript(stopAt, moment);
  await page.goto(program.origin + address);
  await page.getByRole("textbox").fill(died);
  const session = await page.context().newCDPSession(page);
  await session.send("Debugger.enable");
  const paused = new Promise<{ callFrames: { callFrameId: string }[] }>((done) =>
    session.once("Debugger.paused", done),
  );
  void page
    .getByRole("button", { name: "Gem note" })
    .click()
    .catch(() => undefined); // the page never gets to say that it was pressed
  const { callFrames } = await paused;
  const { result } = await session.send("Debugger.evaluateOnCallFrame", {
    callFrameId: callFrames[0]?.callFrameId ?? "",
    expression: "document.body.innerText",
  });
  return { session, seen: String(result.value) };
}

/** I10: nothing on the screen said that it was saved. Afterwards it is wholly there, or it is not there and the text still is. */
async function wantWholeOrNothing(page: Page, seen: string, moment: Moment, drafts: string[]): Promise<void> {
  expect(seen).toContain("Lave fælles morgenplan");
  expect(seen).not.toContain(died);
  expect(seen).not.toMatch(/Gemt|venter på net/);
  const isKept = moment === "committed, not told";
  await page.goto(program.origin + address);
  await page.getByRole("textbox").waitFor();
  expect(await rowsIn(page, "outbox")).toHaveLength(isKept ? 1 : 0);
  const [space] = (await rowsIn<{ space: string; last: number; made: number }>(page, "spaces")).filter(
    (one) => one.space === "case-1",
  );
  expect(space).toMatchObject(isKept ? { last: 1, made: 1 } : { last: 0, made: 0 });
  if (isKept) {
    await shows(page, died);
    await shows(page, /venter på net/);
  } else {
    expect(await page.getByText(died).filter({ visible: true }).count()).toBe(0);
    expect(drafts).toContain(await page.getByRole("textbox").inputValue());
    await writeNote(page, died);
  }
  await program.run();
  await hasNet(page);
  const teacher = await teacherAt(address);
  await shows(teacher, died);
  await allSent(page);
  expect(await tally(teacher, [died])).toEqual(nothingAmiss);
  calm(teacher);
}

for (const moment of ["written, not committed", "committed, not told"] as const) {
  test(`a tab dies with a change ${moment}: it is wholly there, or was never said to be saved`, async () => {
    const page = await newPhone();
    await signIn(page, program, "case-1/c1-signe");
    await program.stop();
    const { session, seen } = await writeHalf(page, moment);
    await crash(page, session);
    await wantWholeOrNothing(await newTab(page), seen, moment, [died]);
  });

  test(`the browser is killed with a change ${moment}: it is wholly there, or was never said to be saved`, async () => {
    const yesterday = await openProfile();
    await signIn(yesterday.page, program, "case-1/c1-signe");
    await yesterday.context.close(); // browsers write cookies to disk with a delay: she signed in some time ago
    const first = await openProfile(yesterday.folder);
    await program.stop();
    const { seen } = await writeHalf(first.page, moment);
    await killProfile(first.folder, first.context);
    const second = await openProfile(first.folder);
    // Chromium writes localStorage to disk some seconds late: what was being typed in the very last ones may be gone.
    await wantWholeOrNothing(second.page, seen, moment, ["", died]);
    await second.context.close();
    await rm(second.folder, { recursive: true, force: true });
  });
}
