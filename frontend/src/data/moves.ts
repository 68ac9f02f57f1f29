import { computed } from "@preact/signals";
import { monthsAfter } from "../../../sync/calendar/workdays.ts";
import type { Op, Rec, Saved, Value } from "../../../sync/client/types.ts";
import type { FaultCode } from "../../../sync/fault/fault.gen.ts";
import type { ModelID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { askedOf, type LevelMove, missingToMove, skips } from "../../../sync/rules/level.ts";
import { stepOwners } from "../../../sync/rules/services.gen.ts";
import { mayMake, me, plan, space, today } from "./case.ts";
import { opFor, write } from "./keep.ts";
import { type Level, lanes, type ModelWords, modelOf } from "./levels.ts";
import { byOrder } from "./order.ts";
import { myself, tovholders } from "./people.ts";
import { find, newID, ofKind } from "./store.ts";

/** What somebody has written down about a move; each input by the name of its field. */
export type MoveForm = Readonly<Record<string, string>>;

/** A track that can be moved: where it stands on its ladder, or that it stands nowhere yet. */
export interface Spot {
  readonly track: string;
  readonly label: string;
  readonly model: ModelID;
  readonly levels: readonly Level[];
  readonly level: Level | undefined;
  readonly word: ModelWords;
  readonly now: Rec<"levelEntry"> | null;
}

/** Tracks that nobody has put on a level yet, as in a plan that has just been opened. */
export const bareSpots = computed<readonly Spot[]>(() => {
  const placed = new Set<string | undefined>(lanes.value.map(({ now }) => now.f.track));
  return [...ofKind(space.value, "track")]
    .filter(({ id }) => !placed.has(id))
    .sort((a, b) => byOrder(a.f.order, b.f.order))
    .flatMap(({ id, f }) => {
      const model = modelFor(f.arena);
      if (!model) return [];
      const { levels = [], word = {} } = modelOf(model);
      return [{ track: id, label: f.label ?? "", model, levels, level: undefined, word, now: null }];
    });
});

/** The model of a problem in a part of life: that of its neighbours there, else the plan's first, and the last for a pathway. */
export function modelFor(arena: string | undefined): ModelID | undefined {
  const there = lanes.value.find(({ now }) => find(space.value, "track", now.f.track)?.f.arena === arena);
  const all = plan.value?.case.f.models ?? [];
  return (arena && there?.model) || (arena === "pathway" ? all.at(-1) : all[0]);
}

/** The track that is to be moved. */
export function spotOf(track: string): Spot | undefined {
  const lane = lanes.value.find(({ now }) => now.f.track === track);
  return lane ? { ...lane, track } : bareSpots.value.find((one) => one.track === track);
}

/** Whether this person may bring a track of a model to a level: the leader, the tovholder, or the service that owns it (R8). */
export function mayMoveTo(model: ModelID, level: number): boolean {
  if (!mayMake(me.value, "levelEntry")) return false;
  const sector = myself.value?.sector;
  const isOwner = stepOwners.some(
    (own) => own.sector === sector && (!own.model || own.model === model) && level >= own.from,
  );
  return answersForPlan() || isOwner;
}

/** Whether this person answers for the plan: its leader, and whoever holds the rope. */
export function answersForPlan(): boolean {
  return me.value?.role === "professional_lead" || tovholders.value.some(({ isMe }) => isMe);
}

/** Whether there is a level to which this person may bring a track. */
export function mayMove({ model, levels }: Pick<Spot, "model" | "levels">): boolean {
  return levels.some(({ n }) => mayMoveTo(model, n));
}

/** A form as it begins: from today. */
export const newMove = (): MoveForm => ({ to: "", from: today.value });

/** The levels to choose: those that the model expects next, then the others. */
export function choicesOf(spot: Spot): { readonly expected: readonly Level[]; readonly others: readonly Level[] } {
  const outcomes = spot.level?.outcomes ?? [];
  const next = new Set(spot.now ? outcomes.flatMap((outcome) => outcome.next) : [startOf(spot.model)]);
  const able = spot.levels.filter(({ n }) => mayMoveTo(spot.model, n));
  return { expected: able.filter(({ n }) => next.has(n)), others: able.filter(({ n }) => !next.has(n)) };
}

/** The level where a problem begins (LS10, LS11). */
export function startOf(model: ModelID): number {
  const { rules, levels } = modelOf(model);
  return rules?.startAt ?? levels?.[0]?.n ?? 1;
}

/** What the model says is done before a move (LS2c, LS20). */
export function procedureOf(level: Level | undefined, to: number) {
  return (level?.procedureOut ?? []).filter((line) => line.to === to);
}

// Asked for at a step, and not needed to take it (LS4, LS7).
const alsoAsked: readonly (readonly [model: string, to: number, what: string])[] = [
  ["sst-buc-4", 2, "efforts"],
  ["sst-buc-4", 4, "medicationBy"],
];

/** What a move asks for beside its reason: only what this one needs. */
export function askedFor(spot: Spot, form: MoveForm): readonly string[] {
  const step = stepOf(spot, form);
  if (step === null) return [];
  const also = alsoAsked.filter(([model, to]) => model === step.model && to === step.to).map(([, , what]) => what);
  const review = reviewEvery(spot, step.to) ? ["review"] : [];
  return [...(skips(step) ? ["skipReason"] : []), ...askedOf(step), ...also, ...review];
}

/** Everything that a move still lacks, as the server would say it. */
export function missing(spot: Spot, form: MoveForm): readonly FaultCode[] {
  const step = stepOf(spot, form);
  return step === null ? ["level.unknown"] : missingToMove(moveOf(spot, form, step));
}

interface Step {
  readonly model: string;
  readonly from: number | null;
  readonly to: number;
}

function stepOf(spot: Spot, form: MoveForm): Step | null {
  if (!form.to) return null;
  return { model: spot.model, from: spot.now?.f.level ?? null, to: Number(form.to) };
}

const reviewEvery = (spot: Spot, to: number): number => spot.levels.find(({ n }) => n === to)?.reviewEvery ?? 0;

/** The last day a review may have, and what stands there until somebody chooses a sooner one. */
export function latestReview(spot: Spot, form: MoveForm): string {
  const months = reviewEvery(spot, Number(form.to));
  return months > 0 && form.from ? monthsAfter(form.from, months) : "";
}

function moveOf(spot: Spot, form: MoveForm, step: Step): LevelMove {
  const has = (name: string): boolean => (form[name] ?? "").trim() !== "";
  const latest = latestReview(spot, form);
  return {
    ...step,
    start: form.from ?? "",
    before: spot.now?.f.from ?? "",
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
    conveyed: has("conveyedAt") || spot.now?.f.conveyedAt !== undefined,
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
  "medicationBy",
  "familyInformedAt",
] as const;

/** Moves a track: the new entry, and how the one before it ended, in one change. */
export async function move(spot: Spot, form: MoveForm): Promise<Saved> {
  const made: Record<string, Value> = { model: spot.model, track: spot.track, level: Number(form.to) };
  for (const name of written) if (form[name]?.trim()) made[name] = form[name];
  if (form.review) made.nextReview = form.review;
  if (form.efforts) made.efforts = form.efforts.split(" ");
  const entry: Op = { rec: newID<RecordID>(), kind: "levelEntry", new: made };
  const ended = spot.now && endOf(spot.now, form);
  return write(ended ? [ended, entry] : [entry]);
}

function endOf(now: Rec<"levelEntry">, form: MoveForm): Op | null {
  const { outcome, conveyedAt } = form;
  return opFor(now, { ...(outcome && { outcome }), ...(conveyedAt && { conveyedAt }) });
}

/** Evaluations that a move of a track can rest on, the newest first (LS3, LS30). */
export function evaluationsFor(track: string): readonly Rec<"evaluation">[] {
  return ofKind(space.value, "evaluation")
    .filter(({ f }) => !f.track || f.track === track)
    .sort((a, b) => (b.f.at ?? "").localeCompare(a.f.at ?? ""));
}

/** An evaluation of the plan on the screen. */
export function evaluation(id: string | undefined): Rec<"evaluation"> | undefined {
  return find(space.value, "evaluation", id);
}
