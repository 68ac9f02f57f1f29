/**
 * The sample cases, lived through on the phones of those who are in them: from the first level to the last agreement,
 * each on its own day. The program and the phones stand at that day; people come and go as the case says.
 *
 * A plan is opened with its people, its tracks and its first tovholder, as the screen for a new plan does it. All the
 * rest is typed. Where the case lets somebody decide a level who may not (R8), the leader does.
 */
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { Actor, type Say, speaking } from "./acts.ts";
import { calm, closeBrowser, newPhone, rowsIn, tabOf } from "./browser.ts";
import { Program, readSample, type Sample } from "./program.ts";
import { type Case, Story } from "./story.ts";

const emptied = [
  "levelHistory",
  "handovers",
  "contactPersons",
  "goals",
  "meetings",
  "tasks",
  "consents",
  "messages",
  "forms",
  "statutoryMarkers",
] as const;

/** The phones of a case, all at one moment. */
class Phones {
  readonly #held = new Map<string, { readonly context: BrowserContext; page: Page | null }>();
  readonly #program: Program;
  readonly #it: Case;
  readonly #say: Say;
  #at = 0;

  constructor(program: Program, it: Case, say: Say) {
    this.#program = program;
    this.#it = it;
    this.#say = say;
  }

  /** Everybody puts their phone away, and takes it out again at another moment. */
  async moveTo(at: Date): Promise<void> {
    this.#at = at.getTime();
    for (const phone of this.#held.values()) {
      if (phone.page) calm(phone.page);
      await phone.page?.close();
      phone.page = null;
    }
  }

