/**
 * The service worker: keeps one whole build of the page on the phone, so that the app opens without network, and shows
 * what the server pushes: a hint in fixed words, which never says what it is about. Only on a phone whose person has
 * asked for it does it say more, and what it says comes from this phone and not with the push (see details).
 * It knows files of the build and nothing of people: /api and every address outside the build's own list pass it by.
 *
 * build/pwa.ts compiles this file to /sw.js and ends it with `samspor.listen(self, build)`.
 *
 * What the page owes it:
 * - register after the first screen is drawn: installing fetches the whole build;
 * - send {type: "skipWaiting"} to `registration.waiting` only when no tab holds unsaved text;
 * - reload once on `controllerchange`, and only if the page had a controller before: the first one is no update.
 */

/** One build of the page: its id, and each address with the SHA-256 its bytes must have. */
export interface Build {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The parts of a request that decide who answers it. */
export type Asked = Pick<Request, "url" | "method" | "mode">;

// lib.dom, which the page needs, has no types for workers: these are the parts of them that this file uses.
interface LongEvent {
  readonly isTrusted: boolean;
  waitUntil(work: Promise<unknown>): void;
}
interface AskEvent extends LongEvent {
  readonly request: Asked;
  respondWith(answer: Promise<Response>): void;
}
interface PushEvent extends LongEvent {
  readonly data?: { json(): unknown } | null;
}
interface ClickEvent extends LongEvent {
  readonly notification: { readonly data?: unknown; close(): void };
  readonly action?: string;
}
interface Page {
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
/** Each event that the worker listens to. */
export interface Events {
  push: PushEvent;
  notificationclick: ClickEvent;
  install: LongEvent;
  activate: LongEvent;
  message: LongEvent & { readonly data?: unknown };
  fetch: AskEvent;
}
interface Shelf {
  put(path: string, response: Response): Promise<void>;
}
/** What the worker needs of its global scope. */
export interface Scope {
  readonly caches: {
    open(name: string): Promise<Shelf>;
    has(name: string): Promise<boolean>;
    keys(): Promise<string[]>;
    delete(name: string): Promise<boolean>;
    match(path: string, options: MultiCacheQueryOptions): Promise<Response | undefined>;
  };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(path: string): Promise<unknown>;
  };
  readonly registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  readonly navigator: { setAppBadge?(count: number): Promise<void> };
  readonly indexedDB: IDBFactory;
  readonly location: { readonly origin: string };
  fetch(what: string | Asked, options?: RequestInit): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener<K extends keyof Events>(type: K, listener: (event: Events[K]) => void): void;
}

const prefix = "samspor-";
const shell = "/";

/** Puts the worker to work in its scope, for one build. */
export function listen(scope: Scope, build: Build): void {
  scope.addEventListener("install", (event) => hold(event, fill(scope, build)));
  scope.addEventListener("activate", (event) => hold(event, takeOver(scope, build)));
  scope.addEventListener("message", (event) => {
    if (asksToTakeOver(event.data)) hold(event, scope.skipWaiting());
  });
  scope.addEventListener("push", (event) => hold(event, show(scope, hintIn(event))));
  scope.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const path = pathIn(event.notification.data);
    hold(event, open(scope, event.action === tick ? `${path}?${tick}` : path));
  });
  scope.addEventListener("fetch", (event) => {
    const path = pathFor(event.request, scope.location.origin, build);
    if (path) event.respondWith(answer(scope, build, path, event));
  });
}

/** The listed address that answers this request; nothing when the worker must keep out of it. */
function pathFor(request: Asked, origin: string, build: Build): string | undefined {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin) return undefined;
  if (request.mode === "navigate") return isRoute(url.pathname) ? shell : undefined;
  return url.search === "" && Object.hasOwn(build.files, url.pathname) ? url.pathname : undefined;
}

/** Routes of the page have no dot, files have; under /api a navigation is a sign-in, a download or a calendar. */
function isRoute(path: string): boolean {
  return path !== "/api" && !path.startsWith("/api/") && !path.includes(".");
}

/** From the build's own cache; else from the network, which is where older builds' files and lost caches are. */
async function answer(scope: Scope, build: Build, path: string, event: AskEvent): Promise<Response> {
  const kept = await scope.caches
    .match(path, { cacheName: prefix + build.id, ignoreVary: true })
    .catch(() => undefined); // WebKit refuses when its storage was emptied under us: the same as nothing kept
  if (kept) return kept;
  if (path === shell) hold(event, mend(scope, build));
  return scope.fetch(event.request);
}

/**
 * Fetches the whole build or keeps nothing of it. `reload` goes past the HTTP cache, and the browser compares
 * each file with its SHA-256: while a server is being renewed, half of one build and half of the next would
 * otherwise be kept, and that page never starts again.
 */
async function fill(scope: Scope, build: Build): Promise<void> {
  const name = prefix + build.id;
  // After a roll-back the running worker may already live in this cache: then a failure must not take it away.
  const wasThere = await scope.caches.has(name);
  try {
    const shelf = await scope.caches.open(name);
    await Promise.all(Object.entries(build.files).map(([path, sha256]) => keep(scope, shelf, path, sha256)));
  } catch (error) {
    if (!wasThere) await scope.caches.delete(name);
    throw error;
  }
}

