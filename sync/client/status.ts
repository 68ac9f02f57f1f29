/** What the app sees and hears: the spaces, how things stand, and that something has changed. Whether the lease still holds is looked at each time. */
import { same } from "../merge/merge.ts";
import type { SpaceID } from "../plan/plan.gen.ts";
import type { Memory } from "./memory.ts";
import type { Net } from "./tabs.ts";
import type { Handed, SpaceView, SyncState } from "./types.ts";

/** Everything a client shows, each as the same object until it changes. */
export class Status {
  net: Net;
  persisted = false;
  state: SyncState;
  spaces: ReadonlyMap<SpaceID, SpaceView>;
  handed: readonly Handed[];
  readonly #device: () => number;
  readonly #memory: Memory;
  readonly #listeners = new Set<() => void>();
  #isTelling = false;

  constructor(memory: Memory, device: () => number) {
    this.#device = device;
    this.#memory = memory;
    this.net = { reachable: true, lastContact: memory.lastContact, busy: false, signedOut: false };
    this.state = this.#now();
    this.spaces = memory.spaces();
    this.handed = memory.handed();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells the listeners if anything has changed. They run on their own, so that a fault in one never looks like a failed save. */
  tell(): void {
    const state = this.#now();
    const [spaces, handed] = [this.#memory.spaces(), this.#memory.handed()];
    const isSame = same(state, this.state);
    if (isSame && spaces === this.spaces && handed === this.handed) return;
    if (!isSame) this.state = state;
    this.spaces = spaces;
    this.handed = handed;
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  #now(): SyncState {
    const waiting = this.#memory.waiting();
    const blocked = waiting.filter((row) => row.blocked !== undefined).length;
    const oldest = waiting.length > 0 ? Math.min(...waiting.map((row) => Date.parse(row.at))) : null;
    const locked = this.#memory.cover(this.#device());
    const { net, persisted } = this;
    return { ...net, persisted, locked, waiting: waiting.length, oldest, ...(blocked > 0 && { blocked }) };
  }
}
