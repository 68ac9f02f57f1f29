import { batch, computed, signal } from "@preact/signals";
import type { Rec, Saved, SpaceView } from "../../../sync/client/types.ts";
import { same } from "../../../sync/merge/merge.ts";
import type { Day, GoalID, PersonID, RecordID, Recurring, TaskID, TaskState } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import type { Key } from "../text/catalogue.ts";
import { addDays, daysBetween } from "../text/dates.ts";
import { type ClashLink, clashOn } from "./attention.ts";
import { may, me, meIn, path, space, today } from "./case.ts";
import { put } from "./keep.ts";
import { doersIn, type Person, person } from "./people.ts";
import { edit, find, newID, ofKind } from "./store.ts";

export type Task = Rec<"task">;

/** What a row shows of a task. */
export interface TaskLine {
  readonly href: string;
  /** Null when only its date may be seen. */
  readonly title: string | null;
  readonly who: Person | null;
  readonly due: Day | null;
  readonly doneAt: Day | null;
  readonly today: Day;
  readonly state: TaskState;
  /** This person is the one who does it, not a helper. */
  readonly isMine: boolean;
  readonly isLate: boolean;
  readonly waiting: boolean;
  readonly mayTick: boolean;
  readonly mayUndo: boolean;
  /** What kind of agreement it is, unless it is a plain one. */
  readonly kind: Key | null;
  /** Two have changed it, and this person may say which holds. */
  readonly clash: ClashLink | null;
}

const undoTime = 8_000;
/** How many days a task that was done may be opened again. */
const reopenDays = 14;
/** Tasks ticked a moment ago, with the state to go back to. */
const ticked = signal<ReadonlyMap<RecordID, TaskState>>(new Map());

/** What a finger has just pressed, until the phone has kept it: the row answers at once, and goes back if it was not kept. */
const pressed = signal<ReadonlyMap<RecordID, TaskState>>(new Map());

export const stateOf = (task: Task): TaskState => task.f.state ?? "open";
export const isOpen = (task: Task): boolean => !["done", "cancelled"].includes(stateOf(task));
// Written in a meeting, and nobody's to do until its minutes are shared.
const isDraft = (task: Task): boolean => stateOf(task) === "draft";
const isLate = (task: Task, day: Day): boolean => isOpen(task) && Boolean(task.f.due && task.f.due < day);
// A task ticked a moment ago stays where it was, and one that the server has not seen stays in sight.
const isInSight = (task: Task): boolean =>
  isOpen(task) || ticked.value.has(task.id) || (stateOf(task) === "done" && task.waiting === true);

/** Whether a task is a person's to do, alone or as a helper. */
export function concerns(task: Task, who: PersonID | undefined): boolean {
  return who !== undefined && (task.f.responsible === who || (task.f.helpers?.includes(who) ?? false));
}

function byDue(a: Task, b: Task): number {
  return (a.f.due ?? "9999").localeCompare(b.f.due ?? "9999") || (a.f.title ?? "").localeCompare(b.f.title ?? "");
}

/** What this person has to do in the plan on the screen, soonest first. */
export const myTasks = computed(() => sorted(space.value, (task) => isInSight(task) && isMine(task)));
/** What the others are at, soonest first. */
export const othersTasks = computed(() => sorted(space.value, (task) => isOpen(task) && !isMine(task)));

const isMine = (task: Task): boolean => concerns(task, me.value?.person);

function sorted(of: SpaceView | null, keep: (task: Task) => boolean): readonly Task[] {
  return ofKind(of, "task")
    .filter((task) => !isDraft(task) && keep(task))
    .sort(byDue);
}

/** How many tasks wait for this person in a plan. */
export function openTasksIn(of: SpaceView): number {
  const who = meIn(of)?.person;
  return ofKind(of, "task").filter((task) => isOpen(task) && !isDraft(task) && concerns(task, who)).length;
}

/** Open tasks by when they are due, and the done ones, latest first. */
export interface Groups {
  readonly late: readonly Task[];
  readonly week: readonly Task[];
  readonly later: readonly Task[];
  readonly someday: readonly Task[];
  readonly done: readonly Task[];
}

/** The tasks of the plan on the screen, mine or everybody's. */
export function groups(whose: "mine" | "all"): Groups {
  const all = sorted(space.value, (task) => whose === "all" || isMine(task));
  const open = all.filter(isInSight);
  const sunday = endOfWeek(today.value);
  const due = (task: Task) => task.f.due ?? "";
  return {
    late: open.filter((task) => due(task) && due(task) < today.value),
    week: open.filter((task) => due(task) >= today.value && due(task) <= sunday),
    later: open.filter((task) => due(task) > sunday),
    someday: open.filter((task) => !due(task)),
    done: all
      .filter((task) => stateOf(task) === "done" && !isInSight(task))
      .sort((a, b) => (b.f.doneAt ?? "").localeCompare(a.f.doneAt ?? "")),
  };
}

/** The Sunday of a day's week. */
export function endOfWeek(day: Day): Day {
  // 1 January 2024 was a Monday.
  const weekday = ((daysBetween("2024-01-01", day) % 7) + 7) % 7;
  return addDays(day, 6 - weekday);
}

const lines = new WeakMap<Task, TaskLine>();

/** What a row shows of a task of the plan on the screen; the same object while it says the same, so that only rows with news are drawn again. */
export function taskLine(task: Task): TaskLine {
  const [before, now] = [lines.get(task), lineNow(task)];
  if (before && same(before, now)) return before;
  lines.set(task, now);
  return now;
}

