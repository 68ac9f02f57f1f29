/** What people do on the screens of a plan, said once for every language and every case. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { rowsIn } from "./browser.ts";

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Say = (key: string, blanks?: Readonly<Record<string, string | number>>) => string;

const folder = fileURLToPath(new URL("../src/text/", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const words: Words = Object.assign({}, ...files.map((name) => JSON.parse(readFileSync(folder + name, "utf8"))));

/** The sentences of one language, as the screens say them. */
export function speaking(language: string): Say {
  return (key, blanks = {}) => {
    const text = words[key]?.[language];
    if (text === undefined) throw new Error(`no words for ${key} in ${language}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ""));
  };
}

/** One person at their phone, in one plan. */
export class Actor {
  readonly page: Page;
  readonly say: Say;
  readonly #plan: string;
  #signIn: (() => Promise<void>) | null;

  /** `signIn` is called once, if the phone turns out to have been signed out. */
  constructor(page: Page, plan: string, say: Say, signIn: (() => Promise<void>) | null = null) {
    this.page = page;
    this.say = say;
    this.#plan = plan;
    this.#signIn = signIn;
  }

  async go(path = ""): Promise<void> {
    await this.page.goto(this.#plan + path);
    const signIn = this.#signIn;
    this.#signIn = null;
    if (!signIn || !(await this.#isOut())) return;
    await signIn();
    await this.page.goto(this.#plan + path);
  }

  async #isOut(): Promise<boolean> {
    const tab = this.page.getByRole("link", { name: this.say("app.tasks"), exact: true });
    const again = this.page.getByRole("link", { name: this.say("app.again"), exact: true });
    const out = this.page.getByText(this.say("signIn.needLink")).or(again);
    await tab.or(out).first().waitFor();
    return this.has(out);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  async tap(key: string, blanks?: Readonly<Record<string, string | number>>): Promise<void> {
    await this.button(this.say(key, blanks)).first().click();
  }

  /** Fills a field and leaves it, as one does with a thumb. */
  async type(key: string, text: string, blanks?: Readonly<Record<string, string>>): Promise<void> {
    const one = this.field(this.say(key, blanks));
    await one.fill(text);
    await one.blur();
  }

  async choose(key: string, option: string | RegExp): Promise<void> {
    const field = this.field(this.say(key));
    const label = await field.locator("option").filter({ hasText: option }).first().textContent();
    await field.selectOption({ label: label ?? "" });
  }

  /** Presses a chip, or ticks a box, and waits until it is on. */
  async press(group: string, words: string): Promise<void> {
    const set = this.page.getByRole("group", { name: group, exact: true });
    await set.getByText(words, { exact: true }).click();
    await expect
      .poll(() => set.getByLabel(words, { exact: true }).isChecked(), { message: `${group}: ${words}` })
      .toBe(true);
  }

  /** Ticks a box, where the screen has it. */
  async tick(key: string): Promise<void> {
    const box = this.page.getByRole("checkbox", { name: this.say(key) });
    if (!(await this.has(box))) return;
    await this.page
      .locator("label")
      .filter({ hasText: this.say(key) })
      .click();
    await expect.poll(() => box.isChecked(), { message: key }).toBe(true);
  }

  async has(what: Locator): Promise<boolean> {
    return (await what.count()) > 0;
  }

  async shows(text: string): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Waits until the server has everything that was written here. */
  async sent(): Promise<void> {
    await expect.poll(() => rowsIn(this.page, "outbox").then(({ length }) => length), { timeout: 20_000 }).toBe(0);
  }

  /** Asks somebody to take the rope. */
  async askToTake(who: string, why: string, from?: string): Promise<void> {
    await this.go("/handover");
    await this.choose("handover.who", who);
    await this.type("handover.why", why);
    if (from) await this.type("handover.when", from);
    await this.button(new RegExp(`^${this.say("handover.send", { navn: "" }).trim()} `)).click();
    await this.shows(this.say("handover.withdraw"));
  }

  async take(): Promise<void> {
    await this.go("/handover");
    await this.button(new RegExp(`^${this.say("handover.accept", { dato: "" }).trim()}`)).click();
    await this.button(new RegExp(`^${this.say("handover.accept", { dato: "" }).trim()}`)).waitFor({
      state: "detached",
    });
  }

  async knows(): Promise<void> {
    await this.go("/handover");
    await this.tap("handover.seen");
    await this.button(this.say("handover.seen")).waitFor({ state: "detached" });
  }

  /** Says of everybody who has not seen it that they were told on the phone. */
  async tellsRest(): Promise<void> {
    await this.go("/handover");
    const left = this.page.getByRole("button", { name: this.say("handover.toldLong", { navn: "" }).trim() });
    await left.first().waitFor();
    for (let n = await left.count(); n > 0; n--) {
      await left.first().click();
      await expect.poll(() => left.count()).toBe(n - 1);
    }
  }

  /** Moves a track to a level, filling in whatever this move asks for. */
  async move(track: string, move: Move): Promise<void> {
    const { say } = this;
    await this.go(`/levels/${track}`);
    const which = this.field(say("moves.which"));
    await which.waitFor();
    const option = which.locator(`option[value="${move.level}"]`);
    await which.selectOption((await option.getAttribute("value")) ?? "");
    await this.type("moves.from", move.from);
    await this.type("moves.reason", move.reason);
    if (move.informed) await this.type("moves.toldOn", move.informed);
    const asks = async (key: string) => this.has(this.field(say(key)));
    if (await asks("moves.skipReason")) await this.type("moves.skipReason", move.skipReason);
    if (await asks("moves.discussed")) await this.type("moves.discussed", move.from);
    if (await asks("moves.leader")) await this.choose("moves.leader", move.leader);
    if (await asks("moves.leaderRole")) await this.type("moves.leaderRole", move.leaderRole);
    if (await asks("moves.tovholder")) await this.choose("moves.tovholder", move.tovholder);
    if (await asks("moves.referredTo")) await this.field(say("moves.referredTo")).selectOption("child_psychiatry");
    if (move.review && (await asks("moves.review"))) await this.type("moves.review", move.review);
    if (move.outcome && (await asks("moves.outcome")))
      await this.field(say("moves.outcome")).selectOption(move.outcome);
    await this.tap((await this.has(this.button(say("moves.save")))) ? "moves.save" : "moves.first");
    await this.page.waitForURL(/\/levels$/);
    await this.shows(move.reason);
  }

  /** Fills in an invitation; gives its id. It is sent unless it stays a draft. */
  async call(meeting: Invitation): Promise<string> {
    const { say } = this;
    await this.go("/meetings/new");
    await this.button(new RegExp(`^${say(`meetings.kind_${meeting.kind}`)}`)).click();
    await this.page.waitForURL(/\/call$/);
    const id = new URL(this.page.url()).pathname.split("/").at(-2) ?? "";
    await this.page.getByText(say("call.more"), { exact: true }).click();
    await this.type("call.name", meeting.title);
    await this.type("call.day", meeting.day);
    await this.type("call.from", meeting.from);
    await this.type("call.to", meeting.to);
    if (meeting.isDraft) return id;
    await this.press(say("call.how"), say(`call.form_${meeting.form}`));
    await this.type("call.place", meeting.place);
    await this.type("call.purpose", meeting.purpose);
    for (const key of ["call.agendaLate", "call.heldLate", "call.need"]) {
      if (await this.has(this.field(say(key)))) await this.type(key, meeting.purpose);
    }
    for (const point of meeting.agenda) {
      await this.type("call.point", point);
      await this.tap("call.pointAdd");
      await this.page.getByText(new RegExp(`^\\d+\\. ${point.replace(/[?.()]/g, "\\$&")}$`)).waitFor();
    }
    for (const name of meeting.people) await this.press(say("call.people"), name);
    // What each brings is suggested as they are chosen.
    await this.button(say("call.suggestRoles")).waitFor({ state: "detached" });
    for (const key of ["call.formChosen", "call.chosen", "call.relevant", "call.gpTalk"]) await this.tick(key);
    const child = this.page.getByRole("group", { name: say("call.child", { navn: meeting.child }), exact: true });
    if (await this.has(child))
      await this.press(say("call.child", { navn: meeting.child }), say(`call.how_${meeting.childHow}`));
    const absent = this.field(say("call.childAbsent", { navn: meeting.child }));
    if (await this.has(absent)) await absent.fill(say("call.how_through_adult"));
    await this.choose("call.chair", meeting.chair);
    await this.choose("call.minuteTaker", meeting.minuteTaker);
    await this.shows(say("call.ready"));
    await this.tap("call.send");
    await this.page.waitForURL(new RegExp(`/meetings/${id}$`));
    return id;
  }

  /** Asks one more to a meeting that is already called. */
  async askAlso(meeting: string, name: string): Promise<void> {
    await this.go(`/meetings/${meeting}/call`);
    await this.press(this.say("call.people"), name);
  }

  async reply(meeting: string, answer: string, apology = ""): Promise<void> {
    const keys: Readonly<Record<string, readonly [string, string]>> = {
      accepted: ["meetings.yes", "meetings.youYes"],
      tentative: ["meetings.maybe", "meetings.youMaybe"],
      declined: ["meetings.no", "meetings.youNo"],
    };
    const [does, done] = keys[answer] ?? ["", ""];
    await this.go(`/meetings/${meeting}`);
    await this.tap(does);
    await this.shows(this.say(done));
    if (!apology || !(await this.has(this.field(this.say("meetings.apology"))))) return;
    await this.type("meetings.apology", apology);
    await this.tap("meetings.apologySend");
    await this.button(this.say("meetings.apologySend")).waitFor({ state: "detached" });
  }

  async wish(meeting: string, text: string): Promise<void> {
    await this.go(`/meetings/${meeting}`);
    await this.type("meetings.wish", text);
    await this.tap("meetings.wishSend");
    await this.button(this.say("meetings.wishSend")).waitFor({ state: "detached" });
  }

  async answerWish(meeting: string, text: string): Promise<void> {
    await this.go(`/meetings/${meeting}`);
    await this.type("meetings.wishYouOwe", text);
    await this.tap("meetings.wishAnswer");
    await this.shows(this.say("meetings.wishAnswered", { svar: text }));
  }

  /** Writes the minutes with goals and agreements, marks who came, and shares it all in one step. */
  async minutes(meeting: string, sheet: Sheet): Promise<void> {
    const { say, page } = this;
    await this.go(`/meetings/${meeting}/minutes`);
    for (const { point, text } of sheet.sections) {
      const part = page.getByRole("region", { name: point, exact: true });
      const field = part.getByLabel(say("minutes.text"));
      await field.fill(text);
      await field.blur();
    }
    for (const goal of sheet.goals) {
      await this.tap("minutes.newGoal");
      await this.type("minutes.goalTitle", goal.title);
      if (goal.words) await this.type("minutes.childWords", goal.words, { navn: sheet.child });
      const who = page.getByRole("group", { name: say("minutes.goalWho") });
      for (const box of await who.getByRole("checkbox").all()) {
        const first = (await box.locator("xpath=ancestor::label").textContent())?.trim() ?? "";
        if ((await box.isChecked()) !== goal.by.includes(first)) await who.getByText(first, { exact: true }).click();
      }
      await this.tap("minutes.goalSave");
      await page.getByRole("button", { name: `${say("minutes.drop")}: ${goal.title}` }).waitFor();
    }
    const [first] = sheet.sections;
    for (const task of sheet.tasks) {
      const part = page.getByRole("region", { name: first?.point ?? "", exact: true });
      await part.getByRole("button", { name: say("minutes.newAgreementIn", { punkt: first?.point ?? "" }) }).click();
      await part.getByLabel(say("minutes.what"), { exact: true }).fill(task.title);
      const chip = part.getByRole("group", { name: say("minutes.who") }).getByText(task.first, { exact: true });
      if (await this.has(chip)) await chip.click();
      else await part.getByLabel(say("minutes.whoElse"), { exact: true }).selectOption({ label: task.name });
      await part.getByLabel(say("minutes.otherDay"), { exact: true }).fill(task.due);
      if (task.goal) await part.getByLabel(say("tasks.goal"), { exact: true }).selectOption({ label: task.goal });
      await part.getByRole("button", { name: say("minutes.save"), exact: true }).click();
      await page.getByRole("button", { name: say("minutes.edit", { titel: task.title }), exact: true }).waitFor();
    }
    for (const { name, attendance } of sheet.came) await this.field(name).selectOption(attendance);
    await this.tap("minutes.share");
    await this.shows(say("minutes.remarks"));
  }

  async lookBack(track: string, back: LookBack): Promise<void> {
    const { say } = this;
    await this.go("/evaluations");
    await this.button(track ? say("evaluation.beginFor", { spor: track }) : say("evaluation.begin")).click();
    await this.page.waitForURL(/\/evaluations\/.+/);
    for (const { goal, rating } of back.ratings) await this.press(goal, say(`evaluation.rating_${rating}`));
    const child = this.field(say("evaluation.child", { navn: back.child }));
    await child.fill(back.voice);
    await child.blur();
    await this.press(say("evaluation.next"), say(`evaluation.next_${back.next}`));
  }

  /** Puts a goal right: where it belongs, how one can tell, and by when. */
  async measure(goal: string, at: Readonly<Record<"measure" | "baseline" | "latest" | "target" | "track", string>>) {
    await this.go("/goals");
    await this.page.getByRole("link", { name: goal }).first().click();
    await this.tap("goals.edit");
    for (const name of ["measure", "baseline", "latest", "target"] as const) {
      if (at[name]) await this.type(`goals.${name}`, at[name]);
    }
    if (await this.has(this.field(this.say("goals.track")))) await this.choose("goals.track", at.track);
    await this.tap("goals.editDone");
    if (at.measure) await this.shows(at.measure);
  }

  async achieve(goal: string): Promise<void> {
    await this.go("/goals");
    await this.page.getByRole("link", { name: goal }).first().click();
    await this.tap("goals.achieve");
    await this.button(this.say("goals.achieve")).waitFor({ state: "detached" });
  }

  async newTask(title: string, who: string, due: string, goal: string): Promise<void> {
    await this.go("/tasks/new");
    await this.type("tasks.what", title);
    if (await this.has(this.field(this.say("tasks.whoDoes")))) await this.choose("tasks.whoDoes", who);
    await this.type("tasks.by", due);
    if (goal) {
      await this.page.getByText(this.say("app.more"), { exact: true }).click();
      await this.choose("tasks.goal", goal);
    }
    await this.tap("tasks.save");
    await this.page.waitForURL(/\/tasks(\?all)?$/);
  }

  /** Brings a task of one's own to where it is: begun, done, or stuck with a word about why. */
  async bring(title: string, state: string): Promise<void> {
    const { say } = this;
    await this.go("/tasks");
    await this.page.getByRole("link", { name: title }).first().click();
    await this.page.getByRole("heading", { name: title, level: 1 }).waitFor();
    if (state === "done") await this.tap("tasks.finish");
    if (state === "in_progress") await this.tap("tasks.start");
    if (state === "blocked") {
      await this.tap("tasks.stuck");
      await this.field(say("tasks.stuck")).fill(say("tasks.lateHelp"));
      await this.tap("tasks.stuckSend");
    }
    const words: Readonly<Record<string, string>> = { in_progress: "tasks.inProgress", blocked: "tasks.blocked" };
    if (state === "done") await this.button(say("tasks.reopen")).waitFor();
    else await this.shows(say(words[state] ?? ""));
  }

  /** Says of a task which goal it is for. */
  async aim(title: string, goal: string): Promise<void> {
    await this.go("/tasks?all");
    const link = this.page.getByRole("link", { name: title }).first();
    const folded = this.page.getByText(new RegExp(`^${this.say("tasks.doneList", { n: "" }).split("(")[0]}`));
    await link.or(folded).filter({ visible: true }).first().waitFor();
    if (!(await this.has(link))) await folded.click();
    await link.click();
    await this.tap("tasks.amendLong");
    await this.choose("tasks.goal", goal);
    await this.tap("tasks.amendSave");
    await this.shows(goal);
  }

  async askFamily(wish: Wish): Promise<void> {
    const { say } = this;
    await this.go("/consents");
    await this.tap("consents.ask");
    await this.type("consents.purpose", wish.purpose);
    for (const one of wish.categories) {
      // Names and meetings go with being in the plan: nobody is asked about them.
      if (one !== "core") await this.press(say("consents.what"), say(`consents.cat_${one}`));
    }
    for (const one of wish.from) await this.press(say("consents.from"), say(`sector.${one}`));
    for (const one of wish.to) await this.press(say("consents.to"), say(`sector.${one}`));
    await this.tap("consents.send");
    await this.#consent(wish.purpose).waitFor();
  }

  /** One's own answer, or somebody else's that one has heard. */
  async answer(purpose: string, answer: string, heardOf = ""): Promise<void> {
    const { say } = this;
    await this.go("/consents");
    const one = this.#consent(purpose);
    await one.waitFor();
    if (heardOf) {
      await one.getByText(say("consents.oral")).click();
      const heard = one.getByRole("button", { name: say("consents.oralYes", { navn: heardOf }) });
      await heard.click();
      return heard.waitFor({ state: "detached" });
    }
    if (answer === "yes") {
      await one.getByRole("button", { name: say("consents.yes") }).click();
      return one.getByRole("button", { name: say("consents.back"), exact: true }).waitFor();
    }
    await one.getByRole("button", { name: say("consents.back"), exact: true }).click();
    await one.getByRole("button", { name: say("consents.backYes") }).click();
    await one.getByText(say("consents.is_withdrawn")).first().waitFor();
  }

  #consent(purpose: string): Locator {
    return this.page.getByRole("article", { name: purpose, exact: true });
  }

  /** Writes in who is to be called in a sector, where nobody is yet. */
  async contact(sector: string, name: string, bestTime: string): Promise<void> {
    const { say } = this;
    const button = this.button(say("people.contactNewLong", { sektor: say(`sector.${sector}`) }));
    await button.click();
    await this.choose("people.contactWho", name);
    await this.type("people.contactBest", bestTime);
    await this.tap("people.contactSave");
    await button.waitFor({ state: "detached" });
  }
}

export interface Move {
  readonly level: number;
  readonly from: string;
  readonly reason: string;
  readonly informed: string;
  readonly skipReason: string;
  readonly leader: string;
  readonly leaderRole: string;
  readonly tovholder: string;
  readonly review: string;
  readonly outcome: string;
}

export interface Invitation {
  readonly kind: string;
  readonly title: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly form: string;
  readonly place: string;
  readonly purpose: string;
  readonly agenda: readonly string[];
  readonly people: readonly string[];
  readonly chair: string;
  readonly minuteTaker: string;
  readonly child: string;
  readonly childHow: string;
  readonly isDraft: boolean;
}

export interface Sheet {
  readonly child: string;
  readonly sections: readonly { readonly point: string; readonly text: string }[];
  readonly goals: readonly { readonly title: string; readonly words: string; readonly by: readonly string[] }[];
  readonly tasks: readonly {
    readonly title: string;
    readonly first: string;
    readonly name: string;
    readonly due: string;
    readonly goal: string;
  }[];
  readonly came: readonly { readonly name: string; readonly attendance: string }[];
}

export interface LookBack {
  readonly child: string;
  readonly ratings: readonly { readonly goal: string; readonly rating: string }[];
  readonly voice: string;
  readonly next: string;
}

export interface Wish {
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
}
