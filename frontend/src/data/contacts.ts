import { computed } from "@preact/signals";
import type { Op, Rec, Saved, SpaceView } from "../../../sync/client/types.ts";
import type { Day, ModelID, PersonID, RecordID, Sector } from "../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, space, today } from "./case.ts";
import { lanes, type ModelWords } from "./levels.ts";
import { members, membershipsIn, type Person, person, personIn, tovholders } from "./people.ts";
import { type NewPerson, opsForPerson } from "./persons.ts";
import { edit, newID, ofKind } from "./store.ts";

/** The one to call in a sector. */
export interface Contact {
  readonly key: string;
  readonly sector: Sector;
  readonly person: Person;
  readonly isSingleEntry: boolean;
  /** Who answers when the contact is away. */
  readonly deputy: Person | null;
  /** Fixed times for a talk, as people say them (CP5). */
  readonly times: string;
  /** The step it is agreed for, told only where a sector has several contacts. */
  readonly step: { readonly word: ModelWords; readonly n: number } | null;
  readonly rec: Rec<"contactPerson">;
}

function activeIn(of: SpaceView | null, day: Day): readonly Rec<"contactPerson">[] {
  return ofKind(of, "contactPerson").filter(({ f }) => !f.to || f.to >= day);
}

/** One way in for each sector, as long as it holds; the authority first when the family has a case there (CP7). */
export const contacts = computed<readonly Contact[]>(() => {
  const active = activeIn(space.value, today.value);
  return active
    .flatMap((rec) => contact(rec, active) ?? [])
    .sort((a, b) => Number(isAuthority(b.sector)) - Number(isAuthority(a.sector)));
});

function contact(rec: Rec<"contactPerson">, all: readonly Rec<"contactPerson">[]): Contact | null {
  const { f } = rec;
  const who = person(f.person);
  // The tovholder stands above them all, once.
  if (!who || tovholders.value.some(({ id }) => id === who.id)) return null;
  const isSeveral = all.filter((other) => other.f.sector === f.sector).length > 1;
  const word = lanes.value.find(({ model }) => model === f.model)?.word;
  return {
    key: rec.id,
    sector: f.sector ?? who.sector,
    person: { ...who, bestTime: f.bestTime ?? who.bestTime },
    isSingleEntry: f.singleEntry === true,
    deputy: person(f.deputy),
    times: f.meetingTimes ?? "",
    step: isSeveral && word && f.level !== undefined ? { word, n: f.level } : null,
    rec,
  };
}

/** Everybody else in the plan, apart from me. */
export const otherPeople = computed(() => {
  const shown = new Set([...tovholders.value, ...contacts.value.map((one) => one.person)].map(({ id }) => id));
  return members.value.filter(({ id, isMe }) => !isMe && !shown.has(id));
});

// Sectors that a step brings in, beside those of the people in the plan (CP3).
const ofSteps: Readonly<Record<string, Readonly<Record<number, readonly Sector[]>>>> = {
  "randers-5x2": { 4: ["educational_psychology"], 5: ["social_services"] },
  "sst-buc-4": { 3: ["child_psychiatry", "general_practice"], 4: ["general_practice"] },
  "no-bti-0-3": {},
};
// The family and its own people are no place that one needs a way into.
const noPlace: readonly Sector[] = ["family", "network", "other"];

/** A sector that takes part and has no contact (CP1, CP4). */
export interface Gap {
  readonly sector: Sector;
  /** The step that its contact is written for. */
  readonly model: ModelID;
  readonly level: number;
}

/** The sectors of the plan on the screen that lack a contact. */
export const gaps = computed<readonly Gap[]>(() => {
  const active = activeIn(space.value, today.value);
  const held = new Set([...active.map(({ f }) => f.sector), ...noPlace]);
  return [...needed.value].filter(([sector]) => !held.has(sector)).map(([, gap]) => gap);
});

