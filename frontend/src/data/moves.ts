import { monthsAfter } from "../../../sync/calendar/workdays.ts";
import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { FaultCode } from "../../../sync/fault/fault.gen.ts";
import type { LevelOutcome, RecordID } from "../../../sync/plan/plan.gen.ts";
import { askedOf, type LevelMove, missingToMove, skips } from "../../../sync/rules/level.ts";
import { mayMake, me, space, today } from "./case.ts";
import { type Lane, type Level, lanes } from "./levels.ts";
import { edit, find, newID, ofKind } from "./store.ts";

/** What somebody has written down about a move; each input by the name of its field. */
export type MoveForm = Readonly<Record<string, string>>;

/** The track that is to be moved: its lane, or one that stands on no level yet. */
export const laneOf = (track: string): Lane | undefined => lanes.value.find(({ now }) => now.f.track === track);

/** Whether this person changes levels; the server says the last word about which. */
export const mayMove = (): boolean => mayMake(me.value, "levelEntry");

/** A form as it begins: from today. */
export const newMove = (): MoveForm => ({ to: "", from: today.value });

/** The levels to choose: those that the model expects next, then the others. */
export function choicesOf(lane: Lane): { readonly expected: readonly Level[]; readonly others: readonly Level[] } {
  const next = new Set((lane.level?.outcomes ?? []).flatMap((outcome) => outcome.next));
  return {
    expected: lane.levels.filter(({ n }) => next.has(n)),
    others: lane.levels.filter(({ n }) => !next.has(n)),
  };
}

/** What a move asks for beside its reason: only what this one needs. */
export function askedFor(lane: Lane, form: MoveForm): readonly string[] {
  const step = stepOf(lane, form);
  if (step === null) return [];
  return [...(skips(step) ? ["skipReason"] : []), ...askedOf(step), ...(reviewEvery(lane, step.to) ? ["review"] : [])];
}

/** Everything that a move still lacks, as the server would say it. */
export function missing(lane: Lane, form: MoveForm): readonly FaultCode[] {
  const step = stepOf(lane, form);
  return step === null ? ["level.unknown"] : missingToMove(moveOf(lane, form, step));
}

interface Step {
  readonly model: string;
  readonly from: number;
  readonly to: number;
}

function stepOf(lane: Lane, form: MoveForm): Step | null {
  if (!form.to) return null;
  return { model: lane.model, from: lane.now.f.level ?? 0, to: Number(form.to) };
}

const reviewEvery = (lane: Lane, to: number): number => lane.levels.find(({ n }) => n === to)?.reviewEvery ?? 0;

/** The last day a review may have, and what stands there until somebody chooses a sooner one. */
export function latestReview(lane: Lane, form: MoveForm): string {
  const months = reviewEvery(lane, Number(form.to));
  return months > 0 && form.from ? monthsAfter(form.from, months) : "";
}

function moveOf(lane: Lane, form: MoveForm, step: Step): LevelMove {
  const has = (name: string): boolean => (form[name] ?? "").trim() !== "";
  const latest = latestReview(lane, form);
  return {
    ...step,
    start: form.from ?? "",
    before: lane.now.f.from ?? "",
    review: form.review || latest,
    latest,
    reason: has("reason"),
    skipReason: has("skipReason"),
    discussed: has("discussedAt") || has("skipReason"),
    leader: has("leaderInvolved"),
    leaderRole: has("leaderRole"),
    tovholder: has("nextTovholder"),
    assessments: has("assessments"),
    followUp: has("followUp"),
    startingPoint: has("startingPoint"),
    adviser: has("adviser") || has("noAdviser"),
    entryWay: has("entryWay"),
    referredTo: has("referredTo"),
    conveyed: has("conveyedAt") || lane.now.f.conveyedAt !== undefined,
  };
}

const written = [
  "from",
  "reason",
  "skipReason",
  "discussedAt",
  "leaderInvolved",
  "leaderRole",
  "nextTovholder",
  "assessments",
  "followUp",
  "startingPoint",
  "adviser",
  "noAdviser",
  "entryWay",
  "referredTo",
  "evaluation",
] as const;

/** Moves a track: the new entry, and how the one before it ended, in one change. */
export async function move(lane: Lane, form: MoveForm): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const { model, track } = lane.now.f;
  const made: Record<string, unknown> = { model, track, level: Number(form.to) };
  for (const name of written) if (form[name]?.trim()) made[name] = form[name];
  if (form.review) made.nextReview = form.review;
  const ended: Record<string, unknown> = {};
  if (form.outcome) ended.outcome = form.outcome as LevelOutcome;
  if (form.conveyedAt) ended.conveyedAt = form.conveyedAt;
  const ops: Op[] = [{ rec: newID<RecordID>(), kind: "levelEntry", new: made } as Op];
  if (Object.keys(ended).length > 0) {
    const was = Object.fromEntries(
      Object.keys(ended).map((name) => [name, (lane.now.f as Rec["f"] & Record<string, unknown>)[name] ?? null]),
    );
    ops.unshift({ rec: lane.now.id, kind: "levelEntry", set: ended, was } as Op);
  }
  return edit(current.id, ops);
}

/** Evaluations that a move can rest on, the newest first (LS3, LS30). */
export const evaluations = () =>
  [...ofKind(space.value, "evaluation")].sort((a, b) => ((a.f.at ?? "") < (b.f.at ?? "") ? 1 : -1));

/** The evaluation that an entry rests on, if it names one. */
export const evaluationOf = (entry: Rec<"levelEntry">) => find(space.value, "evaluation", entry.f.evaluation);
