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

const inCase = [
  "",
  "/tasks",
  "/tasks/new",
  "/tasks/c1-t10",
  "/meetings",
  "/meetings/new",
  "/meetings/ask",
  "/meetings/c1-m4/call",
  "/meetings/c1-m2",
  "/meetings/c1-m3",
  "/meetings/c1-m4",
  "/meetings/c1-m4/minutes",
  "/contacts",
  "/levels",
  "/levels/institution",
  "/ahead",
  "/consents",
  "/forms",
  "/forms/c1-f4",
  "/people",
  "/handover",
  "/goals",
  "/goals/new",
  "/goals/c1-g1",
  "/evaluations",
  "/evaluations/c1-e1",
  "/situation",
];
const screens = [
  ...inCase.map((path) => `/c/case-1${path}`),
  "/today",
  "/cases",
  "/cases/new",
  "/me",
  "/me/calendar",
  "/me/reminders",
  "/me/install",
  "/n",
  "/waiting",
  "/video",
  "/help",
];

for (const look of [
  { name: "light on a phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { name: "dark on a phone", colorScheme: "dark", viewport: { width: 390, height: 844 } },
  { name: "light on the smallest screen", colorScheme: "light", viewport: { width: 320, height: 640 } },
  { name: "dark on a wide screen", colorScheme: "dark", viewport: { width: 1280, height: 800 } },
] as const) {
  test(`every screen is accessible and fits: ${look.name}`, async () => {
    const { name, ...rest } = look;
    const page = await newPhone(rest);
    await page.goto(`${program.origin}/in`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await findings(page), "/in").toEqual([]);
    const who = { light: "case-1/c1-jonas", dark: "case-1/c1-nadia" }[look.colorScheme];
    await signIn(
      page,
      program,
      look.viewport.width === 320 ? "case-1/c1-karen" : look.viewport.width === 1280 ? "case-1/c1-ulla" : who,
    );
    for (const path of screens) {
      await page.goto(program.origin + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await findings(page), path).toEqual([]);
      expect(await overflow(page), `${path} scrolls sideways`).toBe(0);
    }
    calm(page);
  }, 240_000);
}

test("a parent reads the plan in Danish, Norwegian and English, in two taps from anywhere", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-1/c1-signe");
  for (const [language, word] of [
    ["Norsk", "Stafettholderen din er"],
    ["English", "Your lead coordinator"],
    ["Dansk", "Din tovholder er"],
  ] as const) {
    await page.goto(`${program.origin}/me`);
    await page.getByText(language, { exact: true }).first().click();
    await page.goto(`${program.origin}/c/case-1`);
    await shows(page, new RegExp(word));
  }
  calm(page);
});

test("a Norwegian case speaks Norwegian by itself", async () => {
  const page = await newPhone({ locale: "nb-NO", timezoneId: "Europe/Oslo" });
  await signIn(page, program, "case-3/c3-anne");
  await shows(page, /Stafettholderen din er/);
  await page.goto(`${program.origin}/c/case-3/tasks`);
  await shows(page, /Oppgaver/);
  calm(page);
});

test("what a parent needs first fits on a small phone without scrolling", async () => {
  for (const viewport of [
    { width: 360, height: 740 },
    { width: 320, height: 640 },
  ]) {
    const page = await newPhone({ viewport });
    await signIn(page, program, viewport.width === 360 ? "case-1/c1-thomas" : "case-3/c3-ola");
    const call = page.getByRole("link", { name: /^Ring (til )?.*(tovholder|stafettholder)/i }).first();
    await call.waitFor();
    expect(await call.getAttribute("href")).toMatch(/^tel:/);
    const box = await call.boundingBox();
    expect(box && box.y + box.height).toBeLessThan(viewport.height - 64); // above the tabs
    const next = await page
      .getByText(/Det næste, der sker|Dette skjer nå/)
      .first()
      .boundingBox();
    expect(next && next.y + next.height).toBeLessThan(viewport.height - 64);
    calm(page);
  }
});

test("somebody with several cases changes between them, and they never mix", async () => {
  const page = await newPhone();
  await signIn(page, program, "case-4/c4-jonas");
  await page.goto(`${program.origin}/cases`);
  await shows(page, "Malthe");
  await page.getByRole("link", { name: /Freja/ }).first().click();
  await shows(page, /for Freja/);
  expect(await page.getByText("Malthe").filter({ visible: true }).count()).toBe(0);
  calm(page);
});

test("somebody who may see nothing hears of nothing", async () => {
  const page = await newPhone();
  await page.goto(program.link("case-4/c4-jesper"));
  await page.getByRole("button", { name: "Åbn planen" }).click();
  await shows(page, /ingen planer/i);
  expect(await page.getByText(/Freja|Laura/).count()).toBe(0);
  calm(page);
});
