/** The outbox: own changes, from the moment they are durable until base includes them. Each function is one transaction, and none loses a row. */
import type { ChangeID, ClientID, SpaceID } from "../plan/plan.gen.ts";
import { type OutboxRow, type Reading, rowsOf, type SpaceRow, type Store, type Tx } from "./store.ts";
import type { Op } from "./types.ts";
import { type Result, schema } from "./wire.ts";

/** What an edit hands over; `seen` is the number of the space that its view included. */
export interface Edit {
  readonly space: SpaceID;
  readonly id: ChangeID;
  readonly seen: number;
  readonly at: string;
  readonly ops: readonly Op[];
}

/** Whether the server still has to answer this change. */
export const isWaiting = (row: OutboxRow): boolean => row.answer === undefined;

/** Whether it may still be sent. */
export const isUnsent = (row: OutboxRow): boolean => isWaiting(row) && row.blocked === undefined;

/** What is known of a space before anything is. */
export const unknownSpace = (space: SpaceID): SpaceRow => ({
  space,
  seq: 0,
  me: null,
  complete: false,
  last: 0,
  made: 0,
  ackn: 0,
});

/** Writes a change strictly, with the next number of its space taken in the same transaction, so that two tabs never share one. */
export function addChange(store: Store, { seen, ...edit }: Edit): Promise<{ row: OutboxRow; space: SpaceRow }> {
  return store.write(async (tx) => {
    const before = (await tx.objectStore("spaces").get(edit.space)) ?? unknownSpace(edit.space);
    const space: SpaceRow = { ...before, last: before.last + 1, made: before.made + 1 };
    // The smaller of the two: another tab may have pulled what this one has not shown yet.
    const row: OutboxRow = { ...edit, n: space.last, base: Math.min(seen, space.seq), o: space.made, schema };
    await Promise.all([tx.objectStore("outbox").add(row), tx.objectStore("spaces").put(space)]);
    return { row, space };
  }, "strict");
}

/** The client's id and what may be sent: unanswered, not set aside, and of no space this member has lost. */
export function unsent(store: Store): Promise<{ client: ClientID; rows: OutboxRow[] }> {
  return store.read(async (tx) => {
    const [client, rows, spaces] = await Promise.all([
      clientID(tx),
      tx.objectStore("outbox").getAll(),
      tx.objectStore("spaces").getAll(),
    ]);
    const removed = new Set(spaces.filter((s) => s.removed !== undefined).map((s) => s.space));
    return { client, rows: rows.filter((row) => isUnsent(row) && !removed.has(row.space)) };
  });
}

/** Keeps the answers with their rows; a row leaves here only when base already includes it. Gives the rows that were answered. */
export function recordAnswers(
  store: Store,
  sent: readonly OutboxRow[],
  results: readonly Result[],
): Promise<OutboxRow[]> {
  const answers = new Map(results.map((result) => [`${result.space} ${result.n}`, result]));
  return store.write(async (tx) => {
    const outbox = tx.objectStore("outbox");
    const answered: OutboxRow[] = [];
    for (const { space, o, id, n } of sent) {
      const answer = answers.get(`${space} ${n}`);
      const row = await outbox.get([space, o]);
      if (!answer || row?.id !== id) continue;
      answered.push({ ...row, answer });
      const { seq = 0 } = (await tx.objectStore("spaces").get(space)) ?? {};
      await (answer.seq <= seq ? outbox.delete([space, o]) : outbox.put({ ...row, answer }));
    }
    return answered;
  });
}

/** The server has less than was sent: numbers from `want` on are given anew, and rows it has forgotten are sent again. */
export function renumber(store: Store, space: SpaceID, want: number): Promise<void> {
  return store.write((tx) => giveNumbers(tx, space, want, (row) => row.blocked === undefined && row.n >= want));
}

/** Another profile speaks under this client's id: takes a new one, under which all spaces count from 1. The same change ids make sure that nothing is doubled. */
export function takeNewClient(store: Store, old: ClientID, fresh: ClientID): Promise<void> {
  return store.write(async (tx) => {
    if ((await clientID(tx)) !== old) return; // another tab was faster
    await tx.objectStore("meta").put(fresh, "client");
    for (const space of await tx.objectStore("spaces").getAll()) {
      await tx.objectStore("spaces").put({ ...space, ackn: 0 });
      await giveNumbers(tx, space.space, 1, isUnsent);
    }
  });
}

/** Keeps a change that the server would not read, out of the others' way: those after it move up by one. */
export function setAside(store: Store, { space, o, id }: OutboxRow, code: string): Promise<void> {
  return store.write(async (tx) => {
    const row = await tx.objectStore("outbox").get([space, o]);
    if (!row || row.id !== id || !isUnsent(row)) return;
    await tx.objectStore("outbox").put({ ...row, n: 0, blocked: code });
    const { ackn = 0 } = (await tx.objectStore("spaces").get(space)) ?? {};
    // A number the server has already received is used up.
    if (row.n > ackn) await giveNumbers(tx, space, row.n, (other) => isUnsent(other) && other.n > row.n);
  });
}

/** Gives the changes that were set aside a new number and another try: what refused them may have been mended meanwhile. */
export function retryBlocked(store: Store): Promise<void> {
  return store.write(async (tx) => {
    for (const { blocked, ...row } of await tx.objectStore("outbox").getAll()) {
      const space = blocked !== undefined && (await tx.objectStore("spaces").get(row.space));
      if (!space) continue;
      const n = space.last + 1;
      await Promise.all([
        tx.objectStore("outbox").put({ ...row, n }),
        tx.objectStore("spaces").put({ ...space, last: n }),
      ]);
    }
  });
}

/** Numbers the chosen rows from `first` on, in the order they had; whatever they were answered no longer holds. All others keep clear of the new numbers. */
async function giveNumbers(tx: Tx, space: SpaceID, first: number, chosen: (row: OutboxRow) => boolean): Promise<void> {
  const outbox = tx.objectStore("outbox");
  let next = first;
  const rows = await outbox.getAll(rowsOf(space));
  for (const row of rows.sort((a, b) => a.n - b.n)) {
    const { answer, ...unanswered } = row;
    if (chosen(row)) await outbox.put({ ...unanswered, n: next++ });
    else if (answer && row.n >= first) await outbox.put({ ...row, n: 0 });
  }
  const spaces = tx.objectStore("spaces");
  const known = await spaces.get(space);
  if (known) await spaces.put({ ...known, last: next - 1 });
}

/** The id under which this browser profile speaks. */
export async function clientID(tx: Reading): Promise<ClientID> {
  return (await (tx as Tx<"readonly">).objectStore("meta").get("client")) as ClientID;
}
