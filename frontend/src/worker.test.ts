import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { type Asked, type Build, type Events, listen, type Scope, wish } from "./worker.ts";

const origin = "https://samspor.test";
const buildA: Build = { id: "A", files: { "/": "hash-of-shell", "/assets/app-1.js": "hash-of-app" } };
const buildB: Build = { id: "B", files: { "/": "hash-of-new-shell" } };

test("precache is all or nothing", async () => {
  const phone = new Phone();
  phone.answers["/assets/app-1.js"] = () => new Response("gone", { status: 404 });
  const worker = phone.start(buildA);
  await expect(worker.fire("install")).rejects.toThrow("/assets/app-1.js: 404");
  expect(phone.cacheNames()).toEqual([]);
});

test("precache goes past the HTTP cache and pins each file to its hash", async () => {
  const phone = new Phone();
  await phone.start(buildA).fire("install");
  expect(phone.fetched).toEqual([
    ["/", { cache: "reload", integrity: "sha256-hash-of-shell", redirect: "error" }],
    ["/assets/app-1.js", { cache: "reload", integrity: "sha256-hash-of-app", redirect: "error" }],
  ]);
  expect(phone.cacheNames()).toEqual(["samspor-A"]);
});

test("a failed install leaves the cache that the running worker of the same build uses", async () => {
  const phone = new Phone();
  await phone.start(buildA).fire("install");
  phone.goOffline();
  await expect(phone.start(buildA).fire("install")).rejects.toThrow("offline");
  expect(phone.cacheNames()).toEqual(["samspor-A"]);
});

test("navigation without network gives the shell, for every route of the page", async () => {
  const { worker } = await offlineWith(buildA);
  for (const route of ["/", "/in", "/in?invite=x", "/plan", "/plan/0YbKk2/tasks"]) {
    expect(await body(worker.ask({ url: route, mode: "navigate" }))).toBe("network: /");
  }
});

test("files of the build come from the cache first", async () => {
  const { worker } = await offlineWith(buildA);
  expect(await body(worker.ask({ url: "/assets/app-1.js" }))).toBe("network: /assets/app-1.js");
});

test("the API is never answered, whatever asks for it", async () => {
  const { worker } = await offlineWith(buildA);
  for (const url of ["/api", "/api/", "/api/sync/pull", "/api/auth/start?to=plan"]) {
    expect(worker.ask({ url })).toBeUndefined();
    expect(worker.ask({ url, mode: "navigate" })).toBeUndefined();
    expect(worker.ask({ url, method: "POST" })).toBeUndefined();
  }
});

test("what the build does not list passes the worker by", async () => {
  const { worker } = await offlineWith(buildA);
  expect(worker.ask({ url: "/assets/app-0.js" })).toBeUndefined(); // of an older build: the server may still have it
  expect(worker.ask({ url: "/assets/app-1.js?v=2" })).toBeUndefined();
  expect(worker.ask({ url: "/sw.js", mode: "navigate" })).toBeUndefined();
  expect(worker.ask({ url: "/plan", method: "POST", mode: "navigate" })).toBeUndefined();
  expect(worker.ask({ url: "https://elsewhere.test/assets/app-1.js" })).toBeUndefined();
  expect(worker.ask({ url: "/constructor" })).toBeUndefined();
});

test("nothing but the build is ever kept", async () => {
  const { phone, worker } = await offlineWith(buildA);
  phone.goOnline();
  worker.ask({ url: "/api/sync/pull" });
  await worker.ask({ url: "/plan", mode: "navigate" });
  await worker.settled();
  expect(phone.paths("samspor-A")).toEqual(["/", "/assets/app-1.js"]);
});

test("an old cache is deleted on activate and not before, and other people's caches never", async () => {
  const phone = new Phone();
  await phone.start(buildA).fire("install");
  await phone.scope.caches.open("of-another-program");
  const next = phone.start(buildB);
  await next.fire("install");
  expect(phone.cacheNames()).toEqual(["of-another-program", "samspor-A", "samspor-B"]);
  await next.fire("activate");
  expect(phone.cacheNames()).toEqual(["of-another-program", "samspor-B"]);
});

test("the worker waits until the page says that nothing is unsaved", async () => {
  const phone = new Phone();
  const worker = phone.start(buildA);
  await worker.fire("install");
  await worker.fire("activate");
  for (const data of [undefined, null, "skipWaiting", { type: "other" }]) await worker.fire("message", { data });
  expect(phone.skipped).toBe(0);
  await worker.fire("message", { data: { type: "skipWaiting" } });
  expect(phone.skipped).toBe(1);
});

test("an emptied cache is filled again by the next opening with network", async () => {
  const phone = new Phone();
  const worker = phone.start(buildA);
  expect(await body(worker.ask({ url: "/plan", mode: "navigate" }))).toBe("network: /plan");
  await worker.settled();
  expect(phone.paths("samspor-A")).toEqual(["/", "/assets/app-1.js"]);
});

test("a cache that cannot be read is no reason not to open", async () => {
  const phone = new Phone();
  phone.scope.caches.match = () => Promise.reject(new Error("storage is gone"));
  expect(await body(phone.start(buildA).ask({ url: "/", mode: "navigate" }))).toBe("network: /");
});

