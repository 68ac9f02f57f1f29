/** What this tab holds of the store: base, outbox and the view made of them, kept in step by every transaction's outcome. */
import { apply, replay, same } from "../merge/merge.ts";
import type { ClientID, Kind, Kinds, RecordID, SpaceID } from "../plan/plan.gen.ts";
import { type Received, recOf } from "./base.ts";
import { isLocked, type Lease } from "./lease.ts";
import { isWaiting } from "./outbox.ts";
import { type OutboxRow, rowsOf, type SpaceRow, type Store } from "./store.ts";
import type { Handed, Rec, SpaceView } from "./types.ts";
import type { Put } from "./wire.ts";

interface Held {
  readonly row: SpaceRow;
  readonly base: Map<RecordID, Rec>;
  /** In the order they were made. */
  readonly rows: readonly OutboxRow[];
  readonly view: SpaceView;
}

const none: readonly Handed[] = [];
const nothing: SpaceView["records"] = new Map();

/** Everything this tab shows, and what it shows it from. */
export class Memory {
  client = "" as ClientID;
  lastContact: number | null = null;
  lease: Lease | undefined;
  #handed: readonly Handed[] = [];
  #isLocked = false;
  #held = new Map<SpaceID, Held>();
  #spaces: ReadonlyMap<SpaceID, SpaceView> = new Map();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Covers or uncovers everything, as the lease has it at this moment of the device's clock; true if covered. */
  cover(device: number): boolean {
    this.#isLocked = isLocked(this.lease, device);
    return this.#isLocked;
  }

  /** All spaces, without what is in them while they are locked; the same map until something in it changes. */
  spaces(): ReadonlyMap<SpaceID, SpaceView> {
    const held = [...this.#held.values()].filter(({ row }) => row.removed === undefined);
    const shown = this.#isLocked ? held.map(({ view }) => this.#covered(view)) : held.map(({ view }) => view);
    if (shown.length !== this.#spaces.size || shown.some((view) => this.#spaces.get(view.id) !== view)) {
      this.#spaces = new Map(shown.map((view) => [view.id, view]));
    }
    return this.#spaces;
  }

  #covered({ id, complete, waiting }: SpaceView): SpaceView {
    const now: SpaceView = { id, me: null, complete, records: nothing, waiting };
    const before = this.#spaces.get(id);
    return before && isSameView(before, now) ? before : now;
  }

  /** The notices of spaces that were left; they name a child, so they are locked too. */
  handed(): readonly Handed[] {
    return this.#isLocked ? none : this.#handed;
  }

  /** What a space is called: the child's first name, or what the case is called. */
  name(space: SpaceID): string {
    const records = [...(this.#held.get(space)?.view.records.values() ?? [])];
    const find = <K extends Kind>(kind: K) => records.find((rec) => rec.kind === kind && !rec.del)?.f as Kinds[K];
    return find("child")?.name?.split(" ")[0] || find("case")?.title || "";
  }

  /** The fields of the records that many spaces hold alike, by their sum. */
  shared(): Map<string, NonNullable<Put["f"]>> {
    const fields = new Map<string, NonNullable<Put["f"]>>();
    for (const { base } of this.#held.values()) {
      for (const { sum, f } of base.values()) if (sum !== undefined) fields.set(sum, f as NonNullable<Put["f"]>);
    }
    return fields;
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
    this.#handed = none;
  }

  /** Reads the store anew: all of it, or what another tab said has changed. */
  async load(only?: Iterable<SpaceID>): Promise<void> {
    const ranges = only && [...only].map(rowsOf);
    const [client, lastContact, lease, handed, spaces, base, outbox] = await this.#store.read(async (tx) => {
      const meta = tx.objectStore("meta");
      const [bases, outbox] = [tx.objectStore("base"), tx.objectStore("outbox")];
      return Promise.all([
        meta.get("client"),
        meta.get("lastContact"),
        meta.get("lease"),
        meta.get("handed"),
        tx.objectStore("spaces").getAll(),
        ranges ? Promise.all(ranges.map((range) => bases.getAll(range))).then((lists) => lists.flat()) : bases.getAll(),
        ranges
          ? Promise.all(ranges.map((range) => outbox.getAll(range))).then((lists) => lists.flat())
          : outbox.getAll(),
      ]);
    });
    this.client = client as ClientID;
    this.lastContact = (lastContact as number | undefined) ?? null;
    this.lease = lease as Lease | undefined;
    const notices = (handed as readonly Handed[] | undefined) ?? none;
    if (!same(notices, this.#handed)) this.#handed = notices;
    const asked = only && new Set(only);
    const known = new Set(spaces.map(({ space }) => space));
    for (const space of this.#held.keys()) {
      if (!known.has(space) && (!asked || asked.has(space))) this.#held.delete(space);
    }
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
