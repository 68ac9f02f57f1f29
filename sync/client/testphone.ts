/** Phones for tests: a client on a fake IndexedDB, in front of a `TestServer`. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach } from "vitest";
import type { RecordID, SpaceID } from "../plan/plan.gen.ts";
import { openClient } from "./client.ts";
import { account, TestServer } from "./testserver.ts";
import type { Client, Op, Rec, World } from "./types.ts";

export const space = "k7" as SpaceID;
export const other = "k8" as SpaceID;
export const rec = (id: string): RecordID => id as RecordID;

/** The clock of every phone. */
export const clock = { now: Date.parse("2026-03-04T08:00:00Z") };

const opened: Client[] = [];

/** Gives each test an empty phone, and closes its clients. */
export function usePhones(): void {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });
  afterEach(async () => {
    for (const client of opened.splice(0)) await client.close();
  });
}

export function testWorld(server: TestServer, more: Partial<World> = {}): World {
  return { fetch: server.fetch, now: () => clock.now, random: (bytes) => crypto.getRandomValues(bytes), ...more };
}

/** Opens a client; two on the same phone are two tabs. */
export async function phone(
  server: TestServer,
  more: Partial<World> = {},
  access: string | null = "good",
): Promise<Client> {
  const client = await openClient({ account, world: testWorld(server, more), ...(access !== null && { access }) });
  opened.push(client);
  return client;
}

/** A server with one space that holds an open task. */
export function serverWithTask(): TestServer {
  const server = new TestServer();
  server.write(space, { id: rec("t1"), f: { title: "Call the school", state: "open" } } as Partial<Rec>);
  return server;
}

/** Resolves once the condition holds for a client, at once or when it tells of a change. */
export function until(client: Client, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!condition()) return;
      stop();
      resolve();
    };
    const stop = client.subscribe(look);
    look();
  });
}

/** What a client shows of one record's fields. */
export const shown = (client: Client, id: string, of: SpaceID = space): Record<string, unknown> | undefined =>
  client.spaces().get(of)?.records.get(rec(id))?.f as Record<string, unknown> | undefined;

export const finish = (id = "t1"): Op[] => [{ rec: rec(id), set: { state: "done" }, was: { state: "open" } }];
export const title = (text: string, id = "t1"): Op[] => [{ rec: rec(id), set: { title: text } }];
export const note = (id: string, text = "a note"): Op[] => [{ rec: rec(id), kind: "note", new: { text } }];

/** Every row that a store of this phone holds. */
export function rowsIn<Row>(store: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(`samspor-${account}`);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction(store).objectStore(store).getAll();
      all.onerror = () => reject(all.error);
      all.onsuccess = () => {
        open.result.close();
        resolve(all.result as Row[]);
      };
    };
  });
}

/** Writes rows of a store anew behind the client's back; null leaves a row as it is. */
export function changeRow<Row>(store: string, change: (row: Row) => object | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(`samspor-${account}`);
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const tx = open.result.transaction(store, "readwrite");
      const all = tx.objectStore(store).getAll();
      all.onsuccess = () => {
        for (const row of all.result as Row[]) {
          const changed = change(row);
          if (changed) tx.objectStore(store).put(changed);
        }
      };
      tx.onerror = () => reject(tx.error);
      tx.oncomplete = () => {
        open.result.close();
        resolve();
      };
    };
  });
}

/** A page that can be hidden, shown and left. */
export class TestPage extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  readonly navigator = { storage: { persisted: () => Promise.resolve(true) } };

  asWindow(): Window {
    return this as unknown as Window;
  }

  look(visibilityState: "visible" | "hidden"): void {
    this.document.visibilityState = visibilityState;
    this.document.dispatchEvent(new Event("visibilitychange"));
  }
}

/** Web Locks of one browser, as far as tabs use them. */
export function testLocks(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_: string, { signal }: LockOptions, held: () => Promise<void>): Promise<void> => {
    const mine = last.then(() => {
      if (signal?.aborted) throw new DOMException("left", "AbortError");
      return held();
    });
    last = mine.catch(() => undefined);
    return mine;
  };
  return { request } as unknown as LockManager;
}