test("an event made by a script does its work without waitUntil", async () => {
  const phone = new Phone();
  const refuse = () => {
    throw new Error("InvalidStateError");
  };
  await phone.start(buildA).fire("message", { data: { type: "skipWaiting" }, isTrusted: false, waitUntil: refuse });
  expect(phone.skipped).toBe(1);
});

const pushed = (more: object = {}, said: object = {}) => ({
  web_push: 8030,
  notification: { title: "Samspor", body: "Du har en aftale i dag.", lang: "da", app_badge: "2", ...said },
  id: "0YbKk2-4_x",
  kind: "taskDue",
  ...more,
});

test("a push is shown in its fixed words, with nothing but an opaque id behind it", async () => {
  const phone = new Phone();
  await phone.start(buildA).push(() => pushed());
  expect(phone.shown).toEqual([
    [
      "Samspor",
      {
        body: "Du har en aftale i dag.",
        lang: "da",
        tag: "0YbKk2-4_x",
        icon: "/icons/icon-192.png",
        data: "/n/0YbKk2-4_x",
        actions: [{ action: "tick", title: "Færdig" }],
      },
    ],
  ]);
  expect(phone.badges).toEqual([2]);
});

test("several things at once lead to the list of them", async () => {
  const phone = new Phone();
  await phone.start(buildA).push(() => pushed({ kind: "digest" }));
  expect(phone.shown[0]?.[1]).toMatchObject({ data: "/n", tag: "samspor" });
  expect(phone.shown[0]?.[1]).not.toHaveProperty("actions");
});

test("a push that cannot be read is shown all the same", async () => {
  const phone = new Phone();
  const worker = phone.start(buildA);
  const broken = [
    () => {
      throw new SyntaxError("no JSON");
    },
    () => null,
    () => ({}),
    () => pushed({ id: 7 }),
    () => pushed({}, { body: undefined }),
  ];
  for (const json of broken) await worker.push(json);
  expect(phone.shown.map(([title, { body }]) => [title, body])).toEqual(
    broken.map(() => ["Samspor", "Der er nyt at læse."]),
  );
});

/** A phone that holds a task, whose server knows what a notice stands for. */
async function informed(): Promise<Phone> {
  const phone = new Phone();
  phone.answers["/api/v1/auth/refresh"] = () => Response.json({ access: "token", person: "a1" });
  phone.answers["/api/v1/notices/0YbKk2-4_x"] = () => Response.json({ space: "k7", rec: "t1" });
  await new Promise<void>((done, fail) => {
    const opening = phone.store.open("samspor-a1", 1);
    opening.onupgradeneeded = () => {
      const base = opening.result.createObjectStore("base", { keyPath: ["space", "id"] });
      base.put({ space: "k7", id: "t1", kind: "task", f: { title: "Ringe til PPR" } });
    };
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
  });
  return phone;
}

test("only where the person has asked for it does a push say what it is about, from what the phone holds", async () => {
  const phone = await informed();
  const worker = phone.start(buildA);
  await worker.push(() => pushed());
  expect(phone.fetched).toEqual([]); // nothing is asked of anybody
  const shelf = await phone.scope.caches.open(wish.cache);
  await shelf.put(wish.path, new Response("a1"));
  await worker.push(() => pushed());
  expect(phone.shown.map(([, { body }]) => body)).toEqual(["Du har en aftale i dag.", "Ringe til PPR"]);
});

test("what cannot be found out is not waited for: the fixed words stand", async () => {
  for (const spoil of [
    (phone: Phone) => phone.goOffline(),
    (phone: Phone) => {
      phone.answers["/api/v1/auth/refresh"] = () => new Response("{}", { status: 401 });
    },
    (phone: Phone) => {
      phone.answers["/api/v1/notices/0YbKk2-4_x"] = () => new Response("{}", { status: 404 });
    },
    (phone: Phone) => {
      phone.answers["/api/v1/notices/0YbKk2-4_x"] = () => Response.json({ space: "k7", rec: "gone" });
    },
  ]) {
    const phone = await informed();
    await (await phone.scope.caches.open(wish.cache)).put(wish.path, new Response("a1"));
    spoil(phone);
    await phone.start(buildA).push(() => pushed());
    expect(phone.shown.map(([, { body }]) => body)).toEqual(["Du har en aftale i dag."]);
  }
  const stranger = await informed();
  await (await stranger.scope.caches.open(wish.cache)).put(wish.path, new Response("a2"));
  await stranger.start(buildA).push(() => pushed());
  expect(stranger.shown[0]?.[1].body).toBe("Du har en aftale i dag.");
  expect((await stranger.store.databases()).map(({ name }) => name)).toEqual(["samspor-a1"]);
});

