import { computed } from "@preact/signals";
import type { Op, ParkedFields, Rec, SpaceView } from "../../../sync/client/types.ts";
import { planName, plans } from "./case.ts";
import { now } from "./clock.ts";
import { personIn } from "./people.ts";
import { find, ofKind, sync } from "./store.ts";

/** A field and what stands in it, ready to be put in words. */
export interface Value {
  readonly field: string;
  readonly text: string;
}

/** A change of mine that the plan did not take. */
export interface Parked {
  readonly key: string;
  readonly plan: string;
  readonly code: string;
  readonly kind: string;
  readonly about: string;
  readonly values: readonly Value[];
}

/** Two values for one field. */
export interface Disagreement {
  readonly key: string;
  readonly plan: string;
  readonly kind: string;
  readonly about: string;
  readonly field: string;
  readonly kept: string;
  readonly keptBy: string | null;
  readonly claimed: string;
  readonly claimedBy: string | null;
}

/** A record with a change that has not been sent. */
export interface Unsent {
  readonly key: string;
  readonly plan: string;
  readonly kind: string;
  readonly about: string;
}

/** What waits for the network, over all plans. */
export const unsent = computed<readonly Unsent[]>(() =>
  plans.value.flatMap(({ space }) =>
    [...space.records.values()]
      .filter((rec) => rec.waiting)
      .map((rec) => ({ key: rec.id, plan: planName(space), kind: rec.kind, about: titleOf(space, rec) })),
  ),
);

/** Changes of mine that the plan did not take, over all plans. */
export const parked = computed<readonly Parked[]>(() =>
  plans.value.flatMap(({ space }) => ofKind(space, "parked").map((rec) => tellParked(space, rec))),
);

/** Fields that two people have changed, over all plans. */
export const disagreements = computed<readonly Disagreement[]>(() =>
  plans.value.flatMap(({ space }) =>
    ofKind(space, "conflict")
      .filter(({ f }) => f.state === "open")
      .map((rec) => tellConflict(space, rec)),
  ),
);

/** How many things this person should look at. */
export const attention = computed(() => parked.value.length + disagreements.value.length);

const day = 24 * 3_600_000;
/** Something has waited for the network for more than a day: this is said loudly. */
export const isWaitingLong = computed(() => sync.value.oldest !== null && now.value - sync.value.oldest > day);

function tellParked(of: SpaceView, rec: Rec<"parked">): Parked {
  // The change is data that only the server writes; the client knows its shape.
  const { code, change } = rec.f as Partial<ParkedFields>;
  const ops = change?.ops ?? [];
  const first = ops[0];
  const target = first && "rec" in first ? of.records.get(first.rec) : undefined;
  const kind = target?.kind ?? (first && "kind" in first ? (first.kind ?? "") : "");
  const values = ops.flatMap((op) => written(of, op));
  return { key: rec.id, plan: planName(of), code: code ?? "", kind, about: titleOf(of, target), values };
}

function written(of: SpaceView, op: Op): readonly Value[] {
  const fields = "new" in op ? op.new : "set" in op ? (op.set ?? {}) : {};
  return Object.entries(fields)
    .filter(([field]) => field !== "about" && field !== "goal" && field !== "sourceMeeting")
    .map(([field, value]) => ({ field, text: show(of, field, value) }));
}

function tellConflict(of: SpaceView, rec: Rec<"conflict">): Disagreement {
  const { record, field = "", kept, keptBy, claimed, claimedBy } = rec.f;
  const target = record === undefined ? undefined : of.records.get(record);
  return {
    key: rec.id,
    plan: planName(of),
    kind: target?.kind ?? "",
    about: titleOf(of, target),
    field,
    kept: show(of, field, kept),
    keptBy: personIn(of, keptBy)?.first ?? null,
    claimed: show(of, field, claimed),
    claimedBy: personIn(of, claimedBy)?.first ?? null,
  };
}

function titleOf(of: SpaceView, rec: Rec | undefined): string {
  if (!rec) return "";
  const { title, meeting, about } = rec.f as { title?: string; meeting?: string; about?: string };
  return title ?? find(of, "meeting", meeting)?.f.title ?? find(of, "task", about)?.f.title ?? "";
}

// People stand as names; all else stands as it was written.
function show(of: SpaceView, field: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string")
    return Array.isArray(value) ? value.map((one) => show(of, field, one)).join(", ") : String(value);
  return personIn(of, value as Parameters<typeof personIn>[1])?.name ?? value;
}
