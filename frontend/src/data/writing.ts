import { type ReadonlySignal, signal, useComputed } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Rec, Saved } from "../../../sync/client/types.ts";
import { paragraphs } from "../../../sync/merge/text.ts";
import type { Kind, RecordID } from "../../../sync/plan/plan.gen.ts";
import { space } from "./case.ts";
import { type Draft, useDraft } from "./draft.ts";
import { put } from "./keep.ts";
import { saved } from "./saved.ts";
import { find } from "./store.ts";

/** A text that saves itself while it is written. */
export interface Writing {
  readonly text: ReadonlySignal<string>;
  readonly write: (text: string) => void;
  /** Saves what is not saved yet: when one leaves the field, or the page. */
  readonly keep: () => Promise<void>;
}

/** Where a text stands: how it reads now, and how a new one is saved; null when there is nothing to save. */
export interface Home {
  readonly read: () => string;
  readonly save: (text: string) => Promise<Saved | null>;
}

/** How long one pauses before it is saved, in ms. */
const pause = 1_000;

/** One text under somebody's hands. Every key is kept on the phone at once; a pause makes it a change in the outbox. */
class Writer {
  readonly typed;
  home: Home;
  readonly #draft: Draft;
  /** What the writer started from, so that what others wrote meanwhile is not written over. */
  readonly #seen: Draft;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(home: Home, draft: Draft, seen: Draft) {
    this.home = home;
    this.#draft = draft;
    this.#seen = seen;
    this.typed = signal<string | null>(draft.text.peek() || null);
  }

  write(text: string): void {
    if (this.typed.peek() === null) this.#seen.write(this.home.read());
    this.typed.value = text;
    this.#draft.write(text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), pause);
  }

  keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#last = this.#last.then(() => this.#keep());
    return this.#last;
  }

  async #keep(): Promise<void> {
    const mine = this.typed.peek();
    if (mine === null) return;
    const now = this.home.read();
    const text = together(this.#seen.text.peek(), now, mine);
    const done = text === now ? null : await this.home.save(text);
    if (done && !done.ok) return void saved(done, "");
    if (this.typed.peek() !== mine) return this.#seen.write(mine); // written on meanwhile
    this.typed.value = null;
    this.#draft.clear();
    this.#seen.clear();
  }
}

/** Two versions of a text as one: by paragraph, and where both changed the same one, both stand. */
export function together(base: string, now: string, mine: string): string {
  const merged = paragraphs(base, now, mine);
  if (merged.clean) return merged.text;
  const theirs = now.split(/\n{2,}/).filter((part) => !base.includes(part) && !mine.includes(part));
  return [mine, ...theirs].join("\n\n");
}

/** A text that saves itself, under a name of its own for what is not saved yet. */
export function useWriting(key: string, home: Home): Writing {
  const draft = useDraft(key);
  const seen = useDraft(`${key}.seen`);
  const [writer] = useState(() => new Writer(home, draft, seen));
  writer.home = home;
  const text = useComputed(() => writer.typed.value ?? writer.home.read());
  useEffect(() => {
    const keep = () => void writer.keep();
    keep(); // what was typed when the page was lost
    // A phone that closes the page says one of these, and not always the same.
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", keep);
    return () => {
      removeEventListener("pagehide", keep);
      document.removeEventListener("visibilitychange", keep);
      keep();
    };
  }, [writer]);
  return { text, write: (next) => writer.write(next), keep: () => writer.keep() };
}

/** The same for a field of a record that is there already. */
export function useField(rec: Rec, field: string): Writing {
  const now = () => find(space.value, rec.kind, rec.id) as Rec<Kind> | undefined;
  const read = () => String((now()?.f as Readonly<Record<string, unknown>> | undefined)?.[field] ?? "");
  const save = async (text: string) => {
    const held = now();
    // What a record is called cannot be empty: the old name stands until there is a new one.
    return held && (text || field !== "title") ? put(held, { [field]: text }) : null;
  };
  return useWriting(`${rec.id as RecordID}.${field}`, { read, save });
}
