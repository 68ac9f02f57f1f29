import { computed } from "@preact/signals";
import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { Day, PersonID, RecordID, Role, Sector } from "../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, plan, space, today } from "./case.ts";
import { heldIn, membershipsIn, type Person, person } from "./people.ts";
import { edit, newID, ofKind } from "./store.ts";
import { isOpen, stateOf } from "./tasks.ts";

/** Somebody who is in the plan, and how. */
export interface Place {
  readonly rec: Rec<"membership">;
  readonly person: Person;
  readonly role: Role;
  readonly since: Day | null;
  readonly until: Day | null;
  /** Always in the circle: the family, its people, and those who are with the child every day (PR4). */
  readonly isNear: boolean;
  readonly holdsRope: boolean;
}

// Who is with the child every day; the health visitor while it is a baby.
const near: readonly Sector[] = ["family", "network", "daycare", "school"];
const babyYears = 1;

/** Everybody in the plan on the screen today, the nearest first. */
export const places = computed<readonly Place[]>(() => {
  const holders = new Set(heldIn(space.value, today.value).map(({ f }) => f.person));
  return membershipsIn(space.value, today.value)
    .flatMap((rec) => {
      const who = person(rec.f.person);
      if (!who) return [];
      const { role = "contact_only", from, to } = rec.f;
      const holdsRope = holders.has(who.id);
      return [
        { rec, person: who, role, since: from ?? null, until: to ?? null, isNear: isNear(who.sector), holdsRope },
      ];
    })
    .sort((a, b) => order(a) - order(b) || a.person.name.localeCompare(b.person.name));
});

function isNear(sector: Sector): boolean {
  return near.includes(sector) || (sector === "health_visiting" && isBaby());
}

function isBaby(): boolean {
  const born = ofKind(space.value, "child")[0]?.f.birthYear;
  return born !== undefined && Number(today.value.slice(0, 4)) - born <= babyYears;
}

function order({ person: { sector }, isNear: isClose }: Place): number {
  return isClose ? near.indexOf(sector) : near.length;
}

/** Why somebody cannot leave the plan yet: they hold the rope, or have agreements that nobody else has taken on. */
export function keptBy(of: Place): { readonly why: "rope" } | { readonly why: "tasks"; readonly n: number } | null {
  if (of.holdsRope) return { why: "rope" };
  const open = ofKind(space.value, "task").filter(
    (task) => task.f.responsible === of.person.id && isOpen(task) && stateOf(task) !== "draft",
  );
  return open.length > 0 ? { why: "tasks", n: open.length } : null;
}

/** Whether this person may end somebody's part in the plan. Nobody ends their own, and the plan is the child's. */
export function mayEnd(of: Place): boolean {
  return of.role !== "child" && !of.person.isMe && may(me.value, of.rec, "to");
}

/** Ends somebody's part in the plan; the day is the last one. */
export async function endPlace(of: Place, last: Day): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const was = { to: of.rec.f.to ?? null };
  return edit(current.id, [{ rec: of.rec.id, kind: "membership", set: { to: last }, was }]);
}

/** Somebody who is new in the plan, as it stands in the inputs. */
export interface NewPerson {
  readonly name: string;
  readonly title: string;
  readonly organisation: string;
  readonly phone: string;
}

/** Whether this person may write somebody in who has no sign-in. */
export const mayAddPerson = computed(() => mayMake(me.value, "person") && mayMake(me.value, "membership"));

/** What writes somebody in without a sign-in: who they are, how to reach them, and that they are there. */
export function opsForPerson(
  made: NewPerson & { readonly sector: Sector },
  from: Day,
): { readonly who: PersonID; readonly ops: readonly Op[] } {
  const who = newID<PersonID>();
  const { name, title, organisation, sector, phone } = made;
  const about = Object.fromEntries(Object.entries({ name, title, organisation, sector }).filter(([, text]) => text));
  const reach: Op = { rec: newID<RecordID>(), kind: "reach", new: { person: who, phone } };
  const ops: readonly Op[] = [
    { rec: who as string as RecordID, kind: "person", new: about },
    ...(phone ? [reach] : []),
    { rec: newID<RecordID>(), kind: "membership", new: { person: who, role: "contact_only", from } },
  ];
  return { who, ops };
}

/** Writes somebody in who has no sign-in. */
export async function addPerson(made: NewPerson & { readonly sector: Sector }): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  return edit(current.id, opsForPerson(made, today.peek()).ops);
}

/** Who answers for the plan in the municipality (NO8). */
export const leader = computed(() => person(plan.value?.case.f.leader));

/** Whether this person may say who that is. */
export const mayChooseLeader = computed(() => plan.value !== null && may(me.value, plan.value.case, "leader"));

/** Says who answers for the plan. */
export async function chooseLeader(who: PersonID | ""): Promise<Saved> {
  const current = plan.peek();
  if (!current) return { ok: false, code: "failed" };
  const { id, f } = current.case;
  const was = { leader: f.leader ?? null };
  return edit(current.space.id, [{ rec: id, kind: "case", set: { leader: who || null }, was }]);
}
