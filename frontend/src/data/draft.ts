import { computed, type Signal, signal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Text that somebody is writing and has not saved. */
export interface Draft {
  readonly text: Signal<string>;
  readonly write: (text: string) => void;
  /** Forgets it, once it is saved. */
  readonly clear: () => void;
}

const prefix = "samspor.draft.";
const writing = signal<ReadonlySet<string>>(new Set());

/** Whether a form on the screen holds text that is not saved: no update then. */
export const isWriting = computed(() => writing.value.size > 0);

/**
 * Keeps what is being typed on the phone with every key, so that a call, a crash or an update never loses it. It is
 * localStorage, because sessionStorage dies with an installed app that the phone closes; signing out clears it.
 */
export function useDraft(key: string): Draft {
  const text = useSignal(localStorage.getItem(prefix + key) ?? "");
  const hasText = useComputed(() => text.value.trim() !== "");
  useEffect(() => {
    mark(key, hasText.value);
    return () => mark(key, false);
  }, [key, hasText.value]);
  const write = (next: string): void => {
    text.value = next;
    if (next) localStorage.setItem(prefix + key, next);
    else localStorage.removeItem(prefix + key);
  };
  return { text, write, clear: () => write("") };
}

function mark(key: string, isHeld: boolean): void {
  if (writing.peek().has(key) === isHeld) return;
  const next = new Set(writing.peek());
  if (isHeld) next.add(key);
  else next.delete(key);
  writing.value = next;
}

/** Forgets every draft on this phone. */
export function clearDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
