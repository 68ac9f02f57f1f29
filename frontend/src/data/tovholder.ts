import { computed } from "@preact/signals";
import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { LegalRole, PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { may, me, plan, space, today } from "./case.ts";
import { heldIn, type Person, person, tovholders } from "./people.ts";
import { edit, ofKind } from "./store.ts";

/** One person who holds the rope, and what for. */
export interface Holder {
  readonly person: Person;
  /** What the tracks are called; empty when one person holds them all. */
  readonly tracks: readonly string[];
  /** Of several, the one whom the family calls first (TN5). */
  readonly isFirst: boolean;
  /** Who steps in meanwhile, and who answers when the person is gone (TH6). */
  readonly substitute: Person | null;
  readonly unit: string;
  /** Also the coordinator of a law, in Norway (NO4). */
  readonly legalRole: LegalRole | null;
  /** The widest of the person's assignments. */
  readonly rec: Rec<"tovholder">;
}

/** Everybody who holds the rope of the plan on the screen; whom to call first stands first. */
export const holders = computed<readonly Holder[]>(() => {
  const held = heldIn(space.value, today.value);
  const isSeveral = tovholders.value.length > 1;
  return tovholders.value.flatMap((who, i) => {
    const own = held.filter(({ f }) => f.person === who.id);
    const [rec] = own;
    return rec ? [holder(who, own, rec, isSeveral, i === 0)] : [];
  });
});

function holder(
  who: Person,
  own: readonly Rec<"tovholder">[],
  rec: Rec<"tovholder">,
  isSeveral: boolean,
  isTop: boolean,
): Holder {
  return {
    person: who,
    tracks: isSeveral ? labels(new Set(own.flatMap(({ f }) => f.scope ?? []))) : [],
    isFirst: isSeveral && isTop,
    substitute: person(own.find(({ f }) => f.substitute)?.f.substitute),
    unit: own.find(({ f }) => f.unit)?.f.unit ?? "",
    legalRole: own.find(({ f }) => f.legalRole)?.f.legalRole ?? null,
    rec,
  };
}

function labels(ids: ReadonlySet<string>): readonly string[] {
  return ofKind(space.value, "track")
    .filter(({ id }) => ids.has(id))
    .map(({ f }) => f.label ?? "")
    .filter(Boolean);
}

/** The tracks in use that nobody holds (R1); none when nobody holds anything, which is said in another way. */
export const looseTracks = computed<readonly string[]>(() => {
  const held = heldIn(space.value, today.value);
  // An assignment that names no track is for all of them.
  if (held.length === 0 || held.some(({ f }) => !f.scope?.length)) return [];
  const covered = new Set<string>(held.flatMap(({ f }) => f.scope ?? []));
  const used = ofKind(space.value, "levelEntry").filter(({ f }) => !f.to && f.track && !covered.has(f.track));
  return labels(new Set(used.map(({ f }) => f.track ?? "")));
});

/** Whether this person may say whom the family calls first. */
export const mayChooseFirst = computed(() => plan.value !== null && may(me.value, plan.value.case, "firstContact"));

/** Says whom the family calls first. */
export async function chooseFirst(who: PersonID): Promise<Saved> {
  const current = plan.peek();
  if (!current) return { ok: false, code: "failed" };
  const { id, f } = current.case;
  const was = { firstContact: f.firstContact ?? null };
  return edit(current.space.id, [{ rec: id, kind: "case", set: { firstContact: who }, was }]);
}

/** Whether this person may say who steps in for a tovholder. */
export function mayBackUp(of: Holder): boolean {
  return may(me.value, of.rec, "substitute");
}

/** Says who steps in, and which unit answers when the person is gone (TH6). */
export async function backUp(of: Holder, substitute: PersonID | "", unit: string): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const { id, f } = of.rec;
  const was = { substitute: f.substitute ?? null, unit: f.unit ?? null };
  return edit(current.id, [
    { rec: id as RecordID, kind: "tovholder", set: { substitute: substitute || null, unit: unit || null }, was },
  ]);
}
