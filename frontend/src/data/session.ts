import { effect, signal } from "@preact/signals";
import { openClient } from "../../../sync/client/client.ts";
import { signOut as endSession, signInByLink } from "../../../sync/client/session.ts";
import type { Client, World } from "../../../sync/client/types.ts";
import type { AccountID, SpaceID } from "../../../sync/plan/plan.gen.ts";
import { clearDrafts } from "./draft.ts";
import { follow, handed, spaces } from "./store.ts";

/** Whether somebody is signed in on this phone; the session at the server is another matter (see `sync`). */
export type Session = "opening" | "out" | "in";

/** What a link came to. */
export type Redeemed = "ok" | "used" | "noNet" | "busy" | "storage";

export const session = signal<Session>("opening");
/** Why this phone's store could not be opened; it belongs on the error screen. */
export const failure = signal<unknown>(null);

const accountKey = "samspor.account";
const world: World = {
  fetch: (path, init) => fetch(path, init),
  now: () => Date.now(),
  random: (bytes) => crypto.getRandomValues(bytes),
  channel: (name) => new BroadcastChannel(name),
  page: window,
  ...(navigator.locks && { locks: navigator.locks }),
};

let client: Client | null = null;
let unfollow = (): void => {};

/** Opens what this phone holds; needs no network. */
export async function resume(): Promise<void> {
  const account = localStorage.getItem(accountKey) as AccountID | null;
  try {
    if (account) await open(account);
    session.value = account ? "in" : "out";
  } catch (error) {
    failure.value = error;
  }
}

/** Takes the code out of the address, so that it stays neither in the history nor on the screen. */
export function takeCode(): string {
  const code = location.hash.slice(1);
  if (code) history.replaceState(null, "", location.pathname);
  return code;
}

/** Signs in by a one-time link and opens the plan. */
export async function redeem(code: string): Promise<Redeemed> {
  const answer = await signInByLink(world, code);
  if (!answer.ok) return refusalOf(answer.code);
  try {
    await enter(answer.account, answer.access);
  } catch (error) {
    // IndexedDB says no where private browsing forbids it; anything else is a bug for the error screen.
    if (!(error instanceof DOMException)) throw error;
    return "storage";
  }
  return "ok";
}

function refusalOf(code: string): Redeemed {
  if (code === "network") return "noNet";
  return code === "busy" || code === "internal" ? "busy" : "used";
}

async function enter(account: AccountID, access: string): Promise<void> {
  if (client?.account === account) client.signIn(access);
  else {
    await leave();
    await open(account, access);
  }
  localStorage.setItem(accountKey, account);
  session.value = "in";
  // Without the browser's promise it may empty this phone's store when room is short. It is asked for only now.
  void navigator.storage?.persist?.();
}

async function open(account: AccountID, access?: string): Promise<void> {
  client = await openClient({ account, world, ...(access && { access }) });
  const leave = follow(client);
  const stop = effect(() => {
    for (const { space } of handed.value) if (!spaces.value.has(space)) forget(space);
  });
  unfollow = () => {
    stop();
    leave();
  };
}

// Of a plan that is lost, and not back, nothing stays on this phone beside the store either.
function forget(space: SpaceID): void {
  clearDrafts(space);
  localStorage.removeItem(`samspor.seen.${space}`);
  if (localStorage.getItem("samspor.case") === space) localStorage.removeItem("samspor.case");
}

// Somebody else has signed in on this phone: what was not theirs goes, except what has not been sent yet.
async function leave(): Promise<void> {
  unfollow();
  await endPush();
  if (client?.state().waiting === 0) await client.destroy();
  else await client?.close();
  client = null;
}

// Nothing for the one may be shown to the other; the push service tells the server.
async function endPush(): Promise<void> {
  localStorage.removeItem("samspor.push");
  await globalThis.caches?.delete("details-of-samspor");
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/** Ends the session and destroys what this phone holds, also without network. */
export async function signOut(): Promise<void> {
  const leaving = client;
  unfollow();
  client = null;
  localStorage.removeItem(accountKey);
  clearDrafts();
  for (const key of Object.keys(localStorage)) if (/^samspor\.(seen\.|case$)/.test(key)) localStorage.removeItem(key);
  await leaving?.destroy();
  await endSession(world);
  session.value = "out";
}
