import type { Op, Rec, Saved, Value } from "../../../sync/client/types.ts";
import type { Kind } from "../../../sync/plan/plan.gen.ts";
import { space } from "./case.ts";
import { edit } from "./store.ts";

type Fields = Readonly<Record<string, Value>>;

let last: Promise<Saved | null> = Promise.resolve(null);

/** Writes one change into the plan on the screen; it can be waited for with `kept`. */
export function write(ops: readonly Op[]): Promise<Saved> {
  const current = space.peek();
  const saving: Promise<Saved> = current ? edit(current.id, ops) : Promise.resolve({ ok: false, code: "failed" });
  last = saving;
  return saving;
}

/** The last change that a form made while it was filled in; what is sent must come after it. */
export function kept(): Promise<Saved | null> {
  return last;
}

/** The write that brings a record's fields to these values, with the values that were seen; null if it holds them already. */
export function opFor<K extends Kind>(rec: Rec<K>, values: Fields): Op | null {
  const seen = rec.f as Fields;
  const differs = ([name, value]: [string, Value]) => (value === "" ? null : value) !== (seen[name] ?? null);
  const changed = Object.entries(values).filter(differs);
  if (changed.length === 0) return null;
  const set = Object.fromEntries(changed.map(([name, value]) => [name, value === "" ? null : value]));
  const was = Object.fromEntries(changed.map(([name]) => [name, seen[name] ?? null]));
  return { rec: rec.id, kind: rec.kind, set, was };
}

/** Writes what differs from the record, and nothing else; null when nothing does. */
export async function put<K extends Kind>(rec: Rec<K>, values: Fields): Promise<Saved | null> {
  const op = opFor(rec, values);
  return op ? write([op]) : null;
}