async function keep(scope: Scope, shelf: Shelf, path: string, sha256: string): Promise<void> {
  const response = await scope.fetch(path, { cache: "reload", integrity: `sha256-${sha256}`, redirect: "error" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  await shelf.put(path, response);
}

/** The browser may empty caches on its own; the next opening with network puts the build back. */
async function mend(scope: Scope, build: Build): Promise<void> {
  // A failure means no network, or a newer build on the server, which arrives as an update.
  await fill(scope, build).catch((error: unknown) => console.info("samspor: not mended", error));
}

/**
 * Only now are older builds unused. Claiming gives a first visit its files without network; nothing here reloads
 * a page, and pages that have a controller already are not touched by it.
 */
async function takeOver(scope: Scope, build: Build): Promise<void> {
  const old = (await scope.caches.keys()).filter((name) => name.startsWith(prefix) && name !== prefix + build.id);
  await Promise.all(old.map((name) => scope.caches.delete(name)));
  await scope.clients.claim();
}

function asksToTakeOver(data: unknown): boolean {
  return typeof data === "object" && data !== null && "type" in data && data.type === "skipWaiting";
}

/** Browsers throw when waitUntil is called on an event that a script made; the work is under way all the same. */
function hold(event: LongEvent, work: Promise<unknown>): void {
  if (event.isTrusted) event.waitUntil(work);
}

/** What a push says (backend/push). */
interface Hint {
  readonly body: string;
  readonly lang: string;
  /** Opaque; the page asks the server what it stands for. Empty for several things at once. */
  readonly id: string;
  readonly badge: number | undefined;
  /** It is about an agreement, which can be ticked from the notification. */
  readonly isTask: boolean;
}

// What the one action of a notification is called, here and in the address that it opens.
const tick = "tick";
const finished: Readonly<Record<string, string>> = { da: "Færdig", nb: "Ferdig", en: "Done" };

const unread: Hint = { body: "Der er nyt at læse.", lang: "da", id: "", badge: undefined, isTask: false };

/** A push that cannot be read is shown all the same: browsers end the subscription of a page that stays silent. */
function hintIn(event: PushEvent): Hint {
  try {
    const { notification, id, kind } = (event.data?.json() ?? {}) as Record<string, unknown>;
    const { body, lang, app_badge: count } = notification as Record<string, unknown>;
    if (typeof body !== "string" || typeof lang !== "string" || typeof id !== "string") return unread;
    const badge = Number(count);
    return {
      body,
      lang,
      id: kind === "digest" ? "" : id,
      badge: Number.isSafeInteger(badge) ? badge : undefined,
      isTask: kind === "taskSoon" || kind === "taskDue" || kind === "taskLate",
    };
  } catch {
    return unread;
  }
}

async function show(scope: Scope, { body, lang, id, badge, isTask }: Hint): Promise<void> {
  await scope.registration.showNotification("Samspor", {
    body: (id && (await details(scope, id))) || body,
    lang,
    tag: id || "samspor",
    icon: "/icons/icon-192.png",
    data: id ? `/n/${id}` : "/n",
    // Systems that know no actions leave them out. The app opens and ticks; nothing is done behind its back.
    ...(isTask && id && { actions: [{ action: tick, title: finished[lang] ?? "OK" }] }),
  } as NotificationOptions);
  if (badge !== undefined) await scope.navigator.setAppBadge?.(badge).catch(() => undefined); // an ornament only
}

/** Only addresses of notices are opened from a notification. */
function pathIn(data: unknown): string {
  return typeof data === "string" && /^\/n(\/[A-Za-z0-9_-]{1,40})?$/.test(data) ? data : "/n";
}

/** Goes to an open page of the app, or opens one. */
async function open({ clients }: Scope, path: string): Promise<void> {
  const [page] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!page) {
    await clients.openWindow(path);
    return;
  }
  page.postMessage({ type: "open", path });
  await page.focus();
}

/** Where the page notes that this phone's person wants to read what a push is about, and whose phone it is. */
export const wish = { cache: "details-of-samspor", path: "/details" } as const;
const patience = 4000;

/** What a notice is about, in the words that this phone holds; nothing unless it was asked for, or when that takes too long. */
async function details(scope: Scope, id: string): Promise<string | undefined> {
  const asked = await scope.caches.match(wish.path, { cacheName: wish.cache }).catch(() => undefined);
  if (!asked) return undefined;
  const late = new Promise<undefined>((done) => setTimeout(done, patience, undefined));
  return Promise.race([late, titleOf(scope, await asked.text(), id).catch(() => undefined)]);
}

async function titleOf(scope: Scope, account: string, id: string): Promise<string | undefined> {
  const json = { "Content-Type": "application/json" };
  const { access } = await answered(
    await scope.fetch("/api/v1/auth/refresh", { method: "POST", headers: json, body: "{}", redirect: "error" }),
  );
  const { space, rec } = await answered(
    await scope.fetch(`/api/v1/notices/${id}`, { headers: { Authorization: `Bearer ${access}` }, redirect: "error" }),
  );
  const held = await recordIn(scope.indexedDB, `samspor-${account}`, [String(space), String(rec)]);
  return typeof held?.f?.title === "string" ? held.f.title : undefined;
}

async function answered(response: Response): Promise<Record<string, unknown>> {
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Record<string, unknown>;
}

interface Held {
  readonly f?: { readonly title?: unknown };
}

// A database that is not there is not made here: the page alone knows its shape.
function recordIn(factory: IDBFactory, name: string, key: string[]): Promise<Held | undefined> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(name);
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const found = db.transaction("base").objectStore("base").get(key);
      found.onerror = () => reject(found.error);
      found.onsuccess = () => {
        db.close();
        resolve(found.result as Held | undefined);
      };
    };
  });
}
