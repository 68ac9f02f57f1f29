/** Runs one pass at a time, and waits between tries when the network or the server needs it. */
import { jittered } from "./ids.ts";
import type { World } from "./types.ts";

/** What a pass came to; `wait` is what the server asked for, in ms. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly wait?: number | null };

/** Which waits a kick cuts short: none, the phone's own, or also one the server asked for. */
export type Cut = "none" | "backoff" | "any";

export interface Loop {
  /** Asks for a pass; resolves when no pass is under way any more. */
  kick(cut?: Cut): Promise<void>;
  close(): Promise<void>;
}

const maxBackoff = 60_000;

/** Makes a loop over `pass`; `onBusy` hears when it begins and ends. */
export function createLoop(
  pass: () => Promise<Outcome>,
  random: World["random"],
  onBusy: (busy: boolean) => void,
): Loop {
  let running: Promise<void> | undefined;
  let rest: { readonly timer: ReturnType<typeof setTimeout>; readonly isAsked: boolean } | undefined;
  let failures = 0;
  let wanted = false;
  let urgent = false;
  let closed = false;

  function kick(cut: Cut = "none"): Promise<void> {
    if (closed || (rest && (cut === "none" || (cut === "backoff" && rest.isAsked)))) return Promise.resolve();
    clearTimeout(rest?.timer);
    rest = undefined;
    wanted = true;
    if (cut !== "none") urgent = true;
    running ??= run();
    return running;
  }

  async function run(): Promise<void> {
    onBusy(true);
    try {
      while (wanted && !closed) {
        wanted = urgent = false;
        const outcome = await attempt(pass);
        if (outcome.ok) failures = 0;
        else if (!urgent) return pauseAfter(outcome);
      }
    } finally {
      running = undefined;
      onBusy(false);
    }
  }

  function pauseAfter({ why, wait }: Exclude<Outcome, { ok: true }>): void {
    if (closed || why === "signedOut") return; // only a new sign-in helps
    const backoff = jittered(Math.min(maxBackoff, 1000 * 2 ** failures++), random);
    const ms = typeof wait === "number" ? wait + backoff : backoff;
    const onRested = () => {
      rest = undefined;
      void kick();
    };
    rest = { timer: setTimeout(onRested, ms), isAsked: typeof wait === "number" };
  }

  return {
    kick,
    async close() {
      closed = true;
      clearTimeout(rest?.timer);
      await running;
    },
  };
}

/** The store's failures (full, connection lost) are tried again like the network's; anything else is a bug and goes up. */
async function attempt(pass: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await pass();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return { ok: false, why: "store" };
  }
}
