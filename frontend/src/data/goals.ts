import { computed } from "@preact/signals";
import type { Op, Rec, Saved, Value } from "../../../sync/client/types.ts";
import type { GoalID, GoalState, PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { may, me, space, today } from "./case.ts";
import { opFor, put, write } from "./keep.ts";
import { byOrder } from "./order.ts";
import { type Person, person } from "./people.ts";
import { find, newID, ofKind } from "./store.ts";

export type Goal = Rec<"goal">;

/** Goals by how far they are. */
export interface GoalGroups {
  readonly active: readonly Goal[];
  readonly proposed: readonly Goal[];
  readonly closed: readonly Goal[];
}

/** Where a goal stands; one that says nothing is a proposal. */
export const goalState = (of: Goal): GoalState => of.f.state ?? "proposed";

const byTarget = (a: Goal, b: Goal) => (a.f.targetDate ?? "9").localeCompare(b.f.targetDate ?? "9");
const inState =
  (...states: readonly GoalState[]) =>
  (one: Goal) =>
    states.includes(goalState(one));

/** The goals of the plan on the screen; a draft of a meeting is not one yet. */
export const goalGroups = computed<GoalGroups>(() => {
  const all = [...ofKind(space.value, "goal")].sort(byTarget);
  return {
    active: all.filter(inState("active")),
    proposed: all.filter(inState("proposed")),
    closed: all.filter(inState("achieved", "adjusted", "dropped")),
  };
});

/** A goal of the plan on the screen. */
export const goalWith = (id: string | undefined): Goal | undefined => find(space.value, "goal", id);

/** The tracks a goal can belong to. */
export const tracks = computed(() =>
  [...ofKind(space.value, "track")]
    .sort((a, b) => byOrder(a.f.order, b.f.order))
    .map(({ id, f }) => ({ value: id as string, words: f.label ?? "" })),
);

/** What the track of a record is called. */
export function trackName(id: string | undefined): string | null {
  return find(space.value, "track", id)?.f.label ?? null;
}

/** Who has agreed to a goal. */
export function agreedBy(of: Goal): readonly Person[] {
  return (of.f.agreedBy ?? []).map((id) => person(id)).filter((one) => one !== null);
}

/** A goal that one person has written is seen as such, so that others join in (PT4). */
export const isAlone = (of: Goal): boolean => (of.f.agreedBy ?? []).length < 2;

/** Whether this person may bring a goal into a state. */
export function mayTurn(of: Goal, to: GoalState): boolean {
  return goalState(of) !== to && may(me.value, of, "state") && mayMove("goal", "state", goalState(of), to);
}

/** A goal as it stands in the inputs; an empty text is none. */
export type GoalText = Readonly<
  Record<"title" | "childWords" | "track" | "measure" | "baseline" | "targetDate", string>
>;

export const emptyGoal: GoalText = { title: "", childWords: "", track: "", measure: "", baseline: "", targetDate: "" };

/** Proposes a goal to everybody; who writes it has agreed to it. */
export async function proposeGoal(made: GoalText): Promise<{ readonly saved: Saved; readonly id: GoalID }> {
  const id = newID<GoalID>();
  return { saved: await write([newGoal(id, made, "proposed")]), id };
}

function newGoal(id: GoalID, made: GoalText, state: GoalState): Op {
  const who = me.peek()?.person;
  const filled = Object.fromEntries(Object.entries(made).filter(([, value]) => value !== ""));
  const fields: Readonly<Record<string, Value>> = { ...filled, state, ...(who && { agreedBy: [who] }) };
  return { rec: id as string as RecordID, kind: "goal", new: fields };
}

const closing: readonly GoalState[] = ["achieved", "dropped"];

/** Brings a goal into a state, with the day of it. */
export function turnGoal(of: Goal, to: GoalState): Promise<Saved | null> {
  const day = today.peek();
  const agreed = to === "active" && !of.f.agreedAt ? { agreedAt: day } : {};
  return put(of, { state: to, closedAt: closing.includes(to) ? day : "", ...agreed });
}

/** Adjusts a goal: a new one takes its place, and the old one says which (DOMAIN 2.1). */
export async function adjustGoal(of: Goal, made: GoalText): Promise<{ readonly saved: Saved; readonly id: GoalID }> {
  const id = newID<GoalID>();
  const next = newGoal(id, made, "active");
  const people: readonly PersonID[] = of.f.agreedBy ?? [];
  const successor = "new" in next ? { ...next, new: { ...next.new, agreedBy: people, agreedAt: today.peek() } } : next;
  const old = opFor(of, { state: "adjusted", successor: id, closedAt: today.peek() });
  return { saved: await write(old ? [successor, old] : [successor]), id };
}

/** What the inputs of an adjustment begin with. */
export function goalText({ f }: Goal): GoalText {
  const { title = "", childWords = "", track = "", measure = "", latest, baseline = "", targetDate = "" } = f;
  // Where it stands now is where the next one begins.
  return { title, childWords, track, measure, baseline: latest ?? baseline, targetDate };
}

/** Says that somebody has agreed to a goal, or not after all. */
export function agreeTo(of: Goal, who: PersonID, isOn: boolean): Promise<Saved> {
  const change = { agreedBy: [who] };
  return write([{ rec: of.id, kind: "goal", ...(isOn ? { add: change } : { remove: change }) }]);
}
