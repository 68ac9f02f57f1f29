import { computed } from "@preact/signals";
import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { EvaluationID, EvaluationNext, RatingValue, RecordID } from "../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, space, today } from "./case.ts";
import { type Goal, goalGroups, goalWith } from "./goals.ts";
import { put, write } from "./keep.ts";
import { meeting } from "./meetings.ts";
import { find, newID, ofKind } from "./store.ts";

export type Evaluation = Rec<"evaluation">;

/** How a goal stands, in five words; never a number. */
export const ratingValues: readonly RatingValue[] = [
  "worse",
  "no_change",
  "some_progress",
  "good_progress",
  "achieved",
];

/** What may come next. */
export const nextSteps: readonly EvaluationNext[] = ["stop", "continue", "continue_adjust", "step_up", "step_down"];

/** What is proposed leads to another level, which the leader decides about. */
export const leadsToLevel = (next: EvaluationNext | undefined): boolean => next === "step_up" || next === "step_down";

/** The day of an evaluation; one that is not sent is of today. */
export function dayOfEvaluation({ f }: Evaluation): string {
  return f.at ?? meeting(f.meeting ?? "")?.f.start?.slice(0, 10) ?? today.value;
}

/** Every look back of the plan on the screen, the latest first. */
export const evaluations = computed<readonly Evaluation[]>(() =>
  [...ofKind(space.value, "evaluation")].sort((a, b) => dayOfEvaluation(b).localeCompare(dayOfEvaluation(a))),
);

/** An evaluation of the plan on the screen. */
export const evaluation = (id: string): Evaluation | undefined => find(space.value, "evaluation", id);

/** Begins a look back at a track, after a meeting if there was one; it is filled in as one goes. */
export async function beginEvaluation(about: {
  readonly track?: string;
  readonly meeting?: string;
}): Promise<{ readonly saved: Saved; readonly id: EvaluationID }> {
  const id = newID<EvaluationID>();
  const filled = Object.fromEntries(Object.entries(about).filter(([, value]) => value));
  const made = { ...filled, at: today.peek() };
  return { saved: await write([{ rec: id as string as RecordID, kind: "evaluation", new: made }]), id };
}

/** Whether this person fills an evaluation in; who wrote it is the server's to say, and mine is mine until it has. */
export function mayEvaluate(of: Evaluation): boolean {
  const isUnsent = of.waiting === true && of.f.person === undefined && mayMake(me.value, "evaluation");
  return isUnsent || may(me.value, of, "next");
}

/** The goals that an evaluation looks at: those of its track that are active, and all that it has rated. */
export function goalsIn(of: Evaluation): readonly Goal[] {
  const rated = ratingsOf(of).map(({ f }) => f.goal as string | undefined);
  const { active, closed } = goalGroups.value;
  const isOfTrack = ({ f }: Goal) => !of.f.track || f.track === of.f.track;
  const others = closed.filter(({ id }) => rated.includes(id));
  return [...active.filter((goal) => isOfTrack(goal) || rated.includes(goal.id)), ...others];
}

function ratingsOf(of: Evaluation): readonly Rec<"rating">[] {
  return ofKind(space.value, "rating").filter(({ f }) => f.evaluation === (of.id as string));
}

/** How a goal stood at an evaluation. */
export function ratingOf(of: Evaluation, goal: Goal): RatingValue | undefined {
  return ratingsOf(of).find(({ f }) => f.goal === (goal.id as string))?.f.rating;
}

/** Says how a goal stands. */
export function rate(of: Evaluation, goal: Goal, rating: RatingValue): Promise<Saved | null> {
  const held = ratingsOf(of).find(({ f }) => f.goal === (goal.id as string));
  if (held) return put(held, { rating });
  return write([{ rec: newID<RecordID>(), kind: "rating", new: { evaluation: of.id, goal: goal.id, rating } }]);
}

/** How a goal stood each time somebody looked, the latest first. */
export function ratingsFor(goal: Goal): readonly { readonly at: Evaluation; readonly rating: RatingValue }[] {
  return evaluations.value.flatMap((at) => {
    const rating = ratingOf(at, goal);
    return rating ? [{ at, rating }] : [];
  });
}

/** Proposes what comes next, or when it is looked at again. */
export function proposeNext(of: Evaluation, what: { readonly next?: string; readonly nextReview?: string }) {
  return put(of, what);
}

/** What a goal is called. */
export const goalTitle = (id: string | undefined): string => goalWith(id)?.f.title ?? "";
