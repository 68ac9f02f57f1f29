import { computed } from "@preact/signals";
import type { Change, Rec, Saved, SpaceView } from "../../../sync/client/types.ts";
import type { Kind, RecordID } from "../../../sync/plan/plan.gen.ts";
import { momentWords } from "../text/dates.ts";
import { allQuarantined, type Found } from "./attention.ts";
import { planName, plans, today, zone } from "./case.ts";
import { personIn } from "./people.ts";
import { edit, sync } from "./store.ts";
import { aboutWords } from "./words.ts";
import { aboutIn, kindOf, type Written, writtenIn } from "./written.ts";

/** A record with a change that has not been sent. */
export interface Unsent {
  readonly key: string;
  readonly plan: string;
  readonly kind: string;
  readonly about: string;
}

/** Records that sync keeps for itself; nobody writes them. */
const kept: ReadonlySet<Kind> = new Set<Kind>(["conflict", "parked", "quarantine"]);

/** What waits for the network, over all plans. */
export const unsent = computed<readonly Unsent[]>(() =>
  plans.value.flatMap(({ space }) =>
    [...space.records.values()]
      .filter((rec) => rec.waiting && !kept.has(rec.kind))
      .map((rec) => ({ key: rec.id, plan: planName(space), kind: rec.kind, about: aboutWords(space, rec) })),
  ),
);

/** One change of somebody whose access has ended. */
export interface HandedOver {
  readonly key: string;
  readonly kind: string;
  readonly about: string;
  readonly written: readonly Written[];
}

/** What somebody wrote before their access ended, to be looked through. */
export interface Review {
  readonly id: RecordID;
  readonly space: SpaceView;
  readonly plan: string;
  readonly who: string | null;
  readonly until: string | null;
  readonly changes: readonly HandedOver[];
}

/** What the tovholder has to look through, over all plans. */
export const reviews = computed<readonly Review[]>(() => allQuarantined.value.map(tellReview));

function tellReview({ space, rec }: Found<"quarantine">): Review {
  const { person, until } = rec.f;
  return {
    id: rec.id,
    space,
    plan: planName(space),
    who: personIn(space, person)?.name ?? null,
    until: until ? momentWords(until, today.value, zone.value) : null,
    changes: changesOf(rec).map((change) => ({
      key: change.id,
      kind: kindOf(space, change.ops),
      about: aboutIn(space, change.ops),
      written: writtenIn(space, change.ops),
    })),
  };
}

// What was handed over is data that only the server writes; the client made it and knows its shape.
function changesOf(rec: Rec<"quarantine">): readonly Change[] {
  return Array.isArray(rec.f.changes) ? (rec.f.changes as readonly Change[]) : [];
}

/** It has been looked through, and is put away for good. */
export async function markReviewed(one: Review): Promise<Saved> {
  return edit(one.space.id, [{ rec: one.id, del: true }]);
}

/** Whether this phone keeps what is written, also without network for long: only then is it promised. */
export const keepsWell = computed(() => sync.value.persisted || isInstalled());

function isInstalled(): boolean {
  return (
    matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true
  );
}
