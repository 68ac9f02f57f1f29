/**
 * Whether this phone may be pushed to: the browser's side of backend/push. A subscription dies silently, so how it
 * stands is asked of the browser and of the server anew, and told in words.
 */
import { signal } from "@preact/signals";
import { language } from "../text/catalogue.ts";
import { account, ask } from "./store.ts";

/** How it stands on this phone. */
export type PushState =
  | "asking" // not known yet
  | "impossible" // this browser has none
  | "homeFirst" // an iPhone: only from the home screen
  | "serverOff" // the server pushes nothing, or cannot be reached
  | "off"
  | "blocked" // in the browser's own settings
  | "on";

export const pushState = signal<PushState>("asking");
/** When a push to this phone was last taken; null if never, or not known. */
export const lastPush = signal<string | null>(null);

/** Whether a push to this phone says what it is about (the service worker's details). */
export const hasDetails = signal(false);

const wanted = "samspor.push";
// The service worker looks here (`wish` in worker.ts): it can read no localStorage.
const wish = { cache: "details-of-samspor", path: "/details" } as const;
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null;
const isKey = (v: unknown): v is { readonly key: string } => isObject(v) && typeof v.key === "string";
const isKnown = (v: unknown): v is { readonly known: boolean; readonly accepted?: string } =>
  isObject(v) && typeof v.known === "boolean";
const isTried = (v: unknown): v is { readonly accepted: number } => isObject(v) && typeof v.accepted === "number";

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function manager(): Promise<PushManager | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return registration?.pushManager;
}

const isHomeless = (): boolean =>
  /iPhone|iPad/.test(navigator.userAgent) && !matchMedia("(display-mode: standalone)").matches;

/** Finds out how it stands, and mends what has died since the person said yes. */
export async function checkPush(): Promise<void> {
  const push = await manager();
  hasDetails.value = (await caches.match(wish.path, { cacheName: wish.cache })) !== undefined;
  if (isHomeless()) pushState.value = "homeFirst";
  else if (!push || !("Notification" in globalThis)) pushState.value = "impossible";
  else if (Notification.permission === "denied") pushState.value = "blocked";
  else if (localStorage.getItem(wanted) === null || Notification.permission !== "granted") pushState.value = "off";
  else pushState.value = await renew(push);
}

/** Says whether a push to this phone may say what it is about; others read a lock screen too. */
export async function wantDetails(isOn: boolean): Promise<void> {
  const whose = account();
  if (isOn && whose) await (await caches.open(wish.cache)).put(wish.path, new Response(whose));
  else await caches.delete(wish.cache);
  hasDetails.value = isOn && whose !== null;
}

async function renew(push: PushManager): Promise<PushState> {
  const subscription = await push.getSubscription();
  if (!subscription) return subscribe(push);
  const hash = base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint)));
  const known = await ask("POST", "/api/v1/push/check", { hash }, isKnown);
  if (!known) return "serverOff";
  lastPush.value = known.accepted ?? null;
  return known.known ? "on" : give(subscription);
}

async function subscribe(push: PushManager): Promise<PushState> {
  const server = await ask("GET", "/api/v1/push/key", undefined, isKey);
  if (!server) return "serverOff";
  try {
    return await give(await push.subscribe({ userVisibleOnly: true, applicationServerKey: server.key }));
  } catch (error) {
    console.info("samspor: no subscription", error);
    return Notification.permission === "denied" ? "blocked" : "off";
  }
}

async function give(subscription: PushSubscription): Promise<PushState> {
  const { endpoint, keys } = subscription.toJSON();
  const body = { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth }, language: language.peek() };
  return (await ask("PUT", "/api/v1/push/subscription", body, isObject)) ? "on" : "serverOff";
}

/** Asks the browser, after the person's own press, and subscribes. */
export async function turnOn(): Promise<void> {
  const push = await manager();
  if (!push) return;
  const answer = await Notification.requestPermission();
  if (answer !== "granted") {
    pushState.value = answer === "denied" ? "blocked" : "off";
    return;
  }
  localStorage.setItem(wanted, "1");
  pushState.value = await renew(push);
}

/** Ends it on both sides; without network, on this one, and then the push service tells the server. */
export async function turnOff(): Promise<void> {
  localStorage.removeItem(wanted);
  await wantDetails(false);
  const subscription = await (await manager())?.getSubscription();
  if (subscription) {
    await ask("DELETE", "/api/v1/push/subscription", { endpoint: subscription.endpoint }, isObject);
    await subscription.unsubscribe();
  }
  pushState.value = "off";
}

/** Sends a push to this person's own phones; false if none went out. */
export async function tryPush(): Promise<boolean> {
  const tried = await ask("POST", "/api/v1/push/test", {}, isTried);
  return (tried?.accepted ?? 0) > 0;
}
