/** Sends the outbox: one request at a time, small ones first, and out of the others' way whatever the server will not take. */
import type { ClientID, SpaceID } from "../plan/plan.gen.ts";
import { end } from "./base.ts";
import { newId } from "./ids.ts";
import type { Memory } from "./memory.ts";
import { recordAnswers, renumber, setAside, takeNewClient, unsent } from "./outbox.ts";
import type { Refused, Session } from "./session.ts";
import type { OutboxRow, Store } from "./store.ts";
import type { Change, World } from "./types.ts";
import { isPushAnswer, type Problem, type PushAnswer } from "./wire.ts";

/** The largest single change, refused when it is made. */
export const maxChange = 64 * 1024;
/** The most that one request may hold. */
export const maxCount = 200;
export const maxBytes = 192 * 1024;
const startBytes = 16 * 1024;
const partingBytes = 60_000; // keepalive takes 64 kB, all requests of the page together
const envelopeBytes = 200;
const maxRepairs = 3;

/** What one round of pushing came to: these spaces have answers; nothing to send; something was mended, go on at once; or why not. */
export type Pushed = { readonly ok: true; readonly spaces: readonly SpaceID[] } | "idle" | "again" | Refused;

export interface Push {
  once(): Promise<Pushed>;
  /** Sends what fits while the page goes away. */
  parting(): void;
  /** The server has spoken of these spaces: they can be pushed to again. */
  found(spaces: Iterable<SpaceID>): void;
}

interface Parts {
  readonly store: Store;
  readonly memory: Memory;
  readonly session: Session;
  readonly world: World;
  /** Other tabs hear of these. */
  readonly onStored: (spaces: readonly SpaceID[]) => void;
}

/** How many bytes a text takes on the wire. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A change exactly as it travels. */
export const wireChange = ({ space, n, id, base, at, ops }: Change): Change => ({ space, n, id, base, at, ops });

/** The schema a change was written in: the outbox is never migrated, the server lifts what is older. */
const schemaOf = (row: OutboxRow | undefined): number => row?.schema ?? 1;

/** Makes the sender of one client. */
export function createPush({ store, memory, session, world, onStored }: Parts): Push {
  let bytes = startBytes;
  let count = maxCount;
  let repairs = 0;
  const lost = new Set<SpaceID>();

  const message = (client: string, rows: readonly OutboxRow[]) => ({
    client,
    schema: schemaOf(rows[0]),
    now: new Date(world.now()).toISOString(),
    changes: rows.map(wireChange),
  });

  async function once(): Promise<Pushed> {
    const { client, rows } = await unsent(store);
    const batch = fill(
      rows.filter((row) => !lost.has(row.space)),
      count,
      bytes,
    );
    if (batch.length === 0) return "idle";
    const answer = await session.post("/api/v1/sync/push", message(client, batch), isPushAnswer);
    if (answer.ok) return keep(batch, answer.body);
    if (answer.why === "timeout") bytes = Math.max(1024, bytes / 2);
    if (answer.why !== "problem") return answer;
    return (await mend(client, batch, answer.problem)) ? "again" : answer;
  }

  async function keep(batch: readonly OutboxRow[], { results }: PushAnswer): Promise<Pushed> {
    const answered = await recordAnswers(store, batch, results);
    if (answered.length === 0) return { ok: false, why: "network" }; // not an answer to this push
    bytes = Math.min(maxBytes, bytes * 2);
    count = Math.min(maxCount, count * 2);
    repairs = 0;
    memory.answered(answered);
    const spaces = [...new Set(answered.map((row) => row.space))];
    onStored(spaces);
    return { ok: true, spaces };
  }

  /** Does what the refusal asks for; false if there is nothing to do but wait. */
  async function mend(client: ClientID, batch: readonly OutboxRow[], problem: Problem): Promise<boolean> {
    const row = batch[problem.change ?? -1];
    const slug = problem.type.split("/").pop();
    if (row && problem.status === 410) {
      memory.received(await store.write((tx) => end(tx, row.space)));
      onStored([row.space]);
      return true;
    }
    if (row && problem.status === 404) {
      lost.add(row.space);
      return true;
    }
    if ([400, 413, 422].includes(problem.status)) return split(batch, problem);
    if (problem.status !== 409 || ++repairs > maxRepairs) return false;
    if (slug === "fork") await takeNewClient(store, client, newId(world.random));
    else if (slug === "gap" && row && problem.want) await renumber(store, row.space, problem.want);
    else return false;
    await memory.load();
    onStored(memory.rows().map(({ space }) => space));
    return true;
  }

  /** Finds the change that a whole push was refused for, by halves. */
  async function split(batch: readonly OutboxRow[], problem: Problem): Promise<boolean> {
    const [row] = batch;
    if (!row) return false;
    if (batch.length > 1) {
      count = Math.floor(batch.length / 2);
      return true;
    }
    await setAside(store, row, problem.code ?? problem.type);
    await memory.load([row.space]);
    onStored([row.space]);
    return true;
  }

  return {
    once,
    parting() {
      const rows = memory.unsent().filter((row) => !lost.has(row.space));
      const batch = fill(rows, maxCount, partingBytes, false);
      if (batch.length > 0) session.partingPost("/api/v1/sync/push", JSON.stringify(message(memory.client, batch)));
    },
    found(spaces) {
      for (const space of spaces) lost.delete(space);
    },
  };
}

/** The first changes that fit, the space that waits longest first; one always does, unless `atLeastOne` is false. */
function fill(rows: readonly OutboxRow[], count: number, bytes: number, atLeastOne = true): OutboxRow[] {
  const since = new Map<SpaceID, string>();
  for (const row of rows) if (!since.has(row.space)) since.set(row.space, row.at);
  const start = (row: OutboxRow) => `${since.get(row.space)} ${row.space}`;
  const sorted = [...rows].sort((a, b) => (start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : a.n - b.n));
  return first(sorted, count, bytes, atLeastOne);
}

/** The first of these that fit into one request, all of one schema. */
export function first(rows: readonly OutboxRow[], count: number, bytes: number, atLeastOne = true): OutboxRow[] {
  const batch: OutboxRow[] = [];
  let size = envelopeBytes;
  for (const row of rows) {
    size += bytesOf(JSON.stringify(wireChange(row))) + 1;
    const fits = batch.length < count && size <= bytes && schemaOf(row) === schemaOf(batch[0] ?? row);
    if (!fits && (batch.length > 0 || !atLeastOne)) break;
    batch.push(row);
  }
  return batch;
}
