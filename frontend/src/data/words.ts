import type { Rec, SpaceView } from "../../../sync/client/types.ts";
import type { PersonID } from "../../../sync/plan/plan.gen.ts";
import { isKey, type Key, t } from "../text/catalogue.ts";
import { isDay, listWords, longDay } from "../text/dates.ts";
import { today } from "./case.ts";
import { personIn } from "./people.ts";
import { find } from "./store.ts";

/** What the states of a task are called. */
export const taskStates: Readonly<Record<string, Key>> = {
  draft: "tasks.draft",
  open: "tasks.open",
  in_progress: "tasks.inProgress",
  blocked: "tasks.blocked",
  done: "tasks.isDone",
  cancelled: "tasks.cancelled",
};
const repeats: Readonly<Record<string, Key>> = {
  daily: "tasks.daily",
  weekly: "tasks.weekly",
  monthly: "tasks.monthly",
};

/** A key by the name of something in the data, or a more general one. */
export function wordsOf(topic: string, name: string, otherwise: Key): Key {
  const key = `${topic}.${name}`;
  return isKey(key) ? key : otherwise;
}

/** What a field is called. */
export function fieldWords(field: string): string {
  return t(wordsOf("waiting", `field${field.charAt(0).toUpperCase()}${field.slice(1)}`, "waiting.fieldOther"));
}

/** What a kind of record is called. */
export function kindWords(kind: string): string {
  return t(wordsOf("waiting", kind, "waiting.other"));
}

/** A value as people say it: days, states and names in words; what people wrote stands as they wrote it. */
export function valueWords(of: SpaceView, field: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return listWords(value.map((one) => valueWords(of, field, one)));
  if (typeof value !== "string") return String(value);
  const key = keyOfValue(field, value);
  if (key) return t(key);
  if (isDay(value)) return longDay(value, today.value);
  return personIn(of, value as PersonID)?.name ?? find(of, "goal", value)?.f.title ?? value;
}

function keyOfValue(field: string, value: string): Key | undefined {
  if (field === "state") return taskStates[value];
  if (field === "recurring") return repeats[value];
  if (field === "type") return wordsOf("tasks", `type_${value}`, "waiting.other");
  if (field === "attendance") return wordsOf("meetings", `attendance_${value}`, "waiting.other");
  return field === "reply" ? wordsOf("meetings", `reply_${value}`, "waiting.other") : undefined;
}

/** What a record is called: its own title, or that of the meeting or task it belongs to. */
export function aboutWords(of: SpaceView, rec: Rec | undefined): string {
  if (!rec) return "";
  const { title, meeting, about } = rec.f as Named;
  return title ?? find(of, "meeting", meeting)?.f.title ?? find(of, "task", about)?.f.title ?? "";
}

interface Named {
  readonly title?: string;
  readonly meeting?: string;
  readonly about?: string;
}

/** Where a record is shown; null if it has no place of its own. */
export function hrefOf(of: SpaceView, rec: Rec): string | null {
  const { meeting, about } = rec.f as Named;
  if (rec.kind === "task") return `/c/${of.id}/tasks/${rec.id}`;
  if (rec.kind === "meeting") return `/c/${of.id}/meetings/${rec.id}`;
  if (find(of, "meeting", meeting)) return `/c/${of.id}/meetings/${meeting}`;
  return find(of, "task", about) ? `/c/${of.id}/tasks/${about}` : null;
}