test("a click goes to the open page, or opens one", async () => {
  const phone = new Phone();
  const worker = phone.start(buildA);
  expect(await worker.click("/n/0YbKk2")).toBe(1);
  expect(phone.opened).toEqual(["/n/0YbKk2"]);
  await worker.click("/n/0YbKk2", "tick");
  expect(phone.opened.pop()).toBe("/n/0YbKk2?tick");
  const told: unknown[] = [];
  phone.pages = [{ focus: async () => told.push("focus"), postMessage: (message) => void told.push(message) }];
  await worker.click("/n/0YbKk2");
  expect(told).toEqual([{ type: "open", path: "/n/0YbKk2" }, "focus"]);
  expect(phone.opened).toHaveLength(1);
});

test("a click opens nothing but notices", async () => {
  const phone = new Phone();
  const worker = phone.start(buildA);
  for (const data of [
    undefined,
    null,
    7,
    "https://elsewhere.test/",
    "//elsewhere.test",
    "/n/../me",
    "/n/a/b",
    "/n/a?b",
  ]) {
    await worker.click(data);
  }
  expect(new Set(phone.opened)).toEqual(new Set(["/n"]));
});

async function offlineWith(build: Build) {
  const phone = new Phone();
  const worker = phone.start(build);
  await worker.fire("install");
  await worker.fire("activate");
  phone.goOffline();
  return { phone, worker };
}

async function body(answer: Promise<Response> | undefined): Promise<string | undefined> {
  return (await answer)?.text();
}

/** A browser's caches and network, which outlive its workers. */
class Phone {
  readonly answers: Record<string, () => Response> = {};
  readonly fetched: unknown[] = [];
  skipped = 0;
  get store() {
    return this.#store;
  }
  readonly #store = new IDBFactory();
  readonly shown: [string, NotificationOptions][] = [];
  readonly badges: number[] = [];
  readonly opened: string[] = [];
  /** Open pages of the app. */
  pages: { focus(): Promise<unknown>; postMessage(message: unknown): void }[] = [];
  #offline = false;
  readonly #caches = new Map<string, Map<string, Response>>();

  readonly scope: Omit<Scope, "addEventListener"> = {
    caches: {
      open: async (name) => {
        const shelf = this.#shelf(name);
        return { put: async (path, response) => void shelf.set(path, response) };
      },
      has: async (name) => this.#caches.has(name),
      keys: async () => [...this.#caches.keys()],
      delete: async (name) => this.#caches.delete(name),
      match: async (path, { cacheName = "" }) => this.#caches.get(cacheName)?.get(path)?.clone(),
    },
    clients: {
      claim: async () => {},
      matchAll: async () => this.pages,
      openWindow: async (path) => void this.opened.push(path),
    },
    registration: { showNotification: async (title, options) => void this.shown.push([title, options]) },
    indexedDB: this.store,
    navigator: { setAppBadge: async (count) => void this.badges.push(count) },
    location: { origin },
    fetch: async (what, options) => {
      if (this.#offline) throw new TypeError("offline");
      const path = typeof what === "string" ? what : new URL(what.url).pathname;
      if (typeof what === "string") this.fetched.push([what, options]);
      return this.answers[path]?.() ?? new Response(`network: ${path}`);
    },
    skipWaiting: async () => void this.skipped++,
  };

  start(build: Build): Worker {
    return new Worker(this.scope, build);
  }

  goOffline(): void {
    this.#offline = true;
  }

  goOnline(): void {
    this.#offline = false;
  }

  cacheNames(): string[] {
    return [...this.#caches.keys()].sort();
  }

  paths(name: string): string[] {
    return [...this.#shelf(name).keys()].sort();
  }

  #shelf(name: string): Map<string, Response> {
    const shelf = this.#caches.get(name) ?? new Map<string, Response>();
    this.#caches.set(name, shelf);
    return shelf;
  }
}

/** One worker on a phone, driven by hand. */
class Worker {
  readonly #listeners: { [K in keyof Events]?: (event: Events[K]) => void } = {};
  readonly #work: Promise<unknown>[] = [];

  constructor(scope: Omit<Scope, "addEventListener">, build: Build) {
    const listeners: Record<string, unknown> = this.#listeners;
    const addEventListener: Scope["addEventListener"] = (type, listener) => {
      listeners[type] = listener;
    };
    listen({ ...scope, addEventListener }, build);
  }

  async fire<K extends "install" | "activate" | "message">(type: K, more: Partial<Events["message"]> = {}) {
    this.#listeners[type]?.({ ...this.#event(), ...more });
    await this.settled();
  }

  async push(json: () => unknown) {
    this.#listeners.push?.({ ...this.#event(), data: { json } });
    await this.settled();
  }

  async click(data: unknown, action = "") {
    let closed = 0;
    this.#listeners.notificationclick?.({ ...this.#event(), action, notification: { data, close: () => closed++ } });
    await this.settled();
    return closed;
  }

  ask({ url = "/", method = "GET", mode = "cors" }: Partial<Asked>): Promise<Response> | undefined {
    let answer: Promise<Response> | undefined;
    const request = { url: new URL(url, origin).href, method, mode };
    const respondWith = (given: Promise<Response>) => {
      answer = given;
    };
    this.#listeners.fetch?.({ ...this.#event(), request, respondWith });
    return answer;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#work.splice(0));
  }

  #event() {
    return { isTrusted: true, waitUntil: (work: Promise<unknown>) => void this.#work.push(work) };
  }
}
