import { effect, signal } from "@preact/signals";
import { isWriting } from "../data/draft.ts";

/** A new version of the app waits to take over. */
export const updateReady = signal(false);

let waiting: ServiceWorker | null = null;

/** Registers the worker, after the first screen is drawn, and listens for the next version. */
export async function watchForUpdates(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const registration = await register();
  if (!registration) return;
  const look = () => {
    // Without a controller this is the first visit, and nothing is being replaced.
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    updateReady.value = true;
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  reloadOnce();
  // An installed app may live for weeks without a reload.
  document.addEventListener(
    "visibilitychange",
    () => document.visibilityState === "visible" && void check(registration),
  );
}

// Without a worker the app still works, only not without network.
function register(): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker.register(workerAddress()).catch((error: unknown) => {
    console.info("samspor: no worker", error);
    return undefined;
  });
}

/** Lets the new version take over; the page is drawn anew once. */
export function applyUpdate(): void {
  waiting?.postMessage({ type: "skipWaiting" });
}

// Every open tab follows, also those where nobody pressed; one that holds unsaved text waits until it is saved.
function reloadOnce(): void {
  if (!navigator.serviceWorker.controller) return;
  const taken = signal(false);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    taken.value = true;
  });
  const stop = effect(() => {
    if (!taken.value || isWriting.value) return;
    queueMicrotask(() => stop());
    location.reload();
  });
}

async function check(registration: ServiceWorkerRegistration): Promise<void> {
  // No network is no fault; the next look comes soon enough.
  await registration.update().catch((error: unknown) => console.info("samspor: no look for updates", error));
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

// The one address that the page's policy lets a script come from later.
function workerAddress(): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const rules = {
    createScriptURL(url: string): string {
      if (url !== "/sw.js") throw new TypeError("only the worker may be loaded");
      return url;
    },
  };
  return (trustedTypes?.createPolicy("samspor", rules) ?? rules).createScriptURL("/sw.js");
}
