import type { Op, Saved } from "../../../sync/client/types.ts";
import type { PersonID, RecordID, Role, Sector } from "../../../sync/plan/plan.gen.ts";
import { type Key, t } from "../text/catalogue.ts";
import { space, today } from "./case.ts";
import { opFor, write } from "./keep.ts";
import { circleOf, rowOf } from "./kinds.ts";
import { type Meeting, type Participant, participants } from "./meetings.ts";
import { membersIn, type Person, person, tovholders } from "./people.ts";
import { newID, ofKind } from "./store.ts";

/** Everybody who can be asked to a meeting: who takes part in the plan, apart from the one who calls it. */
export function askable(of: Meeting): readonly Person[] {
  return membersIn(space.value, today.value).filter(({ id }) => id !== of.f.convenor);
}

/** Those of the family who can say whom they want there: its adults, and the child. */
export function familyOf(): readonly Person[] {
  return membersIn(space.value, today.value).filter(({ id }) => isFamily(roleIn(id)));
}

function isFamily(role: Role | undefined): boolean {
  return role === "child" || role === "guardian" || role === "guardian_limited";
}

function roleIn(id: PersonID): Role | undefined {
  return ofKind(space.value, "membership").find(({ f }) => f.person === id)?.f.role;
}

const roleOfSector: Readonly<Partial<Record<Sector, string>>> = {
  family: "guardian",
  network: "network",
  daycare: "everyday",
  school: "everyday",
  leisure: "everyday",
  educational_psychology: "adviser",
  health_visiting: "adviser",
  municipal_treatment: "adviser",
  social_services: "municipality",
  child_welfare: "municipality",
  coordinating_unit: "municipality",
  general_practice: "health",
  child_psychiatry: "health",
  hospital_paediatrics: "health",
  specialist: "health",
};

/** What somebody is there to do, as a suggestion in the language on the screen (MT5). */
export function suggestedRole(id: PersonID, calls: boolean): string {
  const own = roleIn(id) === "child" ? "child" : isFamily(roleIn(id)) ? "guardian" : undefined;
  const name = calls ? "convenor" : (own ?? roleOfSector[person(id)?.sector ?? "other"] ?? "other");
  return t(`call.role_${name}` as Key);
}

/** The ops that ask one person to a meeting, with a suggestion of what to do there. */
export function asking(meeting: string, id: PersonID, calls = false): Op {
  const role = suggestedRole(id, calls);
  return { rec: newID<RecordID>(), kind: "participant", new: { meeting, person: id, role, reply: "not_invited" } };
}

/** A person's place at a meeting. */
export function placeOf(of: Meeting, id: PersonID): Participant | undefined {
  return participants(of).find(({ f }) => f.person === id);
}

/** Asks somebody, or no longer. */
export async function toggle(of: Meeting, id: PersonID): Promise<Saved> {
  const place = placeOf(of, id);
  return write([place ? { rec: place.id, del: true } : asking(of.id, id)]);
}

/** Asks those whom this kind of meeting gathers, and whoever holds the rope; the choice can be changed one by one. */
export async function suggestCircle(of: Meeting): Promise<Saved | null> {
  const row = rowOf(of.f.kind, of.f.level);
  if (!row) return null;
  const sectors = circleOf(row);
  const holders = new Set(tovholders.value.map(({ id }) => id));
  const wanted = askable(of).filter(({ id, sector }) => sectors.has(sector) || holders.has(id));
  const ops = wanted.filter(({ id }) => !placeOf(of, id)).map(({ id }) => asking(of.id, id));
  return ops.length > 0 ? write(ops) : null;
}

/** Fills in what those without a word on it are there to do, as a suggestion for each. */
export async function suggestRoles(of: Meeting): Promise<Saved | null> {
  const bare = participants(of).filter(({ f }) => f.person && !f.role?.trim());
  const ops = bare.flatMap((place) => {
    const role = suggestedRole(place.f.person as PersonID, place.f.person === of.f.convenor);
    return opFor(place, { role }) ?? [];
  });
  return ops.length > 0 ? write(ops) : null;
}
