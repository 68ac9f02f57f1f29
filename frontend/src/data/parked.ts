import { computed, signal } from "@preact/signals";
import type { ParkedFields, Rec, Saved, SpaceView } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import type { Key } from "../text/catalogue.ts";
import { type Again, againIn, nothing, opsWith } from "./again.ts";
import { allParked, type Found, opsOf, replacedBy } from "./attention.ts";
import { planName } from "./case.ts";
import { edit } from "./store.ts";
import { hrefOf, wordsOf } from "./words.ts";
import { aboutIn, kindOf, targetOf, type Written, writtenIn } from "./written.ts";

/** A change of mine that the plan did not take, and what can be done about it. */
export interface Parked {
  readonly id: RecordID;
  readonly space: SpaceView;
  readonly plan: string;
  readonly kind: string;
  readonly about: string;
  readonly href: string | null;
  readonly reason: Key;
  readonly written: readonly Written[];
  /** What it is about was erased for good, and so were its words. */
  readonly isErased: boolean;
  readonly again: Again;
  /** It and what it was to replace: they go together. */
  readonly all: readonly RecordID[];
  /** Thrown away a moment ago. */
  readonly isThrown: boolean;
}

/** Reasons that no other words can change. */
const final = new Set(["case.closed", "case.notOpened", "record.erased"]);
const undoTime = 8_000;
const thrown = signal<ReadonlyMap<RecordID, Found<"parked">>>(new Map());

/** Changes of mine that the plan did not take, over all plans, the oldest first. */
export const parked = computed<readonly Parked[]>(() => {
  const standing = new Map(allParked.value.map((one) => [one.rec.id, one]));
  const all = [...new Map([...thrown.value, ...standing]).values()];
  return all
    .sort((a, b) => (a.rec.f.at ?? "").localeCompare(b.rec.f.at ?? ""))
    .map((one) => tell(one, !standing.has(one.rec.id)));
});

function tell({ space, rec }: Found<"parked">, isThrown: boolean): Parked {
  const ops = opsOf(rec);
  const target = targetOf(space, ops);
  const code = codeOf(rec);
  const written = writtenIn(space, ops);
  return {
    id: rec.id,
    space,
    plan: planName(space),
    kind: kindOf(space, ops),
    about: aboutIn(space, ops),
    href: target && !target.del ? hrefOf(space, target) : null,
    reason: wordsOf("fault", code, "fault.unknown"),
    written,
    isErased: code === "record.erased",
    again: final.has(code) ? nothing : againIn(space, ops, written),
    all: [rec.id, ...replacedBy(space, rec)],
    isThrown,
  };
}

function codeOf(rec: Rec<"parked">): string {
  return (rec.f as Partial<ParkedFields>).code ?? "";
}

/** Sends it once more, as it was or with other texts, and puts the parked change away in the same breath. */
export async function sendAgain(one: Parked, texts: Readonly<Record<string, string>> = {}): Promise<Saved> {
  return edit(one.space.id, [...opsWith(one.space, one.again, texts), ...removals(one)]);
}

/** Throws it away; for a moment that can be undone. */
export async function throwAway(one: Parked): Promise<Saved> {
  const saved = await edit(one.space.id, removals(one));
  const rec = one.space.records.get(one.id) as Rec<"parked"> | undefined;
  if (!saved.ok || !rec) return saved;
  thrown.value = new Map(thrown.value).set(one.id, { space: one.space, rec });
  setTimeout(() => forget(one.id), undoTime);
  return saved;
}

/** Takes the throwing away back. */
export async function keepAfterAll(one: Parked): Promise<Saved> {
  forget(one.id);
  return edit(
    one.space.id,
    one.all.map((rec) => ({ rec, restore: true })),
  );
}

function removals(one: Parked) {
  return one.all.map((rec) => ({ rec, del: true }) as const);
}

function forget(id: RecordID): void {
  const rest = new Map(thrown.value);
  rest.delete(id);
  thrown.value = rest;
}