  /** Somebody at their phone. A session lasts thirty days; who was away longer gets a new link. */
  async of(who: string): Promise<Actor> {
    const plan = `${this.#program.origin}/c/${this.#it.id}`;
    const known = this.#held.get(who);
    if (known?.page) return new Actor(known.page, plan, this.#say);
    const page = known ? await tabOf(known.context) : await newPhone(this.#where());
    await page.context().addInitScript(standAt, this.#at - Date.now());
    this.#held.set(who, { context: page.context(), page });
    const signIn = () => this.#signIn(page, who);
    if (!known) await signIn();
    return new Actor(page, plan, this.#say, known ? signIn : null);
  }

  #where() {
    const { locale, country } = this.#it;
    return { locale, timezoneId: country === "NO" ? "Europe/Oslo" : "Europe/Copenhagen" };
  }

  async #signIn(page: Page, who: string): Promise<void> {
    await page.goto(this.#program.link(`${this.#it.id}/${who}`));
    await page.getByRole("button", { name: this.#say("signIn.open") }).click();
    await page
      .getByRole("link", { name: this.#say("app.tasks"), exact: true })
      .first()
      .waitFor();
  }
}

// The phone's clock runs on from another moment.
function standAt(ahead: number): void {
  const held = globalThis as typeof globalThis & { RealDate?: DateConstructor };
  const Real = held.RealDate ?? Date;
  held.RealDate = Real;
  class Shifted extends Real {
    constructor(...args: readonly unknown[]) {
      if (args.length === 0) super(Real.now() + ahead);
      else super(...(args as [string]));
    }
    static override now(): number {
      return Real.now() + ahead;
    }
  }
  globalThis.Date = Shifted as DateConstructor;
}

afterAll(closeBrowser);

interface Row {
  readonly kind: string;
  readonly id: string;
  readonly f: Readonly<Record<string, unknown>>;
}

const lastOfAll = "2026-11-23T17:00:00+01:00";

test.each(["case-1", "case-2", "case-3", "case-4"])(
  "%s is lived from its first level to its last agreement, and a member's phone then tells it as it was",
  async (id) => {
    const sample = await readSample<{ readonly demoNow: string; readonly cases: readonly Case[] }>();
    const it = sample.cases.find((one) => one.id === id);
    if (!it) throw new Error(`no ${id}`);
    const say = speaking(it.locale.slice(0, 2));
    const story = new Story(it, sample.demoNow, say);
    const [began] = story.deeds;
    if (!began) throw new Error("nothing happens");
    const program = await Program.start((all) => opened(all, id, began.at), began.at);
    try {
      const phones = new Phones(program, it, say);
      let day = "";
      let busy: Actor[] = [];
      const rest = async () => {
        for (const actor of busy) await actor.sent();
        busy = [];
      };
      for (const [i, deed] of story.deeds.entries()) {
        const on = deed.at.toISOString().slice(0, 10);
        if (on !== day) {
          await rest();
          day = on;
          // The day's last moment: all of it has come by then.
          const moment = story.deeds.filter(({ at }) => at.toISOString().slice(0, 10) === on).at(-1)?.at ?? deed.at;
          await phones.moveTo(moment);
          await program.stop();
          await program.run(moment);
        }
        try {
          const actor = await phones.of(deed.who);
          await deed.act(actor);
          await actor.sent();
          busy.push(actor);
        } catch (error) {
          throw new Error(`${i}. ${on} ${deed.who} ${deed.what}`, { cause: error });
        }
      }
      await phones.moveTo(new Date(lastOfAll));
      await program.stop();
      await program.run(new Date(lastOfAll));
      const reader =
        it.parties.find(({ access }) => access === "guardian") ??
        it.parties.find(({ access }) => access === "professional_lead");
      const actor = await phones.of(reader?.id ?? "");
      await actor.go("/levels");
      await actor.sent();
      expect(await told(actor.page)).toEqual(asWritten(story));
      await phones.moveTo(new Date(lastOfAll));
    } finally {
      await program.close();
    }
  },
  900_000,
);

// The plan on the day it is opened.
function opened(sample: Sample, id: string, began: Date): void {
  sample.cases = sample.cases.filter((one) => one.id === id);
  const [it] = sample.cases as unknown as [Case];
  const bare = Object.fromEntries(emptied.map((key) => [key, []]));
  const [first] = it.tovholderAssignments;
  const isFrom = first && first.from <= began.toISOString().slice(0, 10);
  const { currentTovholderId: _, ...rest } = it;
  const parties = it.parties.map(({ ...party }) => {
    delete (party as { samePersonAs?: string }).samePersonAs;
    return party;
  });
  const now = isFrom ? { currentTovholderId: first.personId } : {};
  sample.cases = [
    { ...rest, ...bare, ...now, parties, tovholderAssignments: isFrom ? [{ ...first, to: null }] : [] },
  ] as unknown as Sample["cases"];
}

const byText = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a).localeCompare(JSON.stringify(b));

/** What a phone holds of a plan, in the words of the file. */
async function told(page: Page) {
  const rows = await rowsIn<Row>(page, "base");
  const of = (kind: string) =>
    rows.filter((row) => row.kind === kind).map(({ id, f }) => ({ id, ...f }) as Readonly<Record<string, string>>);
  const goal = new Map(of("goal").map(({ id, title }) => [id, title]));
  const sort = <T extends readonly unknown[]>(list: T[]) => list.sort(byText);
  return {
    levels: sort(of("levelEntry").map((e) => [e.track, e.level, e.from, e.to ?? null, e.reason])),
    goals: sort(of("goal").map((g) => [g.title, g.childWords ?? null, g.state, g.measure, g.targetDate])),
    tasks: sort(
      of("task").map((t) => [t.title ?? null, t.responsible, t.due, t.state, goal.get(t.goal ?? "") ?? null]),
    ),
    meetings: sort(
      of("meeting").map((m) => [
        m.kind,
        m.title,
        Date.parse(m.start ?? ""),
        m.minutesState === "shared" ? "held" : m.state,
      ]),
    ),
    minutes: sort(of("minutesSection").map((s) => [s.text])),
    consents: sort(of("consent").map((c) => [c.purpose, c.state])),
    contacts: sort(of("contactPerson").map((c) => [c.sector, c.person, c.bestTime])),
    tovholder: sort(of("tovholder").map((t) => [t.person, t.from, t.to ?? null])),
  };
}

/** The same of the file. */
function asWritten({ it }: Story) {
  const goal = new Map(it.goals.map(({ id, title }) => [id, title]));
  const sort = <T extends readonly unknown[]>(list: T[]) => list.sort(byText);
  return {
    levels: sort(it.levelHistory.map((e) => [e.track, e.level, e.from, e.to, e.reason])),
    goals: sort(it.goals.map((g) => [g.title, g.childWords, g.state, g.measure, g.targetDate])),
    tasks: sort(it.tasks.map((t) => [t.title, t.responsibleId, t.due, t.state, goal.get(t.goalId ?? "") ?? null])),
    meetings: sort(it.meetings.map((m) => [m.kind, m.title, Date.parse(m.start), m.minutes ? "held" : m.state])),
    minutes: sort(it.meetings.flatMap((m) => m.minutes?.sections.map(({ text }) => [text]) ?? [])),
    consents: sort(it.consents.map((c) => [c.purpose, c.state])),
    contacts: sort(
      it.contactPersons.filter(({ activeUntil }) => !activeUntil).map((c) => [c.sector, c.personId, c.bestTime]),
    ),
    tovholder: sort(it.tovholderAssignments.map((t) => [t.personId, t.from, t.to])),
  };
}
