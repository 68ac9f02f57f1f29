import type { Op, Rec, SpaceView } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import { t } from "../text/catalogue.ts";
import { find } from "./store.ts";
import { aboutWords, fieldWords, valueWords } from "./words.ts";

/** One thing that somebody wrote, in words. */
export interface Written {
  readonly key: string;
  readonly label: string;
  readonly text: string;
}

// What a record belongs to is said by its heading, and a new one begins where all of its kind begin.
const untold = new Set(["about", "goal", "sourceMeeting", "meeting", "item", "order"]);

/** What a change wrote, in words; putting a parked change away is no writing. */
export function writtenIn(of: SpaceView, ops: readonly Op[]): readonly Written[] {
  return ops.flatMap((op, i) => tell(of, op).map((one) => ({ ...one, key: `${i}.${one.key}` })));
}

function tell(of: SpaceView, op: Op): readonly Written[] {
  if ("new" in op) return fields(of, op.new, new Set([...untold, "state"]));
  if ("del" in op)
    return isOutbox(of.records.get(op.rec)) ? [] : [{ key: "del", label: t("waiting.deleted"), text: "" }];
  if ("restore" in op) return [{ key: "back", label: t("waiting.restored"), text: "" }];
  const { set = {} } = op;
  if ("conflict" in op) return fields(of, set, untold);
  return [...fields(of, set, untold), ...fields(of, { ...op.remove, ...op.add }, untold)];
}

function isOutbox(rec: Rec | undefined): boolean {
  return rec?.kind === "parked" || rec?.kind === "quarantine";
}

function fields(of: SpaceView, values: Readonly<Record<string, unknown>>, skip: ReadonlySet<string>) {
  return Object.entries(values)
    .filter(([field]) => !skip.has(field))
    .map(([field, value]) => ({ key: field, label: fieldWords(field), text: valueWords(of, field, value) }));
}

/** The record that a change is about: the one it edits, or what its note is about. */
export function targetOf(of: SpaceView, ops: readonly Op[]): Rec | undefined {
  for (const op of ops) {
    const id = "conflict" in op ? find(of, "conflict", op.conflict)?.f.record : op.rec;
    const rec = id === undefined ? undefined : of.records.get(id);
    if (rec && !isOutbox(rec)) return rec;
    const about = "new" in op ? of.records.get(op.new.about as RecordID) : undefined;
    if (about) return about;
  }
  return undefined;
}

/** What a change is about, in words: its record's title, or that of the record it was to make. */
export function aboutIn(of: SpaceView, ops: readonly Op[]): string {
  const made = ops.find((op) => "new" in op);
  const title = made && "new" in made ? made.new.title : undefined;
  return aboutWords(of, targetOf(of, ops)) || (typeof title === "string" ? title : "");
}

/** The kind of record that a change is about, also of one that was never made. */
export function kindOf(of: SpaceView, ops: readonly Op[]): string {
  const first = ops[0];
  return first && "new" in first ? first.kind : (targetOf(of, ops)?.kind ?? "");
}
