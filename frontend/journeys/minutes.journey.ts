import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calm, closeBrowser, findings, hasNet, hides, newPhone, overflow, shows, signIn } from "./browser.ts";
import { Program } from "./program.ts";

let program: Program;
beforeAll(async () => {
  // Jonas has called everybody, and the meeting has begun; Karen takes the minutes.
  program = await Program.start(({ demoNow, cases }) => {
    const meeting = cases[0]?.meetings.find(({ id }) => id === "c1-m4");
    if (!meeting) throw new Error("the sample has no meeting c1-m4");
    const before = (hours: number) => new Date(Date.parse(demoNow) - hours * 3_600_000).toISOString();
    const places = meeting.participants as readonly Record<string, unknown>[];
    Object.assign(meeting, { state: "invited", start: before(2), end: before(1), invitedAt: before(200) });
    meeting.participants = places.map((place) => ({ ...place, reply: "accepted" }));
  });
});
afterAll(async () => {
  await closeBrowser();
  await program.close();
});

const meeting = "/c/case-1/meetings/c1-m4";

/** Writes down an agreement under a point of the agenda; gives how many taps it took beside the typing. */
async function agree(page: Page, point: string, title: string, who: string, when: string, kind?: string) {
  const part = page.getByRole("region", { name: point });
  let taps = 0;
  const tap = async (name: string, role: "button" | "radio") => {
    const one = part.getByRole(role, { name, exact: role === "radio" });
    await (role === "radio" ? part.getByText(name, { exact: true }).click() : one.click());
    taps++;
  };
  await tap("Ny aftale", "button");
  await expect
    .poll(() => part.getByLabel("Hvad er aftalt?").evaluate((it) => it === document.activeElement))
    .toBe(true);
  await page.keyboard.type(title);
  await tap(who, "radio");
  await tap(when, "radio");
  if (kind) await part.getByText(kind, { exact: true }).click();
  await tap("Gem aftale", "button");
  await shows(page, title);
  return taps;
}

// R23, R24, R25, PT1, PT2, MT4b, MT13, LS20c; NO8b: an agreement takes four taps
test("minutes are written in the meeting without network, and everybody sees all of it at once and not before", async () => {
  const karen = await newPhone();
  const signe = await newPhone();
  await signIn(karen, program, "case-1/c1-karen");
  await signIn(signe, program, "case-1/c1-signe");
  await karen.goto(`${program.origin}/c/case-1`);
  await karen.getByRole("link", { name: /^Skriv referat/ }).click(); // the plan tells whose minutes are missing
  await karen.getByRole("heading", { name: "Referat", level: 1 }).waitFor();
  await signe.goto(program.origin + meeting);
  await shows(signe, "Dagsorden");

  await program.stop();
  await karen.reload();
  const first = karen.getByRole("region", { name: "Siden sidst" });
  await first.getByLabel("Hvad talte I om?").fill("Malthe er i skole hver dag til klokken tolv.");
  expect(await agree(karen, "Siden sidst", "Ringe til PPR om støtte", "Nadia", "Om en uge")).toBeLessThanOrEqual(4);
  expect(await agree(karen, "Hjem: rolige morgener", "Prøve en fast morgenplan", "Signe", "Om to uger")).toBe(4);
  await agree(karen, "Ny tovholder", "Hente PPR’s vurdering", "Peter", "Om fire uger", "Vurdering, der skal hentes");
  await agree(karen, "Aftaler til januar", "Svar om støtte hjemme", "Peter", "Om to uger", "Afgøres af kommunen");
  await karen.getByRole("button", { name: "Nyt mål" }).click();
  await karen.getByLabel("Hvad vil I nå sammen?").fill("Malthe sover hele natten");
  await karen.getByLabel("Med Malthes egne ord").fill("Jeg vil ikke ligge vågen.");
  await karen.getByText("Malthe", { exact: true }).last().click();
  await karen.getByRole("button", { name: "Gem mål" }).click();
  await shows(karen, "”Jeg vil ikke ligge vågen.”");
  await karen.getByRole("button", { name: /der sagde ja, var med/ }).click();
  await karen.getByLabel("Dato for opfølgning").fill("2027-01-20");
  await shows(karen, "Alt er på plads.");
  await shows(karen, "Du er uden net. Du kan dele, når du har net igen.");
  expect(await karen.getByRole("button", { name: "Del referat og aftaler" }).isDisabled()).toBe(true);
  await karen.reload(); // nothing of it is lost with the page
  await shows(karen, "Ringe til PPR om støtte");
  expect(await first.getByLabel("Hvad talte I om?").inputValue()).toBe("Malthe er i skole hver dag til klokken tolv.");
  expect(await findings(karen)).toEqual([]);
  expect(await overflow(karen)).toBe(0);

  await program.run();
  await hasNet(karen);
  await hides(karen, /venter på net/i);
  await hasNet(signe);
  await signe.reload();
  await shows(signe, "Dagsorden");
  expect(await signe.getByText("Ringe til PPR om støtte").count()).toBe(0);
  expect(await signe.getByText("Malthe er i skole hver dag til klokken tolv.").count()).toBe(0);

  await karen.getByRole("button", { name: "Del referat og aftaler" }).click();
  await shows(karen, "Bemærkninger");
  for (const text of ["Malthe er i skole hver dag", "Ringe til PPR om støtte", "Prøve en fast morgenplan"]) {
    await shows(signe, text); // nobody touches her page
  }
  await shows(signe, /Kommunen afgør det/);
  await shows(signe, /Vurdering, der skal hentes/);
  await signe.goto(`${program.origin}/c/case-1/goals`);
  await shows(signe, "”Jeg vil ikke ligge vågen.”");
  calm(karen);
  calm(signe);
});

