import { computed } from "@preact/signals";
import type { Rec, SpaceView } from "../../../sync/client/types.ts";
import type { Day, PersonID, Sector } from "../../../sync/plan/plan.gen.ts";
import { firstWord, me, meIn, space, today } from "./case.ts";
import { find, ofKind, spaces } from "./store.ts";

/** A person as the screens show them. */
export interface Person {
  readonly id: PersonID;
  readonly name: string;
  readonly first: string;
  readonly initials: string;
  readonly title: string;
  readonly organisation: string;
  readonly sector: Sector;
  readonly phone: string | null;
  readonly bestTime: string | null;
  readonly isMe: boolean;
}

/** A person of a plan; null when this phone may not know them. */
export function personIn(of: SpaceView | null, id: PersonID | undefined): Person | null {
  const f = find(of, "person", id)?.f;
  if (!id || !f?.name) return null;
  const reach = ofKind(of, "reach").find((rec) => rec.f.person === id)?.f;
  const contact = ofKind(of, "contactPerson").find((rec) => rec.f.person === id && rec.f.bestTime)?.f;
  return {
    id,
    name: f.name,
    first: firstWord(f.name),
    initials: initials(f.name),
    title: f.title ?? "",
    organisation: f.organisation ?? "",
    sector: f.sector ?? "other",
    phone: reach?.phone ?? null,
    bestTime: reach?.bestTime ?? contact?.bestTime ?? null,
    isMe: of?.me?.person === id,
  };
}

/** A person of the plan on the screen. */
export function person(id: PersonID | undefined): Person | null {
  return personIn(space.value, id);
}

/** Me, in the plan on the screen. */
export const myself = computed(() => person(me.value?.person));

/** My name: in the plan on the screen, else in any space that knows it. */
export const myName = computed<string | null>(() => {
  if (myself.value) return myself.value.name;
  for (const of of spaces.value.values()) {
    const name = personIn(of, of.me?.person)?.name;
    if (name) return name;
  }
  return null;
});

/** "SR" of "Signe Rosenvang". */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? "");
  return letters.join("").toUpperCase();
}

/** The assignments that hold on a day, the widest first. */
export function heldIn(of: SpaceView | null, day: Day): readonly Rec<"tovholder">[] {
  return ofKind(of, "tovholder")
    .filter(({ f }) => (f.from ?? "") <= day && (!f.to || f.to >= day))
    .sort((a, b) => (b.f.scope?.length ?? 0) - (a.f.scope?.length ?? 0));
}

/**
 * Who holds the rope of a plan on a day: one person for all tracks, or one each. Whom the
 * family calls first stands first (TN5).
 */
export function tovholdersIn(of: SpaceView | null, day: Day): readonly Person[] {
  const ids = [...new Set(heldIn(of, day).map(({ f }) => f.person))];
  const first = ofKind(of, "case")[0]?.f.firstContact;
  ids.sort((a, b) => Number(b === first) - Number(a === first));
  return ids.map((id) => personIn(of, id)).filter((one) => one !== null);
}

/** Who holds the rope of the plan on the screen. */
export const tovholders = computed(() => tovholdersIn(space.value, today.value));

/** The memberships that hold on a day. */
export function membershipsIn(of: SpaceView | null, day: Day): readonly Rec<"membership">[] {
  return ofKind(of, "membership").filter(({ f }) => (f.from ?? "") <= day && (!f.to || f.to >= day));
}

/** Everybody who is in a plan on a day and can do something in it; me first, then by name. */
export function membersIn(of: SpaceView | null, day: Day): readonly Person[] {
  return membershipsIn(of, day)
    .map(({ f }) => personIn(of, f.person))
    .filter((one) => one !== null)
    .sort((a, b) => Number(b.isMe) - Number(a.isMe) || a.name.localeCompare(b.name));
}

/** Everybody who is in the plan on the screen today. */
export const members = computed<readonly Person[]>(() => membersIn(space.value, today.value));

const municipality: ReadonlySet<Sector> = new Set<Sector>([
  "daycare",
  "school",
  "leisure",
  "educational_psychology",
  "health_visiting",
  "social_services",
  "municipal_treatment",
  "child_welfare",
  "coordinating_unit",
]);

/** Those of the municipality: who catches a child when psychiatry says no or ends (NO6). */
export const municipal = computed<readonly Person[]>(() =>
  members.value.filter(({ sector }) => municipality.has(sector)),
);

/** Whom this person may give a new task to: everybody who takes part, or only themself. */
export function doersIn(of: SpaceView | null, day: Day): readonly Person[] {
  const others = meIn(of)?.may.task?.others === true;
  return membersIn(of, day).filter(({ isMe }) => isMe || others);
}
