/** What this account keeps on this phone: one IndexedDB database, of which every transaction spans all stores, so that they happen in the order they were begun. */
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { ClientID, RecordID, SpaceID } from "../plan/plan.gen.ts";
import type { Lease } from "./lease.ts";
import type { Change, Handed, Me, Rec } from "./types.ts";
import type { Page, Result } from "./wire.ts";

/** What is known about one space beside its records. It outlives the loss of the space as long as changes of it are kept, because `last` may not go back under them. */
export interface SpaceRow {
  readonly space: SpaceID;
  /** The pull's token that base stands at; absent before the first whole pull. */
  readonly cur?: string;
  readonly seq: number;
  readonly me: Me | null;
  readonly complete: boolean;
  /** The last number given to a change of this client. */
  readonly last: number;
  /** How many changes were ever made here: their order, also after numbers were given anew. */
  readonly made: number;
  /** The last number that the server says it has received. */
  readonly ackn: number;
  /** Pages that came in and are not in base yet. */
  readonly next?: { readonly cur: string; readonly pages: number };
  /** Why this member lost the space: it is hidden and not pushed to. While it is `ended`, everything is kept until what waits has been handed over. */
  readonly removed?: string;
}

/** A change on its way. */
export interface OutboxRow extends Change {
  /** Its place among all changes made here in this space; `n` may be given anew, this never is. */
  readonly o: number;
  /** The schema it was written in; rows of the first app have none, and mean 1. */
  readonly schema?: number;
  /** The server's answer: the change is in its history, and leaves the outbox once base includes `seq`. */
  readonly answer?: Result;
  /** Why the server would not even read it: kept, out of the count of `n`, and tried again when the app is next opened. */
  readonly blocked?: string;
}

export type BaseRow = Rec & { readonly space: SpaceID };

interface Tables extends DBSchema {
  meta: { key: "client" | "lastContact" | "lease" | "handed"; value: string | number | Lease | readonly Handed[] };
  spaces: { key: SpaceID; value: SpaceRow };
  base: { key: [SpaceID, RecordID]; value: BaseRow };
  stage: { key: [SpaceID, number]; value: Page & { readonly space: SpaceID; readonly page: number } };
  outbox: { key: [SpaceID, number]; value: OutboxRow };
}

const names = ["meta", "spaces", "base", "stage", "outbox"] as const;

/** A transaction over all stores. */
export type Tx<Mode extends IDBTransactionMode = "readwrite"> = IDBPTransaction<Tables, typeof names, Mode>;
export type Reading = Tx<"readonly"> | Tx<"readwrite">;

export interface Store {
  read<T>(work: (tx: Tx<"readonly">) => Promise<T>): Promise<T>;
  /** Resolves when the transaction is complete; a failure leaves nothing of it. */
  write<T>(work: (tx: Tx) => Promise<T>, durability?: IDBTransactionDurability): Promise<T>;
  close(): void;
  destroy(): Promise<void>;
}

/** Every row of one space, in a store whose key begins with it. */
export const rowsOf = (space: SpaceID): IDBKeyRange => IDBKeyRange.bound([space], [space, []]);

/** Opens the database when it is first needed, and again when the browser dropped the connection; `fresh` names a new one's client; `onDestroyed` when another tab deletes it. */
export function openStore(name: string, fresh: () => ClientID, onDestroyed: () => void): Store {
  let db: Promise<IDBPDatabase<Tables>> | undefined;
  let closed = false;

  function open(): Promise<IDBPDatabase<Tables>> {
    if (closed) throw new DOMException("the store is closed", "InvalidStateError");
    const opening = openDB<Tables>(name, 1, {
      upgrade: (made) => upgrade(made, fresh()),
      terminated: () => forget(opening),
      blocking,
    });
    db = opening;
    opening.catch(() => forget(opening)); // the caller sees the failure too; the next one tries anew
    return opening;
  }

  function forget(old: Promise<unknown>): void {
    if (db === old) db = undefined;
  }

  function blocking(): void {
    close();
    onDestroyed();
  }

  function close(): void {
    closed = true;
    db?.then(
      (opened) => opened.close(),
      () => undefined,
    ); // one that never opened needs no closing
    db = undefined;
  }

  async function run<M extends "readonly" | "readwrite", T>(
    mode: M,
    durability: IDBTransactionDurability,
    work: (tx: Tx<M>) => Promise<T>,
  ): Promise<T> {
    const begin = (opened: IDBPDatabase<Tables>) => opened.transaction(names, mode, { durability });
    const used = db ?? open();
    let tx: Tx<M>;
    try {
      tx = begin(await used);
    } catch (error) {
      // iOS drops connections in the background; a transaction that could not begin has done nothing, so trying again is safe.
      if (!isNamed(error, "InvalidStateError")) throw error;
      forget(used);
      tx = begin(await (db ?? open()));
    }
    return finish(tx, work);
  }

  return {
    read: (work) => run("readonly", "default", work),
    write: (work, durability = "default") => run("readwrite", durability, work),
    close,
    async destroy() {
      // Emptied first: another tab that does not let go would hold the deletion up for as long as it sleeps.
      await Promise.allSettled([
        run("readwrite", "default", (tx) => Promise.all(names.map((name) => tx.objectStore(name).clear()))),
      ]);
      close();
      await new Promise<void>(
        (resolve, reject) => void deleteDB(name, { blocked: () => resolve() }).then(resolve, reject),
      );
    },
  };
}

/** Whether this is the browser's error of that name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}

/** The client's id comes with the database, so that one which the browser emptied under an open app can speak too. */
function upgrade(db: IDBPDatabase<Tables>, client: ClientID): void {
  db.createObjectStore("meta")
    .put(client, "client")
    .catch(() => undefined); // then the opening fails, and says so
  db.createObjectStore("spaces", { keyPath: "space" });
  db.createObjectStore("base", { keyPath: ["space", "id"] });
  db.createObjectStore("stage", { keyPath: ["space", "page"] });
  db.createObjectStore("outbox", { keyPath: ["space", "o"] });
}

/** Waits for the work and for the commit; what the transaction says it failed of (quota) comes before what a request in it says. */
async function finish<M extends IDBTransactionMode, T>(tx: Tx<M>, work: (tx: Tx<M>) => Promise<T>): Promise<T> {
  try {
    const [result] = await Promise.all([work(tx), tx.done]);
    return result;
  } catch (error) {
    abort(tx);
    throw tx.error ?? error;
  }
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch (error) {
    if (!isNamed(error, "InvalidStateError")) throw error; // it has already ended
  }
}
