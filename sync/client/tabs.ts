/** Several tabs of one account: one leads and speaks to the server, all hear what has changed. */
import type { SpaceID } from "../plan/plan.gen.ts";
import { isNamed } from "./store.ts";
import type { SyncState, World } from "./types.ts";

/** How things stand with the network, as the leading tab knows it. */
export type Net = Pick<SyncState, "reachable" | "lastContact" | "busy" | "signedOut">;

/** What tabs tell each other. */
export interface Message {
  /** These spaces have changed in the store. */
  readonly changed?: readonly SpaceID[];
  readonly net?: Net;
  /** What the leading tab is asked for: to sync, or to try the session anew because another tab has signed in. */
  readonly ask?: "sync" | "signIn";
}

export interface Tabs {
  isLeading(): boolean;
  post(message: Message): void;
  close(): void;
}

/** What a tab hears. */
export interface TabEvents {
  readonly onMessage: (message: Message) => void;
  /** Once, when this tab becomes the one that speaks to the server. */
  readonly onLead: () => void;
}

/** Before a tab has joined the others. */
export const noTabs: Tabs = { isLeading: () => false, post: () => undefined, close: () => undefined };

/** Joins the tabs of a name. */
export function joinTabs(world: World, name: string, { onMessage, onLead }: TabEvents): Tabs {
  const channel = world.channel?.(name);
  const leaving = new AbortController();
  let leading = false;
  let release: () => void = () => undefined;

  function lead(): Promise<void> {
    if (leaving.signal.aborted) return Promise.resolve();
    leading = true;
    onLead();
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  if (channel) channel.onmessage = ({ data }: MessageEvent<Message>) => onMessage(data);
  if (world.locks) {
    world.locks.request(name, { signal: leaving.signal }, lead).catch((error: unknown) => {
      if (!isNamed(error, "AbortError")) throw error; // left before it was its turn
    });
  } else {
    queueMicrotask(lead);
  }

  return {
    isLeading: () => leading,
    post(message) {
      if (!leaving.signal.aborted) channel?.postMessage(message);
    },
    close() {
      leaving.abort();
      leading = false;
      release();
      channel?.close();
    },
  };
}
