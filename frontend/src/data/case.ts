import { computed, signal } from "@preact/signals";
import type { Me, Rec, SpaceView } from "../../../sync/client/types.ts";
import type { Day, Kind, PersonID, SpaceID } from "../../../sync/plan/plan.gen.ts";
import { hosted, owners } from "../../../sync/rules/owners.gen.ts";
import { dayOf, type Zone } from "../text/dates.ts";
import { now } from "./clock.ts";
import { find, ofKind, spaces } from "./store.ts";

/** One plan: a space that holds a case. */
export interface Plan {
  readonly space: SpaceView;
  readonly case: Rec<"case">;
}

const lastKey = "samspor.case";

/** The plan that the address names. */
export const caseID = signal<SpaceID | null>(null);

/** Every plan this person may see, by name. */
export const plans = computed<readonly Plan[]>(() => {
  const found: Plan[] = [];
  for (const space of spaces.value.values()) {
    const one = ofKind(space, "case")[0];
    if (one) found.push({ space, case: one });
  }
  return found.sort((a, b) => planName(a.space).localeCompare(planName(b.space)));
});

/** The plan on the screen. */
export const plan = computed<Plan | null>(() => plans.value.find(({ space }) => space.id === caseID.value) ?? null);
/** The space of the plan on the screen. */
export const space = computed<SpaceView | null>(() => plan.value?.space ?? null);
/** Who this person is in the plan on the screen. */
export const me = computed<Me | null>(() => meIn(space.value));
/** Whether this person sees the whole plan, or only its core and what is their own (R44, R45). */
export const seesAll = computed(() => {
  const role = me.value?.role;
  return role === "guardian" || role === "professional" || role === "professional_lead";
});
export const zone = computed<Zone>(() => zoneOf(plan.value));
/** Today, in the country of the plan on the screen. */
export const today = computed<Day>(() => dayOf(now.value, zone.value));

/** Remembers the plan, so that the app opens where it was left. Writing there waits for the disk, reading does not. */
export function remember(id: SpaceID): void {
  if (localStorage.getItem(lastKey) !== id) localStorage.setItem(lastKey, id);
}

/** The plan to open first: the one from last time, else the only one. */
export function firstPlan(): SpaceID | null {
  const last = plans.value.find(({ space: { id } }) => id === localStorage.getItem(lastKey));
  const one = last ?? (plans.value.length === 1 ? plans.value[0] : undefined);
  return one?.space.id ?? null;
}

/** The screen of a plan that was open last: where the way back from everything else leads. */
export const lastPlace = signal("/");

/** An address within the plan on the screen, or else the one from last time. */
export function path(to: string): string {
  return `/c/${caseID.value ?? firstPlan()}${to}`;
}

/** The child's first name, or what the group is called. */
export function planName(of: SpaceView): string {
  const child = ofKind(of, "child")[0]?.f.name;
  if (child) return firstWord(child);
  return ofKind(of, "case")[0]?.f.title?.split(/ [-–] |, /)[0] ?? "";
}

/** The first name. */
export function firstWord(name: string): string {
  return name.split(" ")[0] ?? name;
}

/**
 * Who this person is there. In a plan opened on this phone and not yet answered by the server, the one member is
 * the opener, who becomes its tovholder.
 */
export function meIn(of: SpaceView | null): Me | null {
  if (!of || of.me) return of?.me ?? null;
  const opener = ofKind(of, "membership")[0]?.f;
  if (!opener?.person || !opener.role) return null;
  return { person: opener.person, role: opener.role, may: opening };
}

const opening: Me["may"] = { task: { new: true, others: true, own: ["state"] }, note: { new: true } };

/** Whether this person may write a field of a record; the server has decided it, here it is only looked up. */
export function may<K extends Kind>(who: Me | null, rec: Rec<K>, field: keyof Rec<K>["f"] & string): boolean {
  const rights = who?.may[rec.kind];
  if (!who || !rights) return false;
  const name = field.startsWith("a.") ? "a." : field;
  return Boolean(
    rights.set?.includes(name) ||
      (rights.own?.includes(name) && isOwn(who.person, rec)) ||
      (rights.host?.includes(name) && hosts(who.person, rec)),
  );
}

/** Whether this person may make a record of a kind. */
export function mayMake(who: Me | null, kind: Kind): boolean {
  return who?.may[kind]?.new === true;
}

/** Whether a record is a person's own: they are responsible, help, host it, or it is about their part. */
export function isOwn(person: PersonID, rec: Rec): boolean {
  const f = rec.f as Readonly<Record<string, unknown>>;
  return (owners[rec.kind] ?? []).some((field) => {
    const whose = f[field];
    return whose === person || (Array.isArray(whose) && whose.includes(person));
  });
}

// Whether a person keeps a record as a host of its meeting. What was agreed leaves their hands with the minutes.
function hosts(person: PersonID, rec: Rec): boolean {
  const field = hosted[rec.kind];
  if (!field || (rec.kind === "task" && (rec as Rec<"task">).f.state !== "draft")) return false;
  const meeting = find(space.value, "meeting", (rec.f as Readonly<Record<string, string | undefined>>)[field]);
  return meeting !== undefined && isOwn(person, meeting);
}

export function zoneOf(of: Plan | null): Zone {
  return of?.case.f.country === "NO" ? "Europe/Oslo" : "Europe/Copenhagen";
}
