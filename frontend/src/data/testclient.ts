import type {
  Answer,
  Client,
  Handed,
  HistoryEntry,
  Op,
  Rec,
  SpaceView,
  SyncState,
} from "../../../sync/client/types.ts";
import type { AccountID, ChangeID, ClientID, Kind, Kinds, RecordID, SpaceID } from "../../../sync/plan/plan.gen.ts";
import { caseID } from "./case.ts";
import { now } from "./clock.ts";
import { follow } from "./store.ts";

/** A record for a test, in as few words as possible. */
export function rec<K extends Kind>(kind: K, id: string, f: Record<string, unknown>, more: Partial<Rec> = {}): Rec<K> {
  return { id: id as RecordID, kind, f: f as unknown as Kinds[K], seq: 1, ...more } as Rec<K>;
}

/** Stands in for the phone half of sync: shows what it was given and remembers what it was asked to write. */
export class TestClient implements Client {
  readonly account = "a1" as AccountID;
  readonly client = "c1" as ClientID;
  readonly edits: { readonly space: SpaceID; readonly ops: readonly Op[] }[] = [];
  answer: Awaited<ReturnType<Client["edit"]>> = { ok: true, change: "ch1" as ChangeID };
  /** What the server would tell of any record; null without network. */
  told: readonly HistoryEntry[] | null = [];
  lost: readonly Handed[] = [];
  #spaces = new Map<SpaceID, SpaceView>();
  #state: SyncState = {
    reachable: true,
    lastContact: 0,
    waiting: 0,
    oldest: null,
    busy: false,
    signedOut: false,
    persisted: true,
    locked: false,
  };
  #listener = (): void => {};

  /** Shows a space with these records, as the person `me`, who is at work unless said otherwise. */
  show(
    id: string,
    me: string,
    records: readonly Rec[],
    may: Record<string, unknown> = {},
    role = "professional",
  ): void {
    const space = {
      id: id as SpaceID,
      me: { person: me, role, may } as unknown as SpaceView["me"],
      complete: true,
      records: new Map(records.map((one) => [one.id, one])),
      waiting: 0,
    };
    this.#spaces = new Map(this.#spaces).set(space.id, space);
    this.#listener();
  }

  /** Changes how things stand with the network. */
  stand(state: Partial<SyncState>): void {
    this.#state = { ...this.#state, ...state };
    this.#listener();
  }

  spaces(): ReadonlyMap<SpaceID, SpaceView> {
    return this.#spaces;
  }
  state(): SyncState {
    return this.#state;
  }
  subscribe(listener: () => void): () => void {
    this.#listener = listener;
    return () => {};
  }
  async edit(space: SpaceID, ops: readonly Op[]): ReturnType<Client["edit"]> {
    this.edits.push({ space, ops });
    return this.answer;
  }
  async sync(): Promise<void> {}
  /** What the server answers to requests that are not sync, by method and path; what is not in it is no network. */
  answers = new Map<string, unknown>();
  readonly asked: { readonly what: string; readonly body: unknown }[] = [];

  async ask<T>(method: string, path: string, body: unknown, isBody: (v: unknown) => v is T): Promise<Answer<T>> {
    this.asked.push({ what: `${method} ${path}`, body });
    const answer = this.answers.get(`${method} ${path}`);
    return isBody(answer) ? { ok: true, body: answer } : { ok: false, why: "network" };
  }

  async formsPDF(): Promise<Blob | null> {
    return null;
  }
  async history(): Promise<readonly HistoryEntry[] | null> {
    return this.told;
  }
  handed(): readonly Handed[] {
    return this.lost;
  }
  async dismiss(space: SpaceID): Promise<void> {
    this.lost = this.lost.filter((one) => one.space !== space);
    this.#listener();
  }
  signIn(): void {}
  async close(): Promise<void> {}
  async destroy(): Promise<void> {}
}

/** A followed test client, with the plan "k1" open on Monday 23 November 2026 at eight. */
export function openTest(): TestClient {
  const client = new TestClient();
  follow(client);
  now.value = Date.parse("2026-11-23T08:00:00+01:00");
  caseID.value = "k1" as SpaceID;
  return client;
}
