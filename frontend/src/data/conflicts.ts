import { computed, signal } from "@preact/signals";
import type { Op, Saved, SpaceView, Value } from "../../../sync/client/types.ts";
import { same } from "../../../sync/merge/merge.ts";
import type { PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { momentWords } from "../text/dates.ts";
import { allClashes, type Clash, isOpenClash, mayChoose } from "./attention.ts";
import { meIn, planName, plans, today, zoneOf } from "./case.ts";
import { type Field, fieldAt, type Place } from "./fields.ts";
import { personIn } from "./people.ts";
import { edit } from "./store.ts";
import { aboutWords, hrefOf, valueWords } from "./words.ts";

/** A paragraph of a version, and whether the other version has it too. */
export interface Part {
  readonly text: string;
  readonly differs: boolean;
}

/** One of two versions: who wrote it and when, as far as that is known. */
export interface Version {
  readonly who: string | null;
  readonly isMine: boolean;
  readonly when: string | null;
  readonly value: Value;
  readonly parts: readonly Part[];
}

/** Two versions of one field, side by side. */
export interface Disagreement {
  readonly id: RecordID;
  readonly space: SpaceView;
  readonly plan: string;
  readonly kind: string;
  readonly about: string;
  readonly href: string | null;
  readonly field: string;
  readonly kept: Version;
  readonly claimed: Version;
  /** What both started from, in words. */
  readonly was: string;
  readonly mayChoose: boolean;
  /** The other version can still take the place of the one that stands. */
  readonly mayTake: boolean;
  /** How a third version is written; null where that cannot be. */
  readonly third: Field | null;
  readonly isSettled: boolean;
}

/** What this person has settled since the screen was opened: it stays in sight, with what was chosen. */
const justSettled = signal<ReadonlySet<RecordID>>(new Set());

/** Fields that two people have changed, over all plans. */
export const disagreements = computed<readonly Disagreement[]>(() =>
  allClashes.value.filter((clash) => isOpenClash(clash) || justSettled.value.has(clash.rec.id)).map(tell),
);

function tell(clash: Clash): Disagreement {
  const { space, rec, target } = clash;
  const { field = "", claimed, was } = rec.f;
  const now = (target.f as Readonly<Record<string, unknown>>)[field] ?? null;
  return {
    id: rec.id,
    space,
    plan: planName(space),
    kind: target.kind,
    about: aboutWords(space, target),
    href: hrefOf(space, target),
    field,
    ...versions(clash, now as Value),
    was: valueWords(space, field, was),
    mayChoose: mayChoose(clash),
    mayTake: mayMove(target.kind, field, String(now ?? ""), String(claimed ?? "")),
    third: thirdOf({ space, kind: target.kind, now }, field),
    isSettled: !isOpenClash(clash),
  };
}

// A choice between what stands and nothing else is none.
function thirdOf(place: Place, name: string): Field | null {
  const field = fieldAt(place, name);
  return field?.shape === "choice" && field.choices.length < 2 ? null : field;
}

function versions({ space, rec }: Clash, now: Value): Pick<Disagreement, "kept" | "claimed"> {
  const { field = "", kept, keptBy, claimed, claimedBy, claimedAt } = rec.f;
  const [standing, other] = [valueWords(space, field, now), valueWords(space, field, claimed)];
  // Once it has been changed again, what stands is no longer what that person wrote.
  const by = same(now, kept ?? null) ? keptBy : undefined;
  const zone = zoneOf(plans.value.find((one) => one.space.id === space.id) ?? null);
  return {
    kept: { ...writer(space, by), when: null, value: now, parts: partsOf(standing, other) },
    claimed: {
      ...writer(space, claimedBy),
      when: claimedAt ? momentWords(claimedAt, today.value, zone) : null,
      value: (claimed ?? null) as Value,
      parts: partsOf(other, standing),
    },
  };
}

function writer(of: SpaceView, who: PersonID | undefined): Pick<Version, "who" | "isMine"> {
  return { who: personIn(of, who)?.first ?? null, isMine: who !== undefined && who === meIn(of)?.person };
}

/** A text by its paragraphs, each with whether the other text has it too; a single one is not marked. */
export function partsOf(text: string, other: string): readonly Part[] {
  const mine = text.split(/\n\s*\n/);
  const theirs = new Set(other.split(/\n\s*\n/).map((part) => part.trim()));
  const isLong = mine.length > 1 || theirs.size > 1;
  return mine.map((part) => ({ text: part, differs: isLong && !theirs.has(part.trim()) }));
}

/** Which version is to stand. */
export type Choice = "theirs" | "mine" | "value";

/** Settles a conflict with one of its versions, or a third one. */
export async function choose(one: Disagreement, how: Choice, third: Value = null): Promise<Saved> {
  const value = { theirs: one.kept.value, mine: one.claimed.value, value: third }[how];
  const op: Op = { conflict: one.id, choose: how, set: { [one.field]: value } };
  const saved = await edit(one.space.id, [op]);
  if (saved.ok) justSettled.value = new Set(justSettled.value).add(one.id);
  return saved;
}

/** The screen is left: what has been settled is no longer shown. */
export function forgetSettled(): void {
  justSettled.value = new Set();
}
