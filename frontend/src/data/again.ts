import type { Op, Rec, SpaceView, Value } from "../../../sync/client/types.ts";
import type { Kind, RecordID } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { may, mayMake, meIn } from "./case.ts";
import { type Field, fieldAt } from "./fields.ts";
import { find, newID } from "./store.ts";
import { targetOf, type Written } from "./written.ts";

/** How a change that was not taken can be sent after all. */
export interface Again {
  /** Put right first; sent as it was; with its record brought back; told as a note instead; or not at all. */
  readonly way: "mend" | "send" | "back" | "note" | null;
  /** What of it this person may still write. */
  readonly ops: readonly Op[];
  /** What can be put right in it, with what stands there. */
  readonly fields: readonly Mendable[];
}

/** A field of a change that can be put right. */
export interface Mendable {
  readonly key: string;
  readonly field: Field;
  readonly value: string;
}

/** What can be done about a change that was not taken, by what this person may write today. */
export function againIn(of: SpaceView, given: readonly Op[], written: readonly Written[]): Again {
  const target = targetOf(of, given);
  const ops = given.flatMap((op) => sendable(of, op));
  if (target?.del) {
    const mayBring = mayRestore(of, target) && ops.length > 0;
    return mayBring ? { way: "back", ops: [{ rec: target.id, restore: true }, ...ops], fields: [] } : nothing;
  }
  if (ops.length === 0) return noteInstead(of, target, written);
  const fields = mendables(of, ops);
  return { way: fields.length > 0 ? "mend" : "send", ops, fields };
}

/** There is nothing more to be done about it. */
export const nothing: Again = { way: null, ops: [], fields: [] };

// Who keeps all records of a kind in order may also bring one back.
function mayRestore(of: SpaceView, rec: Rec): boolean {
  return (meIn(of)?.may[rec.kind]?.set?.length ?? 0) > 0;
}

// What one may no longer write can still be told to those who may.
function noteInstead(of: SpaceView, target: Rec | undefined, written: readonly Written[]): Again {
  if (target?.kind !== "task" || !mayMake(meIn(of), "note")) return nothing;
  const text = written.map((one) => [one.label, one.text].filter(Boolean).join(": ")).join("\n");
  const ops: readonly Op[] = [{ rec: newID<RecordID>(), kind: "note", new: { about: target.id, text } }];
  return { way: "note", ops, fields: mendables(of, ops) };
}

function sendable(of: SpaceView, op: Op): readonly Op[] {
  const who = meIn(of);
  if ("new" in op) {
    const about = op.new.about as RecordID | undefined;
    if (!mayMake(who, op.kind) || (about && !of.records.has(about))) return [];
    return [of.records.has(op.rec) ? { ...op, rec: newID<RecordID>() } : op];
  }
  if ("conflict" in op) {
    // Somebody else has chosen already: what was chosen here becomes an ordinary change.
    const rec = find(of, "conflict", op.conflict)?.f.record;
    return rec && op.set ? sendable(of, { rec, set: op.set }) : [];
  }
  const rec = of.records.get(op.rec);
  if (!rec || rec.kind === "parked") return [];
  if (!("set" in op || "add" in op || "remove" in op)) return mayRestore(of, rec) ? [op] : [];
  const mine = (field: string) => may(who, rec, field as never);
  const set = only(op.set, (field, value) => mine(field) && mayMove(rec.kind, field, now(rec, field), String(value)));
  const [add, remove] = [only(op.add, mine), only(op.remove, mine)];
  if (!set && !add && !remove) return [];
  return [{ rec: rec.id, kind: rec.kind, ...(set && { set }), ...(add && { add }), ...(remove && { remove }) }];
}

function only<V>(
  values: Readonly<Record<string, V>> | undefined,
  keep: (field: string, value: V) => boolean,
): Readonly<Record<string, V>> | undefined {
  const kept = Object.entries(values ?? {}).filter(([field, value]) => keep(field, value));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function now(rec: Rec, field: string): string {
  return String((rec.f as Readonly<Record<string, unknown>>)[field] ?? "");
}

function mendables(of: SpaceView, ops: readonly Op[]): readonly Mendable[] {
  return ops.flatMap((op, i) => {
    const rec = "rec" in op ? of.records.get(op.rec) : undefined;
    const kind: Kind | undefined = "new" in op ? op.kind : rec?.kind;
    if (!kind) return [];
    return Object.entries(valuesOf(op)).flatMap(([name, value]) => {
      const place = { space: of, kind, ...(rec && { now: now(rec, name) }) };
      const field = typeof value === "string" || value === null ? fieldAt(place, name) : null;
      return field ? [{ key: `${i}.${name}`, field, value: startIn(field, value) }] : [];
    });
  });
}

function valuesOf(op: Op): Readonly<Record<string, Value>> {
  if ("new" in op) return op.new;
  return "set" in op ? (op.set ?? {}) : {};
}

// Who may no longer choose somebody begins with who can be chosen.
function startIn(field: Field, value: unknown): string {
  const text = String(value ?? "");
  const isThere = field.shape !== "choice" || field.choices.some((one) => one.value === text);
  return isThere ? text : (field.choices[0]?.value ?? "");
}

/** The ops as they are sent: with the texts that were put right, and with what stands in the plan now. */
export function opsWith(of: SpaceView, again: Again, texts: Readonly<Record<string, string>>): readonly Op[] {
  return again.ops.map((op, i): Op => {
    const put = (values: Readonly<Record<string, Value>>) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, mended(texts[`${i}.${name}`], value)]));
    if ("new" in op) return { ...op, new: put(op.new) };
    if (!("set" in op) || !op.set || !("rec" in op)) return op;
    return { ...op, set: put(op.set), was: standing(of.records.get(op.rec), Object.keys(op.set)) };
  });
}

function mended(text: string | undefined, value: Value): Value {
  return text === undefined ? value : text.trim() || null;
}

function standing(rec: Rec | undefined, fields: readonly string[]): Readonly<Record<string, Value>> {
  const f = (rec?.f ?? {}) as Readonly<Record<string, Value>>;
  return Object.fromEntries(fields.map((name) => [name, f[name] ?? null]));
}
