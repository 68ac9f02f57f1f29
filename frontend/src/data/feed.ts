import { signal } from "@preact/signals";
import { language } from "../text/catalogue.ts";
import { ask } from "./store.ts";

/** How this person's calendar at the server stands: its address in their own calendar program (backend/feed). */
export interface Feed {
  readonly on: boolean;
  readonly details?: boolean;
}

/** Null until the server has said so, and without network. */
export const feed = signal<Feed | null>(null);
/** The address, shown once: the server keeps only its hash. */
export const feedAddress = signal<string | null>(null);

const path = "/api/v1/calendar";
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === "object" && v !== null;
const isFeed = (v: unknown): v is Feed => isObject(v) && typeof v.on === "boolean";
const isAddress = (v: unknown): v is { readonly path: string } => isObject(v) && typeof v.path === "string";

/** Asks how it stands; an address shown before is forgotten. */
export async function askFeed(): Promise<void> {
  feedAddress.value = null;
  feed.value = await ask("GET", path, undefined, isFeed);
}

/** Makes a new address, with neutral titles or the real ones; an older one ends. False without network. */
export async function openFeed(details: boolean): Promise<boolean> {
  const made = await ask("PUT", path, { language: language.peek(), details }, isAddress);
  if (!made) return false;
  feed.value = { on: true, details };
  feedAddress.value = location.origin + made.path;
  return true;
}

/** Takes the address back: calendars that have it show nothing from then on. */
export async function closeFeed(): Promise<boolean> {
  if (!(await ask("DELETE", path, undefined, isObject))) return false;
  feed.value = { on: false };
  feedAddress.value = null;
  return true;
}
