/** What the leading tab does in one pass: hand over what is lost, send, then ask for what is new. */
import type { SpaceID } from "../plan/plan.gen.ts";
import type { Outcome } from "./loop.ts";
import type { Memory } from "./memory.ts";
import type { Pull } from "./pull.ts";
import type { Push } from "./push.ts";
import type { Quarantine } from "./quarantine.ts";
import type { Answer, Refused } from "./session.ts";
import type { SpaceRow } from "./store.ts";
import { isHeads } from "./wire.ts";

/** What is to be pulled, and the pass that does it. */
export class Sync {
  #all = true;
  readonly #wanted = new Map<SpaceID, number>();
  readonly #quarantine: Quarantine;
  readonly #push: Push;
  readonly #pull: Pull;
  readonly #memory: Memory;

  constructor(quarantine: Quarantine, push: Push, pull: Pull, memory: Memory) {
    this.#quarantine = quarantine;
    this.#push = push;
    this.#pull = pull;
    this.#memory = memory;
  }

  /** The next pull looks at every space. */
  wantAll(): void {
    this.#all = true;
  }

  /** The next pull looks at this space, unless base has come as far as `seq` by then. */
  want(space: SpaceID, seq = Infinity): void {
    this.#wanted.set(space, seq);
  }

  /** Compares the server's heads with base. */
  wantBehind(heads: Readonly<Record<SpaceID, number>>): void {
    for (const [space, seq] of Object.entries(heads) as [SpaceID, number][]) this.want(space, seq);
    // One that the server does not name any more has been lost: only a whole pull says why.
    const isNews = (row: SpaceRow) => row.complete && !row.removed && !Object.hasOwn(heads, row.space);
    if (this.#memory.rows().some(isNews)) this.wantAll();
  }

  /** Hears an event of the live stream; false if it asks for nothing. */
  onEvent(name: string, data: string): boolean {
    const said = parsed(data);
    if (name === "head" && isHeads(said)) this.wantBehind(said);
    else if (name === "message" && isPoke(said)) this.want(said.k, said.s);
    else if (name === "scope" && isPoke(said)) this.want(said.k);
    else if (name === "scope" || name === "revoke") this.wantAll();
    else return false;
    return true;
  }

  /** Sends and asks until there is nothing to send. A refused push does not keep the pull from happening, unless there is no network. */
  async pass(): Promise<Outcome> {
    const back = new Set<SpaceID>();
    const onBack = (space: SpaceID) => {
      back.add(space);
      this.want(space);
    };
    for (;;) {
      const left = await this.#quarantine(back, onBack);
      if (isCut(left)) return left;
      const pushed = await this.#push.once();
      if (pushed === "again") continue;
      const sent = pushed === "idle" ? nothing : pushed;
      if (isCut(sent)) return sent;
      if (sent.ok) for (const space of sent.spaces) this.want(space);
      const pulled = await this.#pullWanted();
      if (!pulled.ok) return pulled;
      if (!left.ok) return left;
      if (!sent.ok) return sent;
      // News may have set changes free: a space that is back, an answer that the server has forgotten.
      if (pushed === "idle" && !pulled.body) return pulled;
    }
  }

  async #pullWanted(): Promise<Answer<boolean>> {
    const behind = [...this.#wanted].filter(([space, seq]) => seq > this.#memory.seq(space)).map(([space]) => space);
    const only = this.#all ? undefined : behind;
    if (only?.length === 0) return { ok: true, body: false };
    this.#all = false;
    this.#wanted.clear();
    const pulled = await this.#pull(only);
    if (!pulled.ok) this.wantAll(); // what it was to bring is not forgotten
    return pulled;
  }
}

const nothing = { ok: true, spaces: [] as readonly SpaceID[] } as const;

/** Whether no other request would fare better. */
function isCut(done: { readonly ok: true } | Refused): done is Refused {
  return !done.ok && done.why !== "problem" && done.why !== "timeout";
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined; // no event of ours
  }
}

function isPoke(v: unknown): v is { k: SpaceID; s?: number } {
  return (
    typeof v === "object" &&
    v !== null &&
    "k" in v &&
    typeof v.k === "string" &&
    (!("s" in v) || typeof v.s === "number")
  );
}
