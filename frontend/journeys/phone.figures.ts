/** Figures of the phone, printed and never asserted: `npm run bench:phone`. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { replay } from "../../sync/merge/merge.ts";
import type { Op, Rec } from "../../sync/merge/record.ts";
import type { RecordID } from "../../sync/plan/plan.gen.ts";
import { closeBrowser, newPhone } from "./browser.ts";

const runs = 5;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const print = (what: string, values: readonly number[]): void =>
  console.log(`${what}: median ${median(values).toFixed(1)} ms of ${values.map((v) => v.toFixed(1)).join(", ")}`);

test("replay of 200 waiting changes over 600 records", () => {
  const base = new Map<RecordID, Rec>();
  for (let i = 0; i < 600; i++) {
    const id = `t${i}` as RecordID;
    base.set(id, { id, kind: "task", seq: 1, f: { title: `Task ${i}`, state: "open", due: "2026-12-01" } });
  }
  const changes = Array.from({ length: 200 }, (_, i) => ({
    ops: [{ rec: `t${(i * 7) % 600}` as RecordID, kind: "task", set: { title: `changed ${i}` } }] as Op[],
    made: { waiting: true },
  }));
  const took = Array.from({ length: runs }, () => {
    const began = performance.now();
    expect(replay(base, changes).size).toBe(600);
    return performance.now() - began;
  });
  print("replay of 200 changes over 600 records", took);
});

test("tick to visible with 5,000 records, processor slowed four times", async () => {
  const { url, close } = await serve(bigCase());
  const page = await newPhone();
  await page.goto(url);
  await page.getByRole("button", { name: "Åbn planen" }).click();
  await page.getByRole("link", { name: "Opgaver", exact: true }).click();
  await page.getByText("Aftale 0").first().waitFor();
  await slow(page);
  const took: number[] = [];
  for (let i = 0; i < runs; i++) {
    // From the press to the frame that shows it, measured in the page.
    took.push(
      await page.evaluate(async (nth) => {
        const tick = document.querySelectorAll<HTMLInputElement>("li input[type=checkbox]")[nth];
        const row = tick?.closest("li");
        if (!row || !tick) throw new Error("no row to tick");
        const before = row.outerHTML;
        const began = performance.now();
        tick.click();
        while (row.isConnected && row.outerHTML === before) await new Promise(requestAnimationFrame);
        return performance.now() - began;
      }, i),
    );
  }
  print("tick to visible, 5,000 records, CPU x4 (strict commit included)", took);
  await closeBrowser();
  await close();
});

test("from a cold page to the first screen of a plan with 6,000 records", async () => {
  const { url, close } = await serve(bigCase(6000));
  const page = await newPhone();
  await page.goto(url);
  await page.getByRole("button", { name: "Åbn planen" }).click();
  const first = page.getByRole("link", { name: /^Ring til|Aftale 0/ }).first();
  await first.waitFor();
  for (const rate of [1, 4]) {
    await slow(page, rate);
    const took: number[] = [];
    for (let i = 0; i < runs; i++) {
      const began = performance.now();
      await page.reload();
      await first.waitFor();
      took.push(performance.now() - began);
    }
    print(`first screen of a plan with 6,000 records, CPU x${rate}`, took);
  }
  await closeBrowser();
  await close();
});

test("a key in minutes of 3,000 words, processor slowed four times", async () => {
  const { url, close } = await serve(withMeeting(bigCase()));
  const page = await newPhone();
  await page.goto(url);
  await page.getByRole("button", { name: "Åbn planen" }).click();
  await page.getByRole("link", { name: /^Skriv referat/ }).click();
  const field = page.getByLabel("Hvad talte I om?").first();
  // A paragraph is about as long as people write them.
  const words = Array.from({ length: 3_000 }, (_, i) => (i % 60 === 59 ? "ord.\n\n" : "ord"));
  await field.fill(words.join(" "));
  await slow(page);
  const took: number[] = [];
  for (let i = 0; i < runs * 4; i++) {
    // From the key to the frame that shows it, measured in the page.
    took.push(
      await field.evaluate(async (area) => {
        const began = performance.now();
        (area as HTMLTextAreaElement).focus();
        document.execCommand("insertText", false, "a");
        await new Promise(requestAnimationFrame);
        return performance.now() - began;
      }),
    );
  }
  print("key in minutes of 3,000 words, CPU x4", took);
  await closeBrowser();
  await close();
});

async function slow(page: Page, rate = 4): Promise<void> {
  await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
}

/** Runs the program on one case; gives its first person's link, and the way to end it. */
async function serve(one: object): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "samspor-figures-"));
  const file = join(folder, "cases.json");
  await writeFile(file, JSON.stringify({ demoNow: new Date().toISOString(), cases: [one] }));
  const binary = process.env.SAMSPOR_BIN ?? fileURLToPath(new URL("../../bin/samspor", import.meta.url));
  const data = ["--data", join(folder, "data"), "--file", file];
  const program = spawn(binary, ["demo", "--json", "--addr", "127.0.0.1:0", ...data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let url = "";
  for await (const line of createInterface({ input: program.stdout })) {
    url = (JSON.parse(line) as { url: string }).url;
    break;
  }
  const close = async () => {
    const ended = new Promise((done) => program.once("exit", done));
    program.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { url, close };
}

/** The same with a meeting an hour ago, whose minutes nobody has written. */
function withMeeting(one: object): object {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const meeting = {
    id: "m1",
    kind: "tvaerfagligt_netvaerksmoede",
    modelId: "randers-5x2",
    level: 3,
    track: "institution",
    title: "Netværksmøde",
    start: ago(2),
    end: ago(1),
    form: "physical",
    convenorId: "p1",
    chairId: "p1",
    minuteTakerId: "p1",
    invitedAt: ago(200),
    state: "invited",
    purpose: "At følge op.",
    participants: [
      { personId: "p1", reply: "accepted" },
      { personId: "p2", reply: "accepted" },
    ],
    agenda: [
      { n: 1, title: "Siden sidst", minutes: 10, leadId: "p1" },
      { n: 2, title: "Aftaler", minutes: 20, leadId: "p1" },
    ],
  };
  return { ...one, meetings: [meeting] };
}

function bigCase(records = 5000): object {
  const person = {
    id: "p1",
    name: "Anne Holm",
    role: "lærer",
    sector: "school",
    access: "professional_lead",
    phone: "00 00 00 00",
  };
  const other = { ...person, id: "p2", name: "Bo Dam" };
  const task = (i: number) => ({
    id: `t${i}`,
    title: `Aftale ${i}`,
    responsibleId: i < 40 ? "p1" : "p2",
    due: "2026-12-01",
    state: i < 40 ? "open" : "done",
    sector: "school",
    sensitivity: "plan",
  });
  return {
    id: "big",
    kind: "named",
    state: "active",
    country: "DK",
    locale: "da-DK",
    calendarProfile: "DK-kommune",
    title: "En stor plan",
    municipality: "Bench Kommune",
    modelIds: ["randers-5x2"],
    tracks: [{ id: "institution", label: "Skole" }],
    parties: [person, other, { id: "c", name: "Ida Holm", role: "barn", sector: "family", access: "child" }],
    tovholderAssignments: [{ id: "tv", personId: "p1", from: "2026-01-01", scope: "institution" }],
    tasks: Array.from({ length: records - 20 }, (_, i) => task(i)),
  };
}
