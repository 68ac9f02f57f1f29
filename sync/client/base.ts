/** Base: what the server said. Pages wait beside it until a space is whole, and then take its place in one transaction, together with the answered rows that leave the outbox. */
import type { RecordID, SpaceID } from "../plan/plan.gen.ts";
import { granted, type Lease } from "./lease.ts";
import { isWaiting, unknownSpace } from "./outbox.ts";
import { type BaseRow, type OutboxRow, rowsOf, type SpaceRow, type Store, type Tx } from "./store.ts";
import type { Handed, Rec } from "./types.ts";
import type { Page, PullAnswer, Put } from "./wire.ts";

/** What a pull did to one space. */
export interface Received {
  readonly space: SpaceID;
  readonly row: SpaceRow;
  /** Base was replaced as a whole by `changed`. */
  readonly reset: boolean;
  /** Records as they are now in base; null where one is no longer there. */
  readonly changed: ReadonlyMap<RecordID, Rec | null>;
  /** The space's outbox as it is now. */
  readonly rows: readonly OutboxRow[];
}

/** Why a space is gone whose changes the server still takes for review. */
export const ended = "membershipEnded";

/** Why a space is gone of which nothing may stay, here neither. */
const erased = "erased";

/** Stores one answer. Gives what changed, which spaces were cut short or erased, and the lease as it is now. */
export function receive(
  store: Store,
  { spaces, removed, ...times }: PullAnswer,
  now: number,
): Promise<{ received: Received[]; more: SpaceID[]; erased: SpaceID[]; lease: Lease | undefined }> {
  return store.write(async (tx) => {
    const meta = tx.objectStore("meta");
    const received: Received[] = [];
    const more: SpaceID[] = [];
    for (const [space, page] of Object.entries(spaces) as [SpaceID, Page][]) {
      const row = (await tx.objectStore("spaces").get(space)) ?? unknownSpace(space);
      if (page.more) {
        await stage(tx, row, page);
        more.push(space);
      } else {
        received.push(await settle(tx, row, page));
      }
    }
    const gone = (removed ?? []).filter(({ why }) => why === erased).map(({ space }) => space);
    for (const space of gone) await erase(tx, space, now);
    for (const { space, why } of removed ?? []) {
      if (why === erased) continue;
      received.push(await (why === ended ? end(tx, space) : wipe(tx, space, why)));
    }
    const lease = granted(times, now) ?? ((await meta.get("lease")) as Lease | undefined);
    await Promise.all([meta.put(now, "lastContact"), lease && meta.put(lease, "lease")]);
    return { received, more, erased: gone, lease };
  });
}

async function stage(tx: Tx, row: SpaceRow, page: Page): Promise<void> {
  const { space } = row;
  const pages = page.reset ? 0 : (row.next?.pages ?? 0);
  if (pages === 0) await tx.objectStore("stage").delete(rowsOf(space));
  await tx.objectStore("stage").put({ ...page, space, page: pages });
  await tx.objectStore("spaces").put({ ...row, next: { cur: page.cur, pages: pages + 1 } });
}

async function settle(tx: Tx, row: SpaceRow, page: Page): Promise<Received> {
  const { space } = row;
  const staged: readonly Page[] = page.reset || !row.next ? [] : await tx.objectStore("stage").getAll(rowsOf(space));
  const pages = [...staged, page];
  const reset = pages.some((p) => p.reset);
  const changed = await merged(tx, space, pages, reset);
  const me = pages.reduce((known, p) => p.me ?? known, row.me);
  const { next: _, removed: __, ...kept } = row;
  const { cur, seq, ackn = row.ackn } = page;
  // A space that was wiped and given back goes on counting where the server stands.
  const after: SpaceRow = { ...kept, cur, seq, me, complete: true, ackn, last: Math.max(row.last, ackn) };
  if (reset) await tx.objectStore("base").delete(rowsOf(space));
  await Promise.all([
    tx.objectStore("stage").delete(rowsOf(space)),
    tx.objectStore("spaces").put(after),
    ...[...changed].map(([id, rec]) => keep(tx, space, id, rec)),
  ]);
  return { space, row: after, reset, changed, rows: await leave(tx, space, page.seq, page.ackn ?? Infinity) };
}

