import { signal } from "@preact/signals";
import { newId } from "../../../sync/client/ids.ts";
import type { Client, Handed, HistoryEntry, Op, Rec, Saved, SpaceView, SyncState } from "../../../sync/client/types.ts";
import type { Kind, RecordID, SpaceID } from "../../../sync/plan/plan.gen.ts";

const idle: SyncState = {
  reachable: false,
  lastContact: null,
  waiting: 0,
  oldest: null,
  busy: false,
  signedOut: false,
  persisted: false,
  locked: false,
};

const client = signal<Client | null>(null);
/** All spaces of the person, as the phone knows them. */
export const spaces = signal<ReadonlyMap<SpaceID, SpaceView>>(new Map());
/** How things stand with the network. */
export const sync = signal<SyncState>(idle);
/** Plans that this person has lost access to while this phone held them. */
export const handed = signal<readonly Handed[]>([]);
/** The first attempt to reach the server is over; before that, no word about the network. */
export const hasTried = signal(false);

/** Follows a client until the returned function is called. */
export function follow(next: Client): () => void {
  const read = () => {
    const state = next.state();
    if (sync.peek().busy && !state.busy) hasTried.value = true;
    sync.value = state;
    spaces.value = next.spaces();
    handed.value = next.handed();
  };
  client.value = next;
  hasTried.value = false;
  read();
  const stop = next.subscribe(read);
  return () => {
    stop();
    client.value = null;
    sync.value = idle;
    spaces.value = new Map();
    handed.value = [];
  };
}

/** Writes one change; resolves when it is durable on this phone. */
export async function edit(space: SpaceID, ops: readonly Op[]): Promise<Saved> {
  return (await client.peek()?.edit(space, ops)) ?? { ok: false, code: "failed" };
}

/** Pushes and pulls now. */
export async function syncNow(): Promise<void> {
  await client.peek()?.sync();
}

/** Who changed what of a record, the oldest first; null without network. */
export async function historyOf(space: SpaceID, rec: RecordID): Promise<readonly HistoryEntry[] | null> {
  return (await client.peek()?.history(space, rec)) ?? null;
}

/** Forms of a plan as a PDF, one or all of them; null without network. */
export async function formsPDF(space: SpaceID, language: string, rec?: RecordID): Promise<Blob | null> {
  return (await client.peek()?.formsPDF(space, language, rec)) ?? null;
}

/** Whose plans these are; null where nobody is signed in. */
export function account(): string | null {
  return client.peek()?.account ?? null;
}

/** A request about this account that is not sync; null where nobody is signed in or the server cannot be reached. */
export async function ask<T>(
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  body: unknown,
  isBody: (v: unknown) => v is T,
): Promise<T | null> {
  const answer = await client.peek()?.ask(method, path, body, isBody);
  return answer?.ok ? answer.body : null;
}

/** Puts the notice about a lost plan away. */
export async function dismiss(space: SpaceID): Promise<void> {
  await client.peek()?.dismiss(space);
}

/** A new id, made where the record is made, also offline. */
export function newID<ID extends string>(): ID {
  return newId<ID>((bytes) => crypto.getRandomValues(bytes));
}

const byKind = new WeakMap<SpaceView, Map<Kind, Rec[]>>();

/** The records of one kind in a space; sorted out once for each new view of it. */
export function ofKind<K extends Kind>(space: SpaceView | null, kind: K): readonly Rec<K>[] {
  if (!space) return [];
  let kinds = byKind.get(space);
  if (!kinds) {
    kinds = group(space);
    byKind.set(space, kinds);
  }
  // The kind of a record decides its fields; TypeScript cannot follow that through a map.
  return (kinds.get(kind) ?? []) as readonly Rec[] as readonly Rec<K>[];
}

function group(space: SpaceView): Map<Kind, Rec[]> {
  const kinds = new Map<Kind, Rec[]>();
  for (const rec of space.records.values()) {
    if (rec.del) continue;
    const list = kinds.get(rec.kind);
    if (list) list.push(rec);
    else kinds.set(rec.kind, [rec]);
  }
  return kinds;
}

/** One record by kind and id, if the phone holds it. */
export function find<K extends Kind>(space: SpaceView | null, kind: K, id: string | undefined): Rec<K> | undefined {
  const rec = id === undefined ? undefined : space?.records.get(id as RecordID);
  return rec?.kind === kind && !rec.del ? (rec as Rec<K>) : undefined;
}
