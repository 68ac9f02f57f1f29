/** Applies changes to the records of one space: the phone's replay. Go's twin is merge.go; vectors/ holds both to the same answers. */
import type { RecordID } from "../plan/plan.gen.ts";
import type { Op, Rec } from "./record.ts";

/** The records of one space. */
export type Records = ReadonlyMap<RecordID, Rec>;

/** What a replay knows about the change beside its ops. */
export interface Made {
  /** Not yet answered by the server. */
  readonly waiting: boolean;
}

/** The records after one change. What did not change stays the same object, the map included. */
export function apply(records: Records, ops: readonly Op[], made: Made): Records {
  return replay(records, [{ ops, made }]);
}

/** The records after several changes, in order. */
export function replay(
  records: Records,
  changes: Iterable<{ readonly ops: readonly Op[]; readonly made: Made }>,
): Records {
  const draft = new Draft(records);
  for (const { ops, made } of changes) for (const op of ops) applyOp(draft, op, made);
  return draft.records;
}

/** Whether two values that travelled as JSON are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const mine = Object.entries(a);
  const other = b as Readonly<Record<string, unknown>>;
  return (
    mine.length === Object.keys(b).length && mine.every(([key, v]) => Object.hasOwn(other, key) && same(v, other[key]))
  );
}

/** Copies the map on the first write only, so that 200 changes cost one copy and an empty one none. */
class Draft {
  records: Records;
  #mine: Map<RecordID, Rec> | undefined;

  constructor(records: Records) {
    this.records = records;
  }

  put(rec: Rec): void {
    this.#mine ??= new Map(this.records);
    this.records = this.#mine;
    this.#mine.set(rec.id, rec);
  }
}

type Fields = Record<string, unknown>;

function applyOp(draft: Draft, op: Op, made: Made): void {
  const rec = "rec" in op ? draft.records.get(op.rec) : undefined;
  if ("conflict" in op) {
    settle(draft, op, made);
  } else if ("new" in op) {
    // An existing one was made by this same change (an answer got lost) or the server parks it: no effect either way.
    if (!rec) draft.put(written({ id: op.rec, kind: op.kind, f: {}, seq: 0 }, op.new, made));
  } else if (!rec) {
    return; // gone from this member's sight: the server will say what becomes of the change
  } else if ("del" in op) {
    if (!rec.del) draft.put(stamped({ ...rec, del: true }, made));
  } else if ("restore" in op) {
    const { del, ...back } = rec;
    if (del) draft.put(stamped(back, made));
  } else if (!rec.del) {
    put(draft, rec, edited(rec, op, made)); // an edit of a deleted record keeps it as it was
  }
}

function settle(draft: Draft, op: Extract<Op, { conflict: RecordID }>, made: Made): void {
  const conflict = draft.records.get(op.conflict);
  if (conflict?.kind !== "conflict") return;
  const { record, field, claimed, state } = conflict.f as Rec<"conflict">["f"];
  const rec = record !== undefined && draft.records.get(record);
  if (!rec || field === undefined || state === "settled") return;
  const values = { mine: claimed ?? null, value: op.set?.[field], theirs: (rec.f as Fields)[field] ?? null };
  const value = values[op.choose];
  if (value === undefined) return; // a choice without its value is no choice
  draft.put(written(conflict, { state: "settled" }, made));
  put(draft, rec, written(rec, { [field]: value }, made));
}

function put(draft: Draft, before: Rec, after: Rec): void {
  if (!same(before.f, after.f)) draft.put(after);
}

function written(rec: Rec, values: Readonly<Fields>, made: Made): Rec {
  const f: Fields = { ...rec.f };
  for (const [field, value] of Object.entries(values)) {
    if (value === null) delete f[field];
    else f[field] = isSet(value) ? sorted(value) : value;
  }
  return stamped({ ...rec, f } as Rec, made);
}

function edited(
  rec: Rec,
  op: Exclude<Op, { new: unknown } | { del: true } | { restore: true } | { conflict: unknown }>,
  made: Made,
): Rec {
  const after = written(rec, op.set ?? {}, made);
  const f = after.f as Fields;
  for (const [field, ids] of Object.entries(op.add ?? {})) {
    const now = f[field] ?? [];
    if (ids.length > 0 && isSet(now)) f[field] = sorted([...now, ...ids]);
  }
  for (const [field, ids] of Object.entries(op.remove ?? {})) {
    const now = f[field];
    if (isSet(now)) f[field] = now.filter((id) => !ids.includes(id));
  }
  return after;
}

function stamped(rec: Rec, made: Made): Rec {
  return made.waiting ? { ...rec, waiting: true } : rec;
}

function isSet(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((v) => typeof v === "string");
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
