import type { HistoryEntry, SpaceView } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import { type Key, t } from "../text/catalogue.ts";
import { listWords, momentWords } from "../text/dates.ts";
import { ownerOf, quoted } from "../text/names.ts";
import { clashesIn, isOpenClash } from "./attention.ts";
import { space, today, zone } from "./case.ts";
import { personIn } from "./people.ts";
import { historyOf } from "./store.ts";
import { fieldWords, valueWords } from "./words.ts";

/** What one change did, in sentences. */
export interface Line {
  readonly key: number;
  readonly sentences: readonly string[];
  readonly when: string;
  /** When it was written, if it was sent much later. */
  readonly written: string | null;
}

/** Asks who changed what of a record of the plan on the screen; null without network. */
export async function askHistory(id: RecordID): Promise<readonly HistoryEntry[] | null> {
  const current = space.peek();
  return current && historyOf(current.id, id);
}

/** A record's history in sentences, the newest first. */
export function tellHistory(of: SpaceView, id: RecordID, entries: readonly HistoryEntry[]): readonly Line[] {
  return entries
    .map((entry) => ({
      key: entry.seq,
      sentences: sentences({ of, id, entry }),
      when: momentWords(entry.at, today.value, zone.value),
      written: written(entry),
    }))
    .filter((line) => line.sentences.length > 0)
    .reverse();
}

const soon = 10 * 60_000;
function written({ at, made }: HistoryEntry): string | null {
  const isLater = made !== undefined && Date.parse(at) - Date.parse(made) > soon;
  return isLater ? momentWords(made, today.value, zone.value) : null;
}

/** One entry of the history, with what is needed to tell it. */
interface Told {
  readonly of: SpaceView;
  readonly id: RecordID;
  readonly entry: HistoryEntry;
}

function sentences(told: Told): readonly string[] {
  const { entry } = told;
  const navn = whoOf(told);
  if (entry.new) return [entry.by ? t("history.made", { navn }) : t("history.imported")];
  if (entry.chose) return Object.entries(entry.set ?? {}).map(([field, value]) => chose(told, field, value));
  const written = Object.entries(entry.set ?? {}).map(([field, value]) =>
    entry.late?.includes(field) ? late(told, field, value) : changed(told, field, value),
  );
  return [
    ...(entry.del ? [t("history.deleted", { navn })] : []),
    ...(entry.back ? [t("history.back", { navn })] : []),
    ...written,
    ...helpers(told),
  ];
}

function whoOf({ of, entry }: Told): string {
  const who = personIn(of, entry.by);
  if (who?.isMe) return t("history.you");
  return who?.first ?? t("history.someone");
}

function words({ of }: Told, field: string, value: unknown): string {
  const text = valueWords(of, field, value) || t("waiting.empty");
  return inQuotes.has(field) ? quoted(text) : text;
}

const inQuotes = new Set(["title", "text", "state", "reply", "recurring"]);

function chose(told: Told, field: string, value: unknown): string {
  return t("history.chose", { navn: whoOf(told), til: words(told, field, value) });
}

// It still waits as long as nobody has chosen.
function late(told: Told, field: string, value: unknown): string {
  const { of, id, entry } = told;
  const waits = clashesIn(of).some(
    (one) => isOpenClash(one) && one.target.id === id && one.rec.f.field === field && one.rec.f.claimedBy === entry.by,
  );
  const who = personIn(of, entry.by);
  const hvis = who?.isMe ? t("history.yours") : ownerOf(who?.first ?? t("history.someone"));
  return t(waits ? "history.lateWaits" : "history.late", { hvis, til: words(told, field, value) });
}

function changed(told: Told, field: string, value: unknown): string {
  const { entry } = told;
  const was = entry.was?.[field];
  const [fra, til] = [words(told, field, was), words(told, field, value)];
  return t(keyFor(entry, field, value), { navn: whoOf(told), felt: fieldWords(field), fra, til });
}

function keyFor(entry: HistoryEntry, field: string, value: unknown): Key {
  const was = entry.was?.[field];
  const knowsWas = was !== undefined && was !== null && was !== "";
  if (field === "state") return stateKey(was, value);
  if (field === "responsible") return value === entry.by ? "history.took" : "history.gave";
  if (field === "title") return knowsWas ? "history.renamed" : "history.renamedTo";
  if (field === "due" && !value) return "history.dueGone";
  if (field === "due") return knowsWas ? "history.due" : "history.dueTo";
  if (!plain.has(field)) return "history.other";
  return knowsWas ? "history.field" : "history.fieldTo";
}

/** Fields whose name and value a reader understands. */
const plain = new Set(["goal", "recurring", "reply"]);

function stateKey(was: unknown, now: unknown): Key {
  if (now === "done") return "history.done";
  if (was === "done") return "history.undone";
  return states[String(now)] ?? "history.other";
}

const states: Readonly<Record<string, Key>> = {
  open: "history.open",
  in_progress: "history.begun",
  blocked: "history.blocked",
  cancelled: "history.cancelled",
};

function helpers(told: Told): readonly string[] {
  const { entry } = told;
  const navn = whoOf(told);
  const [came, went] = [entry.add?.helpers ?? [], entry.remove?.helpers ?? []];
  const names = (ids: readonly string[]) => listWords(ids.map((id) => valueWords(told.of, "helpers", id)));
  const isSelf = (ids: readonly string[]) => ids.length === 1 && ids[0] === entry.by;
  return [
    ...(came.length > 0 ? [t(isSelf(came) ? "history.joined" : "history.helped", { navn, til: names(came) })] : []),
    ...(went.length > 0 ? [t(isSelf(went) ? "history.left" : "history.unhelped", { navn, til: names(went) })] : []),
  ];
}