test("a parent says that she has read them and puts a remark beside them; the text stays", async () => {
  const thomas = await newPhone();
  const karen = await newPhone();
  await signIn(thomas, program, "case-1/c1-thomas");
  await signIn(karen, program, "case-1/c1-peter");
  await thomas.goto(program.origin + meeting);
  await karen.goto(program.origin + meeting);
  await thomas.getByRole("button", { name: "Jeg har læst det" }).click();
  await shows(thomas, "Læst af dig");
  await thomas.getByLabel("Skriv en bemærkning").fill("Jeg sagde også, at mandag er svær.");
  await thomas.getByRole("button", { name: "Gem bemærkning" }).click();
  await shows(karen, "Læst af Thomas Holt");
  await shows(karen, "Jeg sagde også, at mandag er svær.");
  await shows(karen, "Malthe er i skole hver dag til klokken tolv.");
  expect(await findings(thomas)).toEqual([]);
  calm(thomas);
  calm(karen);
});

test("who got an agreement at the meeting says yes to it, and what is looked back at leads to the level", async () => {
  // PT8, PT9
  const nadia = await newPhone();
  await signIn(nadia, program, "case-1/c1-nadia");
  await nadia.goto(`${program.origin}/c/case-1/tasks`);
  await nadia.getByText("Ringe til PPR om støtte").click();
  await nadia.getByRole("button", { name: "Det tager jeg" }).click();
  await shows(nadia, /Sagde ja/);
  await nadia.goto(`${program.origin}/c/case-1/evaluations`);
  await nadia.getByRole("button", { name: /Se tilbage: Dagtilbud|Se tilbage: Skole/ }).click();
  await nadia.getByText("Det går lidt bedre", { exact: true }).first().click();
  await nadia.getByLabel("Hvad siger Malthe selv?").fill("Jeg kan lide natur og teknologi.");
  await nadia.getByText("Gå et niveau ned", { exact: true }).click();
  await nadia.getByRole("link", { name: "Gå til niveau og trin" }).waitFor();
  expect(await findings(nadia)).toEqual([]);
  const page = nadia.url();
  await nadia.goto(`${program.origin}/c/case-1/goals`);
  await nadia.goto(page);
  await shows(nadia, "Skrevet af Nadia Elmasry");
  expect(await nadia.getByLabel("Hvad siger Malthe selv?").inputValue()).toBe("Jeg kan lide natur og teknologi.");
  calm(nadia);
});