async function keep(tx: Tx, space: SpaceID, id: RecordID, rec: Rec | null): Promise<void> {
  await (rec ? tx.objectStore("base").put({ ...rec, space }) : tx.objectStore("base").delete([space, id]));
}

/** The records that the pages speak of, on top of what base holds of them. */
async function merged(
  tx: Tx,
  space: SpaceID,
  pages: readonly Page[],
  reset: boolean,
): Promise<Map<RecordID, Rec | null>> {
  const changed = new Map<RecordID, Rec | null>();
  if (!reset) {
    const ids = pages.flatMap((page) => (page.put ?? []).map((put) => put.id));
    for (const rec of await Promise.all(ids.map((id) => tx.objectStore("base").get([space, id])))) {
      if (rec) changed.set(rec.id, recOf(rec));
    }
  }
  for (const page of pages) {
    for (const id of page.gone ?? []) changed.set(id, null);
    for (const put of page.put ?? []) changed.set(put.id, mergedOne(changed.get(put.id), put));
  }
  return changed;
}

function mergedOne(before: Rec | null | undefined, { id, kind, seq, f: news, sum, del }: Put): Rec {
  const f: Record<string, unknown> = { ...before?.f };
  for (const [field, value] of Object.entries(news ?? {})) {
    if (value === null) delete f[field];
    else f[field] = value;
  }
  return { id, kind, f, seq, ...(sum && { sum }), ...(del && { del }) } as Rec;
}

/** Access has ended: nothing of the space is shown any more, and all of it is kept until what waits there has been handed over. */
export async function end(tx: Tx, space: SpaceID): Promise<Received> {
  const known = (await tx.objectStore("spaces").get(space)) ?? unknownSpace(space);
  const row: SpaceRow = { ...known, removed: ended };
  await tx.objectStore("spaces").put(row);
  return { space, row, reset: false, changed: new Map(), rows: await tx.objectStore("outbox").getAll(rowsOf(space)) };
}

/** A space lost for any other reason keeps its unanswered changes and its last number. */
async function wipe(tx: Tx, space: SpaceID, why: string): Promise<Received> {
  const { last, made, ackn } = (await tx.objectStore("spaces").get(space)) ?? unknownSpace(space);
  const row: SpaceRow = { ...unknownSpace(space), last, made, ackn, removed: why };
  await Promise.all([
    tx.objectStore("base").delete(rowsOf(space)),
    tx.objectStore("stage").delete(rowsOf(space)),
    tx.objectStore("spaces").put(row),
  ]);
  return { space, row, reset: true, changed: new Map(), rows: await leave(tx, space, Infinity, Infinity) };
}

/** Nothing of the space stays but a notice without a name, also of what was never sent. */
async function erase(tx: Tx, space: SpaceID, at: number): Promise<void> {
  const [meta, outbox] = [tx.objectStore("meta"), tx.objectStore("outbox")];
  const changes = (await outbox.getAll(rowsOf(space))).filter(isWaiting).length;
  const notices = ((await meta.get("handed")) ?? []) as readonly Handed[];
  const notice: Handed = { space, name: "", changes, at, until: null, erased: true };
  await Promise.all([
    tx.objectStore("base").delete(rowsOf(space)),
    tx.objectStore("stage").delete(rowsOf(space)),
    outbox.delete(rowsOf(space)),
    tx.objectStore("spaces").delete(space),
    meta.put([...notices.filter((one) => one.space !== space), notice], "handed"),
  ]);
}

/** Answered rows that base now includes leave the outbox. One that the server has forgotten (restored from a backup) is sent again instead. Gives what is left. */
async function leave(tx: Tx, space: SpaceID, seq: number, ackn: number): Promise<OutboxRow[]> {
  const outbox = tx.objectStore("outbox");
  const kept: OutboxRow[] = [];
  for (const { answer, ...row } of await outbox.getAll(rowsOf(space))) {
    if (!answer || answer.seq > seq) {
      kept.push(answer ? { ...row, answer } : row);
    } else if (row.n > ackn) {
      kept.push(row);
      await outbox.put(row);
    } else {
      await outbox.delete([space, row.o]);
    }
  }
  return kept;
}

/** A record as the view holds it. */
export function recOf({ space: _, ...rec }: BaseRow): Rec {
  return rec;
}
