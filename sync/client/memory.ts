/** What this tab holds of the store: base, outbox and the view made of them, kept in step by every transaction's outcome. */
import { apply, replay, same } from "../merge/merge.ts";
import type { ClientID, RecordID, SpaceID } from "../plan/plan.gen.ts";
import { type Received, recOf } from "./base.ts";
import { isWaiting } from "./outbox.ts";
import { type OutboxRow, rowsOf, type SpaceRow, type Store } from "./store.ts";
import type { Rec, SpaceView } from "./types.ts";

interface Held {
  readonly row: SpaceRow;
  readonly base: Map<RecordID, Rec>;
  /** In the order they were made. */
  readonly rows: readonly OutboxRow[];
  readonly view: SpaceView;
}

/** Everything this tab shows, and what it shows it from. */
export class Memory {
  client = "" as ClientID;
  lastContact: number | null = null;
  #held = new Map<SpaceID, Held>();
  #spaces: ReadonlyMap<SpaceID, SpaceView> = new Map();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** All spaces; the same map until something in it changes. */
  spaces(): ReadonlyMap<SpaceID, SpaceView> {
    const shown = [...this.#held.values()].filter(({ row }) => row.removed === undefined);
    if (shown.length !== this.#spaces.size || shown.some(({ view }) => this.#spaces.get(view.id) !== view)) {
      this.#spaces = new Map(shown.map(({ view }) => [view.id, view]));
    }
    return this.#spaces;
  }

  /** What is known of the spaces, lost ones included. */
  rows(): SpaceRow[] {
    return [...this.#held.values()].map(({ row }) => row);
  }

  /** The number that base of a space includes. */
  seq(space: SpaceID): number {
    return this.#held.get(space)?.row.seq ?? 0;
  }

  /** All changes that the server has not answered. */
  waiting(): OutboxRow[] {
    return [...this.#held.values()].flatMap(({ rows }) => rows.filter(isWaiting));
  }

  /** Of those, the ones that may still be sent. */
  unsent(): OutboxRow[] {
    return this.waiting().filter(
      (row) => row.blocked === undefined && this.#held.get(row.space)?.row.removed === undefined,
    );
  }

  /** Holds nothing any more. */
  forget(): void {
    this.#held.clear();
  }

  /** Reads the store anew: all of it, or what another tab said has changed. */
  async load(only?: Iterable<SpaceID>): Promise<void> {
    const ranges = only && [...only].map(rowsOf);
    const [client, lastContact, spaces, base, outbox] = await this.#store.read(async (tx) => {
      const meta = tx.objectStore("meta");
      const [bases, outbox] = [tx.objectStore("base"), tx.objectStore("outbox")];
      return Promise.all([
        meta.get("client"),
        meta.get("lastContact"),
        tx.objectStore("spaces").getAll(),
        ranges ? Promise.all(ranges.map((range) => bases.getAll(range))).then((lists) => lists.flat()) : bases.getAll(),
        ranges
          ? Promise.all(ranges.map((range) => outbox.getAll(range))).then((lists) => lists.flat())
          : outbox.getAll(),
      ]);
    });
    this.client = client as ClientID;
    this.lastContact = (lastContact as number | undefined) ?? null;
    const asked = only && new Set(only);
    const records = grouped(base);
    const changes = grouped(outbox);
    for (const row of spaces) {
      if (asked && !asked.has(row.space)) continue;
      const before = this.#held.get(row.space);
      const now = new Map((records.get(row.space) ?? []).map((rec) => [rec.id, recOf(rec)]));
      this.#hold(row, before ? keptSame(before.base, now) : now, changes.get(row.space) ?? []);
    }
  }

  /** A change of this tab has become durable: only it is replayed. */
  added(row: OutboxRow, space: SpaceRow): void {
    const held = this.#held.get(row.space);
    if (!held) {
      this.#hold(space, new Map(), [row]);
      return;
    }
    const view: SpaceView = {
      ...held.view,
      records: apply(held.view.records, row.ops, { waiting: true }),
      waiting: held.view.waiting + 1,
    };
    // Only the numbers: this tab's base may be behind the store's.
    const kept: SpaceRow = { ...held.row, last: space.last, made: space.made };
    this.#held.set(row.space, { ...held, row: kept, rows: [...held.rows, row], view });
  }

  /** The server has answered these. Those that base already includes are replayed without effect until the space is next read. */
  answered(answers: readonly OutboxRow[]): void {
    for (const [space, rows] of grouped(answers)) {
      const held = this.#held.get(space);
      if (!held) continue;
      const byPlace = new Map(rows.map((row) => [row.o, row]));
      this.#hold(
        held.row,
        held.base,
        held.rows.map((row) => byPlace.get(row.o) ?? row),
      );
    }
  }

  /** A pull has come in. */
  received({ space, row, reset, changed, rows }: Received): void {
    const before = this.#held.get(space)?.base;
    const base = reset || !before ? new Map<RecordID, Rec>() : before;
    for (const [id, rec] of changed) {
      if (rec) base.set(id, rec);
      else base.delete(id);
    }
    this.#hold(row, reset && before ? keptSame(before, base) : base, rows);
  }

  #hold(row: SpaceRow, base: Map<RecordID, Rec>, rows: readonly OutboxRow[]): void {
    const before = this.#held.get(row.space)?.view;
    const changes = rows.map((change) => ({ ops: change.ops, made: { waiting: isWaiting(change) } }));
    const records = replay(base, changes);
    const now: SpaceView = {
      id: row.space,
      me: before && same(before.me, row.me) ? before.me : row.me,
      complete: row.complete,
      records: before ? keptSame(before.records, new Map(records)) : new Map(records),
      waiting: rows.filter(isWaiting).length,
    };
    this.#held.set(row.space, { row, base, rows, view: before && isSameView(before, now) ? before : now });
  }
}

function isSameView(a: SpaceView, b: SpaceView): boolean {
  return a.me === b.me && a.complete === b.complete && a.records === b.records && a.waiting === b.waiting;
}

/** The new map with the old objects where they say the same; the old map itself where all do. */
function keptSame<M extends ReadonlyMap<RecordID, Rec>>(before: M, now: Map<RecordID, Rec>): M | Map<RecordID, Rec> {
  let changed = before.size !== now.size;
  for (const [id, rec] of now) {
    const old = before.get(id);
    if (old === rec) continue;
    if (old && same(old, rec)) now.set(id, old);
    else changed = true;
  }
  return changed ? now : before;
}

function grouped<T extends { readonly space: SpaceID }>(rows: readonly T[]): Map<SpaceID, T[]> {
  const groups = new Map<SpaceID, T[]>();
  for (const row of rows) {
    const group = groups.get(row.space);
    if (group) group.push(row);
    else groups.set(row.space, [row]);
  }
  return groups;
}
