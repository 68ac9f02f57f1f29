/** The live stream: it says that there is news, never what. */
import { jittered } from "./ids.ts";
import type { Session } from "./session.ts";
import { createParser, type Listener } from "./sse.ts";
import type { World } from "./types.ts";

const silence = 40_000; // the server writes at least every 15 s, so a proxy keeps it from us
const pollEvery = 60_000;
const pollsBeforeRetry = 10;
const defaultRetry = 3_000;
const maxBackoff = 60_000;

interface Parts {
  readonly session: Session;
  readonly random: World["random"];
  readonly onEvent: Listener["onEvent"];
  /** Time to ask, because no stream tells. */
  readonly onPoll: () => void;
}

export interface Live {
  start(): void;
  stop(): void;
}

type End =
  | { readonly why: "ended"; readonly retry: number }
  | { readonly why: "refused"; readonly wait: number | null }
  | { readonly why: "silent" | "network" | "signedOut" };

/** Makes the listener of one client; it holds a stream between `start` and `stop`. */
export function createLive({ session, random, onEvent, onPoll }: Parts): Live {
  let held: AbortController | undefined;

  async function run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const end = await listen(session, signal, onEvent);
      if (end.why === "signedOut") return;
      if (end.why === "ended") {
        failures = 0;
        await pause(end.retry, signal);
      } else if (end.why === "network") {
        await pause(jittered(Math.min(maxBackoff, 1000 * 2 ** failures++), random), signal);
      } else if (end.why === "refused" && end.wait !== null) {
        onPoll();
        await pause(end.wait + jittered(1000, random), signal);
      } else {
        for (let i = 0; i < pollsBeforeRetry && !signal.aborted; i++) {
          onPoll();
          await pause(pollEvery, signal);
        }
      }
    }
  }

  return {
    start() {
      if (held) return;
      const mine = new AbortController();
      held = mine;
      void run(mine.signal).then(() => {
        if (held === mine) held = undefined;
      });
    },
    stop() {
      held?.abort();
      held = undefined;
    },
  };
}

/** Holds one stream until it ends. */
async function listen(session: Session, signal: AbortSignal, onEvent: Listener["onEvent"]): Promise<End> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  signal.addEventListener("abort", stop);
  let isSilent = false;
  const onSilence = () => {
    isSilent = true;
    stop();
  };
  let timer = setTimeout(onSilence, silence);
  const onBytes = () => {
    clearTimeout(timer);
    timer = setTimeout(onSilence, silence);
  };
  const end = await readAll(session, abort.signal, onEvent, onBytes);
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  return isSilent ? { why: "silent" } : end;
}

async function readAll(
  session: Session,
  signal: AbortSignal,
  onEvent: Listener["onEvent"],
  onBytes: () => void,
): Promise<End> {
  const answer = await session.stream("/api/v1/sync/live", signal);
  if (!answer.ok) {
    if (answer.why === "signedOut" || answer.why === "network") return { why: answer.why };
    return { why: "refused", wait: "wait" in answer ? answer.wait : null };
  }
  let retry = defaultRetry;
  const parse = createParser({ onEvent, onRetry: (ms) => (retry = Math.max(500, ms)) });
  const decoder = new TextDecoder();
  const reader = answer.body.getReader();
  for (;;) {
    const chunk = await reader.read().catch(() => null); // cut, by the network or by us
    if (!chunk) return { why: "network" };
    if (chunk.done) return { why: "ended", retry };
    onBytes();
    parse(decoder.decode(chunk.value, { stream: true }));
  }
}

/** Waits, unless it is stopped. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  });
}