const needed = computed<ReadonlyMap<Sector, Gap>>(() => {
  const found = new Map<Sector, Gap>();
  const [first] = lanes.value;
  if (!first) return found;
  for (const { model, now } of lanes.value) {
    const level = now.f.level ?? 0;
    for (const sector of ofSteps[model]?.[level] ?? []) found.set(sector, { sector, model, level });
  }
  for (const { sector } of members.value) {
    if (!found.has(sector)) found.set(sector, { sector, model: first.model, level: first.now.f.level ?? 0 });
  }
  return found;
});

/** Whether this person may write a contact in. */
export const mayAddContact = computed(() => mayMake(me.value, "contactPerson"));

/** Whether this person may put another in a contact's place. */
export function mayReplace(of: Contact): boolean {
  return may(me.value, of.rec, "person");
}

// The Danish ladder's last level is the family centre's; there the family has a case.
const familyLevel = { model: "randers-5x2", level: 5 };
const isAuthoritySector: readonly Sector[] = ["social_services", "child_welfare"];

/** Whether the family of a plan has a case at the municipality's family centre (CP7, EX5). */
export function hasFamilyCase(of: SpaceView | null): boolean {
  return ofKind(of, "levelEntry").some(
    ({ f }) => !f.to && f.model === familyLevel.model && f.level === familyLevel.level,
  );
}

function isAuthority(sector: Sector): boolean {
  return isAuthoritySector.includes(sector) && hasFamilyCase(space.value);
}

/** Who has the family's case: the contact of the authority, else the one of its people in the plan. */
export function caseWorkerIn(of: SpaceView, day: Day): Person | null {
  if (!hasFamilyCase(of)) return null;
  const contacted = activeIn(of, day).find(({ f }) => f.sector && isAuthoritySector.includes(f.sector));
  if (contacted) return personIn(of, contacted.f.person);
  const there = membershipsIn(of, day).map(({ f }) => personIn(of, f.person));
  return there.find((one) => one !== null && isAuthoritySector.includes(one.sector)) ?? null;
}

/** Who has the case of the family of the plan on the screen (CP7). */
export const caseWorker = computed(() => space.value && caseWorkerIn(space.value, today.value));

/** A contact as it stands in the inputs; `person` is empty for somebody who is new in the plan. */
export interface NewContact extends NewPerson {
  readonly person: PersonID | "";
  readonly bestTime: string;
  readonly times: string;
  readonly deputy: PersonID | "";
  readonly isSingleEntry: boolean;
}

/** Fills a gap: the contact and, if need be, the person, in one change. */
export async function addContact(gap: Gap, made: NewContact): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const { who, ops } = personOf(made, gap.sector);
  const { sector, model, level } = gap;
  const fields = { sector, model, level, from: today.peek(), ...filled(contactFields(made, who)) };
  return edit(current.id, [...ops, { rec: newID<RecordID>(), kind: "contactPerson", new: fields }]);
}

/** Puts another person in a contact's place; what was said of the one before goes with them. */
export async function replaceContact(of: Contact, made: NewContact): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const { who, ops } = personOf(made, of.sector);
  const set = contactFields(made, who);
  const { person: before, bestTime, meetingTimes, deputy, singleEntry } = of.rec.f;
  const all = { person: before, bestTime, meetingTimes, deputy, singleEntry };
  const was = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? null]));
  return edit(current.id, [...ops, { rec: of.rec.id, kind: "contactPerson", set, was }]);
}

function personOf(made: NewContact, sector: Sector): { readonly who: PersonID; readonly ops: readonly Op[] } {
  return made.person ? { who: made.person, ops: [] } : opsForPerson({ ...made, sector }, today.peek());
}

function contactFields(made: NewContact, who: PersonID) {
  return {
    person: who,
    bestTime: made.bestTime || null,
    meetingTimes: made.times || null,
    deputy: made.deputy || null,
    singleEntry: made.isSingleEntry || null,
  };
}

function filled<V>(fields: Readonly<Record<string, V | null>>): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(fields).filter((one): one is [string, V] => one[1] !== null));
}