function lineNow(task: Task): TaskLine {
  const state = pressed.value.get(task.id) ?? stateOf(task);
  const mayChange = may(me.value, task, "state");
  const clash = clashOn(task.id);
  return {
    href: path(`/tasks/${task.id}`),
    title: task.f.title ?? null,
    who: person(task.f.responsible),
    due: task.f.due ?? null,
    doneAt: task.f.doneAt ?? null,
    today: today.value,
    state,
    isMine: task.f.responsible !== undefined && task.f.responsible === me.value?.person,
    isLate: isLate(task, today.value),
    waiting: task.waiting === true,
    mayTick: mayChange && state !== "done" && mayMove("task", "state", state, "done"),
    mayUndo: mayChange && state === "done" && ticked.value.has(task.id),
    kind: kindOf(task),
    clash: clash?.mayChoose ? clash : null,
  };
}

/** What kind of agreement a task is, in words; null for a plain one. */
export function kindOf({ f }: Task): Key | null {
  return f.type && f.type !== "agreement" ? `tasks.type_${f.type}` : null;
}

/** The tasks that belong to a goal, soonest first. */
export function tasksFor(goal: string): readonly Task[] {
  return sorted(space.value, (task) => task.f.goal === goal && stateOf(task) !== "cancelled");
}

/** A task of the plan on the screen. */
export function task(id: string): Task | undefined {
  return find(space.value, "task", id);
}

/** Whether this person may bring a task into a state. */
export function mayBring(of: Task, to: TaskState): boolean {
  if (stateOf(of) === "done" && of.f.doneAt && addDays(of.f.doneAt, reopenDays) < today.value) return false;
  return stateOf(of) !== to && may(me.value, of, "state") && mayMove("task", "state", stateOf(of), to);
}

/** Whether this person may still say yes to a task: it is theirs, and they have not (PT8). */
export function mayTake(of: Task): boolean {
  const isTheirs = of.f.responsible !== undefined && of.f.responsible === me.value?.person;
  return isTheirs && !of.f.takenOn && stateOf(of) === "open" && may(me.value, of, "takenOn");
}

/** Says yes to a task. */
export function take(of: Task): Promise<Saved | null> {
  return put(of, { takenOn: today.peek() });
}

/** Ticks a task; for a moment it can be undone where it stands. */
export async function finish(of: Task): Promise<Saved> {
  // Both at once: a row that is drawn as done keeps its box, and the focus on it.
  const saved = await batch(() => {
    ticked.value = new Map(ticked.value).set(of.id, stateOf(of));
    return press(of, "done");
  });
  if (saved.ok) setTimeout(() => forget(of.id), undoTime);
  else forget(of.id);
  return saved;
}

/** Takes the tick back: a new change, to the state before. */
export async function reopen(of: Task): Promise<Saved> {
  const before = ticked.value.get(of.id) ?? "open";
  forget(of.id);
  return press(of, before);
}

/** Brings a task into a state and shows it meanwhile. */
async function press(of: Task, to: TaskState): Promise<Saved> {
  pressed.value = new Map(pressed.value).set(of.id, to);
  try {
    return await bring(of, to);
  } finally {
    const rest = new Map(pressed.value);
    rest.delete(of.id);
    pressed.value = rest;
  }
}

function forget(id: RecordID): void {
  const rest = new Map(ticked.value);
  rest.delete(id);
  ticked.value = rest;
}

/** Brings a task into a state, with a note about why if there is one: one change, so that both arrive or none. */
export async function bring(of: Task, to: TaskState, note = ""): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const move = { rec: of.id, kind: "task", set: { state: to }, was: { state: stateOf(of) } } as const;
  const why = { rec: newID<RecordID>(), kind: "note", new: { about: of.id, text: note } } as const;
  return edit(current.id, note ? [move, why] : [move]);
}

/** What a new task is made of. */
export interface NewTask {
  readonly title: string;
  readonly responsible: PersonID;
  readonly due: Day | "";
  readonly goal: string;
  readonly recurring: Recurring | "";
  /** It is for the class or the group, not for the child alone (PT7). */
  readonly forGroup?: boolean;
}

/** Puts a new task into the plan on the screen. */
export async function addTask(made: NewTask): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const filled = Object.fromEntries(Object.entries(made).filter(([, value]) => value !== "" && value !== false));
  // Who gives a task to themself has said yes to it.
  const taken = made.responsible === me.peek()?.person ? { takenOn: today.peek() } : {};
  const fields = { ...filled, ...taken, state: "open" };
  return edit(current.id, [{ rec: newID<TaskID>() as string as RecordID, kind: "task", new: fields }]);
}

/** Whom this person may give a new task to in the plan on the screen. */
export const doers = computed<readonly Person[]>(() => doersIn(space.value, today.value));

/** The goals a new task can belong to. */
export const goals = computed(() =>
  ofKind(space.value, "goal")
    .filter(({ f }) => f.state === "active")
    .map(({ id, f }) => ({ value: id as string as GoalID, words: f.title ?? "" })),
);

/** What a task can be for: an active goal, or the one it is for already, though that is reached. */
export function goalsFor(of: Task): readonly { readonly value: string; readonly words: string }[] {
  const { goal = "" } = of.f;
  const words = goalOf(of);
  const isOpen = goals.value.some(({ value }) => (value as string) === goal);
  return words === null || isOpen ? goals.value : [{ value: goal, words }, ...goals.value];
}

/** The goal a task belongs to, in words. */
export function goalOf(of: Task): string | null {
  return find(space.value, "goal", of.f.goal)?.f.title ?? null;
}
