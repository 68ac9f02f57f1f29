import { computed } from "@preact/signals";
import type { Op, ParkedFields, Rec, SpaceView } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import type { Key } from "../text/catalogue.ts";
import { may, meIn, plans, space } from "./case.ts";
import { now } from "./clock.ts";
import { ofKind, sync } from "./store.ts";

/** A field that two have changed, where it stands. */
export interface Clash {
  readonly space: SpaceView;
  readonly rec: Rec<"conflict">;
  /** The record it is about. */
  readonly target: Rec;
}

/** A record that waits for this person's eyes, where it stands. */
export interface Found<K extends "parked" | "quarantine"> {
  readonly space: SpaceView;
  readonly rec: Rec<K>;
}

/** A way from a record to its two versions. */
export interface ClashLink {
  readonly href: string;
  readonly words: Key;
  readonly mayChoose: boolean;
}

/** The conflicts of a space whose record is still there. */
export function clashesIn(of: SpaceView): readonly Clash[] {
  return ofKind(of, "conflict").flatMap((rec) => {
    const target = rec.f.record === undefined ? undefined : of.records.get(rec.f.record);
    return target && !target.del ? [{ space: of, rec, target }] : [];
  });
}

export const isOpenClash = ({ rec }: Clash): boolean => rec.f.state === "open";

/** Whether this person may settle it: who may write the field. */
export function mayChoose({ space: of, rec, target }: Clash): boolean {
  return rec.f.field !== undefined && may(meIn(of), target, rec.f.field as never);
}

/** The open conflict about a record of the plan on the screen, and how to get to it. */
export function clashOn(id: RecordID): ClashLink | null {
  const clash = space.value && clashesIn(space.value).find((one) => isOpenClash(one) && one.target.id === id);
  if (!clash) return null;
  const person = meIn(clash.space)?.person;
  const { keptBy, claimedBy } = clash.rec.f;
  const isMine = keptBy !== claimedBy && (keptBy === person || claimedBy === person);
  const chooses = mayChoose(clash);
  const words = chooses ? (isMine ? "waiting.both" : "waiting.two") : "waiting.see";
  return { href: `/waiting#${clash.rec.id}`, words, mayChoose: chooses };
}

/** What a parked change wanted. The change is data that only the server writes; the client knows its shape. */
export function opsOf(rec: Rec<"parked">): readonly Op[] {
  return (rec.f as Partial<ParkedFields>).change?.ops ?? [];
}

/** Parked changes that a parked change was to replace: when it is parked itself, only the newer is shown. */
export function replacedBy(of: SpaceView, rec: Rec<"parked">): readonly RecordID[] {
  return opsOf(rec).flatMap((op) => ("del" in op && of.records.get(op.rec)?.kind === "parked" ? [op.rec] : []));
}

/** The changes of mine that a plan did not take, and that still stand. */
export function parkedIn(of: SpaceView): readonly Rec<"parked">[] {
  const all = ofKind(of, "parked");
  const replaced = new Set(all.flatMap((rec) => replacedBy(of, rec)));
  // A change that only put another away is no news: what it was about is shown instead, or gone.
  const isNews = (rec: Rec<"parked">) => opsOf(rec).length === 0 || opsOf(rec).length > replacedBy(of, rec).length;
  return all.filter((rec) => !replaced.has(rec.id) && isNews(rec));
}

/** Changes of mine that the plan did not take, over all plans. */
export const allParked = computed<readonly Found<"parked">[]>(() =>
  plans.value.flatMap(({ space: of }) => parkedIn(of).map((rec) => ({ space: of, rec }))),
);

/** Conflicts of all plans, the settled ones among them. */
export const allClashes = computed<readonly Clash[]>(() => plans.value.flatMap(({ space: of }) => clashesIn(of)));

/** What somebody wrote before their access ended; only the tovholder gets to see it. */
export const allQuarantined = computed<readonly Found<"quarantine">[]>(() =>
  plans.value.flatMap(({ space: of }) => ofKind(of, "quarantine").map((rec) => ({ space: of, rec }))),
);

/** How many things this person should look at. */
export const attention = computed(
  () =>
    allParked.value.length +
    allQuarantined.value.length +
    allClashes.value.filter((one) => isOpenClash(one) && mayChoose(one)).length,
);

const day = 24 * 3_600_000;
/** Something has waited for the network for more than a day: this is said loudly. */
export const isWaitingLong = computed(() => sync.value.oldest !== null && now.value - sync.value.oldest > day);
