/**
 * What the phone half of sync promises to the app above it. SYNC's words:
 * base (what the server said), outbox (own changes), view (base + replay).
 */
import type { FaultCode } from "../fault/fault.gen.ts";
import type { Op, Rec, Value } from "../merge/record.ts";
import type { AccountID, ChangeID, ClientID, Kind, PersonID, RecordID, Role, SpaceID } from "../plan/plan.gen.ts";
import type { Answer, Method } from "./session.ts";

export type { Op, Rec, Value } from "../merge/record.ts";
export type { Answer } from "./session.ts";

/** One action of one person: atomic, within one space. */
export interface Change {
  readonly space: SpaceID;
  readonly n: number;
  readonly id: ChangeID;
  readonly base: number;
  readonly at: string;
  readonly ops: readonly Op[];
}

/** What a member may write of one kind, decided by the server. */
export interface May {
  /** May make one. */
  readonly new?: true;
  /** Fields this member may write on any record of the kind. */
  readonly set?: readonly string[];
  /** Fields this member may write where they are responsible, helper, author or the person concerned. */
  readonly own?: readonly string[];
  /** Fields this member may write on what belongs to a meeting that they host. */
  readonly host?: readonly string[];
  /** May make one for somebody else (a task with another responsible). */
  readonly others?: true;
}

/** Who this member is in a space. */
export interface Me {
  readonly person: PersonID;
  readonly role: Role;
  readonly may: Readonly<Partial<Record<Kind, May>>>;
}

/** One space as the screens see it. */
export interface SpaceView {
  readonly id: SpaceID;
  /** null while the space was opened here and the server has not yet answered. */
  readonly me: Me | null;
  /** False until the first whole pull of this space has come in. */
  readonly complete: boolean;
  readonly records: ReadonlyMap<RecordID, Rec>;
  /** Changes of this space that the server has not answered. */
  readonly waiting: number;
}

/** How things stand with the network and the outbox, to be said in calm words. */
export interface SyncState {
  /** Whether the last answer of the network was the server's own; `navigator.onLine` is never asked. */
  readonly reachable: boolean;
  /** Device time in ms of the last answer from the server; null if never. */
  readonly lastContact: number | null;
  /** Changes not yet answered, over all spaces. */
  readonly waiting: number;
  /** Device time in ms when the oldest of them was made; null if none. */
  readonly oldest: number | null;
  /** A push or pull is under way. */
  readonly busy: boolean;
  /** Changes the server would not even read: kept here, counted in `waiting`, tried again when the app is next opened. Absent when none. */
  readonly blocked?: number;
  /** The session has ended: the outbox is kept, the person has to sign in again. */
  readonly signedOut: boolean;
  /** Whether the browser promised to keep this phone's data (`navigator.storage.persist`). */
  readonly persisted: boolean;
  /** The lease has run out, or the clock was set back: nothing is shown until the server has been heard. The outbox stays and is sent. */
  readonly locked: boolean;
}

/** What was handed over for review when access to a space ended: all that is left of it on this phone. */
export interface Handed {
  readonly space: SpaceID;
  /** What the space was called here. */
  readonly name: string;
  /** How many changes were handed over, or were erased unsent; 0 when none were waiting. */
  readonly changes: number;
  /** Device time in ms. */
  readonly at: number;
  /** Until when the server keeps them; null when there was nothing to keep. */
  readonly until: string | null;
  /** The space was erased for good; then it has no name here. */
  readonly erased?: true;
}

/** What one change did to a record, as the server's history tells it. */
export interface HistoryEntry {
  readonly seq: number;
  readonly at: string;
  readonly made?: string;
  readonly by?: PersonID;
  readonly new?: true;
  readonly del?: true;
  readonly back?: true;
  readonly set?: Readonly<Record<string, Value>>;
  readonly was?: Readonly<Record<string, Value>>;
  readonly add?: Readonly<Record<string, readonly string[]>>;
  readonly remove?: Readonly<Record<string, readonly string[]>>;
  /** Fields whose value waits as a conflict beside the one that stands. */
  readonly late?: readonly string[];
  /** Long texts that came late and were merged by paragraph. */
  readonly merged?: readonly string[];
  /** This change settled a conflict about the record. */
  readonly chose?: "theirs" | "mine" | "value";
}

/** Saved durably on this phone, or the reason why not. A refusal is a value; nothing is lost silently. */
export type Saved =
  | { readonly ok: true; readonly change: ChangeID }
  | { readonly ok: false; readonly code: "tooLarge" | "full" | "failed" | "locked" };

/** The phone half of sync. Made by `openClient`. */
export interface Client {
  readonly account: AccountID;
  readonly client: ClientID;
  /** All spaces by id. The same object for a space until something in it changes. */
  spaces(): ReadonlyMap<SpaceID, SpaceView>;
  state(): SyncState;
  /** Hears of every change of `spaces()` or `state()`; gives the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Resolves when the change is durable in the outbox (strict), not when it is sent. */
  edit(space: SpaceID, ops: readonly Op[]): Promise<Saved>;
  /** Pushes and pulls now (a visible refresh control, start, focus, online). */
  sync(): Promise<void>;
  /** Who changed what of one record, the oldest first; null without network. It is asked for, never kept. */
  history(space: SpaceID, rec: RecordID): Promise<readonly HistoryEntry[] | null>;
  /** A request about this account that is not sync: its calendar, its reminders. `body` undefined sends none. */
  ask<T>(method: Method, path: string, body: unknown, isBody: (v: unknown) => v is T): Promise<Answer<T>>;
  /** Forms of a space as a PDF, one or all of them; null if the server does not give it now. */
  formsPDF(space: SpaceID, language: string, rec?: RecordID): Promise<Blob | null>;
  /** Spaces whose access ended while this phone held them. */
  handed(): readonly Handed[];
  /** Puts such a notice away. */
  dismiss(space: SpaceID): Promise<void>;
  /** Goes on sending after `signedOut`, with a fresh access token of the same account. */
  signIn(access: string): void;
  /** Stops timers, the live stream and the lock; the store stays. */
  close(): Promise<void>;
  /** Destroys everything this account has on this phone. Warn of `state().waiting` first. */
  destroy(): Promise<void>;
}

/** What the client needs from the world outside, so that tests can stand in for it. */
export interface World {
  /** `fetch` with the API's origin already resolved, e.g. `(path, init) => fetch(path, init)`. */
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  /** Random bytes for ids. */
  readonly random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** Web Locks; absent in tests that run one tab. */
  readonly locks?: LockManager;
  /** Tells other tabs that the store has changed. */
  readonly channel?: (name: string) => BroadcastChannel;
  /** Page events: focus, online, visible, pagehide. Absent outside a page. */
  readonly page?: Window;
}

/** A parked change as its record tells it. */
export interface ParkedFields {
  readonly person: PersonID;
  readonly code: FaultCode;
  readonly change: Change;
  readonly at: string;
}
