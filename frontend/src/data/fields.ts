import type { SpaceView } from "../../../sync/client/types.ts";
import { type Kind, limits } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { t } from "../text/catalogue.ts";
import { today } from "./case.ts";
import { doersIn, membersIn } from "./people.ts";
import { fieldWords, taskStates, valueWords } from "./words.ts";

/** How one field of a record is written: with which input, how long, out of what. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly shape: "line" | "lines" | "day" | "choice";
  readonly max: number;
  readonly choices: readonly { readonly value: string; readonly words: string }[];
}

/** Where a field stands: in which plan, of what kind of record, and what it holds now (nothing in a new one). */
export interface Place {
  readonly space: SpaceView;
  readonly kind: Kind;
  readonly now?: unknown;
}

const days = new Set(["due", "from", "to", "targetDate"]);
const people = new Set(["responsible", "convenor", "chair", "minuteTaker"]);
const replies = ["accepted", "tentative", "declined"];
const repeats = ["", "daily", "weekly", "monthly"];
const longLine = 200;

/** How a field is written; null for one that this app has no input for. */
export function fieldAt(place: Place, name: string): Field | null {
  const base = { name, label: fieldWords(name), max: longLine, choices: [] };
  if (days.has(name)) return { ...base, shape: "day" };
  const choices = choicesFor(place, name);
  if (choices) return choices.length > 0 ? { ...base, shape: "choice", choices } : null;
  const max = (limits as Readonly<Record<string, Readonly<Record<string, number>>>>)[place.kind]?.[name];
  return max ? { ...base, max, shape: max > longLine ? "lines" : "line" } : null;
}

function choicesFor(place: Place, name: string): Field["choices"] | null {
  const { space, kind, now } = place;
  if (people.has(name)) {
    const able = now === undefined ? doersIn(space, today.value) : membersIn(space, today.value);
    return able.map(({ id, name: words }) => ({ value: id, words }));
  }
  const values = valuesOf(name);
  // In a new record a state is not for the writer to choose.
  if (!values || (now === undefined && name !== "recurring")) return values && [];
  return values
    .filter((to) => mayMove(kind, name, String(now ?? ""), to))
    .map((to) => ({ value: to, words: valueWords(space, name, to) || t("tasks.once") }));
}

function valuesOf(name: string): readonly string[] | null {
  if (name === "state") return Object.keys(taskStates);
  if (name === "reply") return replies;
  return name === "recurring" ? repeats : null;
}
