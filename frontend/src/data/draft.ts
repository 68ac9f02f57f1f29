import { computed, type Signal, signal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import { caseID } from "./case.ts";

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
 * localStorage, because sessionStorage dies with an installed app that the phone closes; signing out clears it. It lies
 * under its plan, the one on the screen if no other is named, and goes when that plan is lost.
 */
export function useDraft(key: string, of: SpaceID | null = caseID.peek()): Draft {
  const at = useMemo(() => `${prefix}${of ?? ""}/${key}`, [key, of]);
  const text = useSignal(localStorage.getItem(at) ?? "");
  const hasText = useComputed(() => text.value.trim() !== "");
  useEffect(() => {
    mark(key, hasText.value);
    return () => mark(key, false);
  }, [key, hasText.value]);
  const write = (next: string): void => {
    text.value = next;
    if (next) localStorage.setItem(at, next);
    else localStorage.removeItem(at);
  };
  return { text, write, clear: () => write("") };
}

/** Inputs that already hold something; only what differs from it is kept and counts as unsaved. */
export interface Revision<V> {
  readonly values: Signal<V>;
  readonly write: (name: keyof V, text: string) => void;
  readonly clear: () => void;
}

/** The same as `useDraft`, for one or more inputs that begin with what stands in the plan. */
export function useRevision<V extends Readonly<Record<string, string>>>(
  key: string,
  from: V,
  of?: SpaceID,
): Revision<V> {
  const draft = useDraft(key, of);
  const values = useSignal<V>({ ...from, ...(JSON.parse(draft.text.peek() || "{}") as Partial<V>) });
  const write = (name: keyof V, text: string): void => {
    values.value = { ...values.value, [name]: text };
    const changed = Object.entries(values.value).filter(([one, now]) => now !== from[one]);
    draft.write(changed.length > 0 ? JSON.stringify(Object.fromEntries(changed)) : "");
  };
  return { values, write, clear: draft.clear };
}

function mark(key: string, isHeld: boolean): void {
  if (writing.peek().has(key) === isHeld) return;
  const next = new Set(writing.peek());
  if (isHeld) next.add(key);
  else next.delete(key);
  writing.value = next;
}

/** Forgets every draft on this phone, or those of one plan. */
export function clearDrafts(of?: SpaceID): void {
  const these = of === undefined ? prefix : `${prefix}${of}/`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(these)) localStorage.removeItem(key);
}
