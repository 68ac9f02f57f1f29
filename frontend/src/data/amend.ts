import type { Saved, Value } from "../../../sync/client/types.ts";
import { may, me, space } from "./case.ts";
import { edit } from "./store.ts";
import type { Task } from "./tasks.ts";

/** What can be put right in a task, as it stands in the inputs. */
export type Amended = Readonly<Record<"title" | "due" | "responsible", string>>;

const fields = ["title", "due", "responsible"] as const;

/** Whether this person may put a task right. */
export function mayAmend(of: Task): boolean {
  return fields.every((field) => may(me.value, of, field));
}

/** What the inputs begin with. */
export function amendable(of: Task): Amended {
  const { title = "", due = "", responsible = "" } = of.f;
  return { title, due, responsible };
}

/** Writes what differs from the task that was seen when the form was opened, and nothing else. */
export async function amend(of: Task, to: Amended): Promise<Saved | null> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const seen = amendable(of);
  const changed = fields.filter((field) => to[field] !== seen[field]);
  if (changed.length === 0) return null;
  const pick = (from: Amended): Readonly<Record<string, Value>> =>
    Object.fromEntries(changed.map((field) => [field, from[field] || null]));
  return edit(current.id, [{ rec: of.id, kind: "task", set: pick(to), was: pick(seen) }]);
}
