import type { Op, Saved, Value } from "../../../sync/client/types.ts";
import { may, me, space } from "./case.ts";
import { edit } from "./store.ts";
import type { Task } from "./tasks.ts";

/** What can be put right in a task, as it stands in the inputs: helpers as ids with spaces between, "yes" for the group. */
export type Amended = Readonly<
  Record<"title" | "due" | "responsible" | "goal" | "recurring" | "helpers" | "forGroup", string>
>;

const fields = ["title", "due", "responsible", "goal", "recurring", "forGroup"] as const;

/** Whether this person may put a task right. */
export function mayAmend(of: Task): boolean {
  return fields.every((field) => may(me.value, of, field));
}

/** What the inputs begin with. */
export function amendable(of: Task): Amended {
  const { title = "", due = "", responsible = "", goal = "", recurring = "", helpers = [], forGroup } = of.f;
  return { title, due, responsible, goal, recurring, helpers: helpers.join(" "), forGroup: forGroup ? "yes" : "" };
}

/** The helpers in an input. */
export function helpersIn(text: string): readonly string[] {
  return text.split(" ").filter(Boolean);
}

/** Writes what differs from the task that was seen when the form was opened, and nothing else. */
export async function amend(of: Task, to: Amended): Promise<Saved | null> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const seen = amendable(of);
  const changed = fields.filter((field) => to[field] !== seen[field]);
  const helpers = moved(helpersIn(seen.helpers), helpersIn(to.helpers));
  if (changed.length === 0 && !helpers) return null;
  const pick = (from: Amended): Readonly<Record<string, Value>> =>
    Object.fromEntries(changed.map((field) => [field, inPlan(field, from[field])]));
  const set = changed.length > 0 ? { set: pick(to), was: pick(seen) } : {};
  return edit(current.id, [{ rec: of.id, kind: "task", ...set, ...helpers } satisfies Op]);
}

function inPlan(field: keyof Amended, text: string): Value {
  if (field === "forGroup") return text === "yes";
  return text || null;
}

// Who joins and who leaves, so that two who add a helper each keep both.
function moved(from: readonly string[], to: readonly string[]) {
  const add = to.filter((one) => !from.includes(one));
  const remove = from.filter((one) => !to.includes(one));
  if (add.length + remove.length === 0) return null;
  return {
    ...(add.length > 0 && { add: { helpers: add } }),
    ...(remove.length > 0 && { remove: { helpers: remove } }),
  };
}
