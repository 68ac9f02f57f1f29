/** What the family has said yes to sharing, what it is asked, and what each has answered (R33-R38). */
import { computed } from "@preact/signals";
import type { Op, Rec, Saved, SpaceView } from "../../../sync/client/types.ts";
import type { Answer, Category, Day, PersonID, RecordID, Sector } from "../../../sync/plan/plan.gen.ts";
import { mayMake, me, space, today } from "./case.ts";
import { write } from "./keep.ts";
import type { PlanModel } from "./levels.ts";
import { membershipsIn, type Person, personIn } from "./people.ts";
import { newID, ofKind } from "./store.ts";

/** What a consent counts for today: one that has run out by itself is ended (R37). */
export type Standing = "requested" | "given" | "declined" | "withdrawn" | "ended";

/** Somebody who is asked, and their last answer. */
export interface Asked {
  readonly person: Person;
  readonly answer: Answer | null;
}

/** One consent, as its screen shows it. */
export interface Consent {
  readonly rec: Rec<"consent">;
  readonly standing: Standing;
  readonly asked: readonly Asked[];
  /** This person is asked and has not answered. */
  readonly isOwed: boolean;
  /** This person has said yes and may take it back. */
  readonly mayWithdraw: boolean;
  /** Those whose answer by mouth this person may write down. */
  readonly mayRecord: readonly Person[];
}

const order: readonly Standing[] = ["requested", "given", "declined", "withdrawn", "ended"];

/** All consents of the plan on the screen: what waits first, then what holds. */
export const consents = computed<readonly Consent[]>(() => {
  const { value } = space;
  if (!value) return [];
  return ofKind(value, "consent")
    .map((rec) => tellConsent(value, rec))
    .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || b.rec.seq - a.rec.seq);
});

function tellConsent(of: SpaceView, rec: Rec<"consent">): Consent {
  const mine = me.value?.person;
  const asked = (rec.f.requiredFrom ?? []).flatMap((id) => {
    const who = personIn(of, id);
    return who ? [{ person: who, answer: lastAnswer(of, rec.id, id) }] : [];
  });
  const standing = standingOf(rec, today.value);
  const own = asked.find(({ person }) => person.id === mine);
  const mayAnswer = mayMake(me.value, "consentAnswer");
  const isAtWork = mayMake(me.value, "consent");
  const isOpen = standing === "requested";
  return {
    rec,
    standing,
    asked,
    isOwed: isOpen && mayAnswer && own?.answer === null,
    mayWithdraw: mayAnswer && own?.answer === "yes" && (isOpen || standing === "given"),
    mayRecord: isOpen && isAtWork ? asked.flatMap(({ person, answer }) => (answer === null ? [person] : [])) : [],
  };
}

function standingOf({ f }: Rec<"consent">, day: Day): Standing {
  if (f.state === "given" && f.validTo && f.validTo < day) return "ended";
  return (f.state as Standing | undefined) ?? "requested";
}

// What is not sent yet has no number and is the newest.
function lastAnswer(of: SpaceView, consent: RecordID, who: PersonID): Answer | null {
  const answers = ofKind(of, "consentAnswer").filter(
    ({ f }) => (f.consent as string) === (consent as string) && f.person === who,
  );
  const [last] = answers.sort((a, b) => (b.seq || Infinity) - (a.seq || Infinity));
  return last?.f.answer ?? null;
}

/** Whether somebody is asked in a plan and has not answered, for "I dag". */
export function owedBy(of: SpaceView, who: PersonID): readonly Rec<"consent">[] {
  return ofKind(of, "consent").filter(
    (rec) => rec.f.state === "requested" && rec.f.requiredFrom?.includes(who) && lastAnswer(of, rec.id, who) === null,
  );
}

/** Answers; for oneself, or for somebody who said it by mouth. */
export function answer(consent: RecordID, what: Answer, person?: PersonID): Promise<Saved> {
  const op: Op = {
    rec: newID<RecordID>(),
    kind: "consentAnswer",
    new: { consent, answer: what, ...(person && { person }) },
  };
  return write([op]);
}

/** What can be asked for. */
export const categories: readonly Category[] = ["plan", "health", "social"];

/** The services of the people in this plan, apart from the family. */
export const services = computed<readonly Sector[]>(() => {
  const { value } = space;
  const found = new Set<Sector>();
  for (const { f } of ofKind(value, "person")) {
    if (f.sector && f.sector !== "family" && f.sector !== "network") found.add(f.sector);
  }
  return [...found].sort();
});

/** Whom to ask: the young person from the age at which they answer for themselves, else all who hold custody (R34). */
export const whoAnswers = computed<readonly Person[]>(() => {
  const { value } = space;
  if (!value) return [];
  const child = ofKind(value, "child")[0]?.f;
  const ages = ofKind(value, "model").map(({ f }) => (f as PlanModel).local?.consentAge ?? 15);
  const isOld =
    child?.birthYear !== undefined && Number(today.value.slice(0, 4)) - child.birthYear > Math.max(15, ...ages);
  const own = isOld ? personIn(value, child?.person) : null;
  if (own) return [own];
  return membershipsIn(value, today.value).flatMap(({ f }) => {
    const who = f.role === "guardian" && f.custody !== "none" ? personIn(value, f.person) : null;
    return who ? [who] : [];
  });
});

export const mayAskConsent = computed(() => mayMake(me.value, "consent"));

/** What somebody asks the family for. */
export interface Wish {
  readonly purpose: string;
  readonly from: ReadonlySet<Sector>;
  readonly to: ReadonlySet<Sector>;
  readonly categories: ReadonlySet<Category>;
}

/** Asks the family; nothing is shared before all of them have said yes. */
export function askConsent({ purpose, from, to, categories }: Wish): Promise<Saved> {
  return write([
    {
      rec: newID<RecordID>(),
      kind: "consent",
      new: {
        purpose,
        fromSectors: [...from],
        toSectors: [...to],
        categories: [...categories],
        requiredFrom: whoAnswers.value.map(({ id }) => id),
      },
    },
  ]);
}
