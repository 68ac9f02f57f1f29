import { signal } from "@preact/signals";
import type { Saved } from "../../../sync/client/types.ts";
import { type Key, t } from "../text/catalogue.ts";
import { sync } from "./store.ts";

/** What became of the last thing a person did: read aloud, and shown when it went wrong. */
export const outcome = signal<{ readonly words: string; readonly isRefusal: boolean }>({ words: "", isRefusal: false });

const refusals: Readonly<Record<string, Key>> = { tooLarge: "app.tooLarge", full: "app.full", failed: "app.notSaved" };

/** Tells what became of an action: the words given when it is saved, a plain reason when it is not. */
export function saved(what: Saved, words: string): boolean {
  if (!what.ok) tell(t(refusals[what.code] ?? "app.notSaved"), true);
  else tell(sync.peek().reachable ? words : `${words} ${t("app.savedHere")}`);
  return what.ok;
}

/** Says a sentence in the one place on the page that speaks. */
export function tell(words: string, isRefusal = false): void {
  // The same words twice would not be read twice.
  outcome.value = { words: outcome.peek().words === words ? `${words}\u00a0` : words, isRefusal };
}
