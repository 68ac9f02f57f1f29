/** Leaving a space whose access has ended: upload first, then purge. What waits there is handed over for review, and only when the server keeps all of it is the space wiped from this phone. */
import type { ChangeID, ClientID, SpaceID } from "../plan/plan.gen.ts";
import { ended } from "./base.ts";
import type { Memory } from "./memory.ts";
import { clientID, isUnsent, isWaiting, setAside, unknownSpace } from "./outbox.ts";
import { first, maxBytes, maxCount, wireChange } from "./push.ts";
import type { Refused, Session } from "./session.ts";
import { type OutboxRow, rowsOf, type Store } from "./store.ts";
import type { Handed, World } from "./types.ts";
import { isReceipt } from "./wire.ts";

interface Parts {
  readonly store: Store;
  readonly memory: Memory;
  readonly session: Session;
  readonly world: World;
  /** Other tabs hear of these. */
  readonly onStored: (spaces: readonly SpaceID[]) => void;
}

/** Leaves every space that is to be left, except those to which access came back a moment ago; `onBack` hears of more of them. */
export type Quarantine = (
  back: ReadonlySet<SpaceID>,
  onBack: (space: SpaceID) => void,
) => Promise<{ readonly ok: true } | Refused>;

interface Leaving {
  readonly client: ClientID;
  readonly space: SpaceID;
  /** All that the server has not answered, in the order it was made. */
  readonly rows: readonly OutboxRow[];
}

type Ended = { readonly ok: true; readonly isBack: boolean } | Refused;

/** Makes the one that hands over for a client. */
export function createQuarantine({ store, memory, session, world, onStored }: Parts): Quarantine {
  let bytes = maxBytes;
  /** What the server keeps, and until when: not sent again when a later request fails. */
  const receipts = new Map<ChangeID, string>();

  async function leave(leaving: Leaving): Promise<Ended> {
    const { space } = leaving;
    const handed = await handOver(leaving);
    if (!handed.ok) return handed;
    if (handed.isBack) await comeBack(store, space);
    else await purge(store, { space, name: memory.name(space), at: world.now() }, receipts);
    await memory.load([space]);
    onStored([space]);
    return handed;
  }

  async function handOver({ client, space, rows }: Leaving): Promise<Ended> {
    let count = maxCount;
    for (let left = rows.filter(({ id }) => !receipts.has(id)); ; ) {
      const chunk = first(left, count, bytes);
      const [row] = chunk;
      if (!row) return { ok: true, isBack: false };
      const body = { client, space, changes: chunk.map(wireChange) };
      const answer = await session.post("/api/v1/sync/quarantine", body, isReceipt);
      if (answer.ok) {
        if (answer.body.changes !== chunk.length) return { ok: false, why: "network" }; // not a receipt for these
        for (const { id } of chunk) receipts.set(id, answer.body.until);
        left = left.slice(chunk.length);
        continue;
      }
      if (answer.why === "timeout") bytes = Math.max(1024, bytes / 2);
      if (answer.why !== "problem") return answer;
      const { status, code, type } = answer.problem;
      if (status === 404) return { ok: true, isBack: true };
      if (![400, 413, 422].includes(status)) return answer;
      // One that the server will not read is found by halves, and kept.
      if (chunk.length > 1) {
        count = chunk.length >> 1;
      } else {
        await setAside(store, row, code ?? type);
        left = left.slice(1);
      }
    }
  }

  return async (back, onBack) => {
    const tried = new Set(back);
    let refused: Refused | undefined;
    for (;;) {
      const leaving = await nextToLeave(store, tried);
      if (!leaving) return refused ?? { ok: true };
      const left = await leave(leaving);
      if (left.ok && !left.isBack) continue; // wiped, or something was added meanwhile
      tried.add(leaving.space);
      if (left.ok) onBack(leaving.space);
      else if (left.why === "problem") refused = left;
      else return left;
    }
  };
}

/** The next space to be left, unless it has been tried. One of which only changes are left that the server will not read has been. */
function nextToLeave(store: Store, tried: ReadonlySet<SpaceID>): Promise<Leaving | undefined> {
  return store.read(async (tx) => {
    for (const { space, cur, removed } of await tx.objectStore("spaces").getAll()) {
      if (removed !== ended || tried.has(space)) continue;
      const rows = await tx.objectStore("outbox").getAll(rowsOf(space));
      if (cur !== undefined || rows.length === 0 || rows.some(isUnsent)) {
        return { client: await clientID(tx), space, rows: rows.filter(isWaiting) };
      }
    }
    return undefined;
  });
}

/** The server knows this member again. */
function comeBack(store: Store, space: SpaceID): Promise<void> {
  return store.write(async (tx) => {
    const known = await tx.objectStore("spaces").get(space);
    if (!known) return;
    const { removed: _, ...row } = known;
    await tx.objectStore("spaces").put(row);
  });
}

/** Wipes the space and leaves a notice, in one step; nothing of it while a change has no receipt that could have one. */
function purge(
  store: Store,
  gone: Pick<Handed, "space" | "name" | "at">,
  receipts: ReadonlyMap<ChangeID, string>,
): Promise<void> {
  return store.write(async (tx) => {
    const [meta, spaces, outbox] = [tx.objectStore("meta"), tx.objectStore("spaces"), tx.objectStore("outbox")];
    const { space } = gone;
    const [row, rows] = await Promise.all([spaces.get(space), outbox.getAll(rowsOf(space))]);
    const waiting = rows.filter(isWaiting);
    const kept = waiting.filter(({ id }) => !receipts.has(id));
    if (row?.removed !== ended || kept.some(isUnsent)) return; // another tab has written meanwhile
    const notices = ((await meta.get("handed")) ?? []) as readonly Handed[];
    const until =
      waiting
        .map(({ id }) => receipts.get(id) ?? "")
        .sort()
        .at(-1) || null;
    const notice = joined(
      notices.find((one) => one.space === space),
      { ...gone, changes: waiting.length - kept.length, until },
    );
    await Promise.all([
      tx.objectStore("base").delete(rowsOf(space)),
      tx.objectStore("stage").delete(rowsOf(space)),
      outbox.delete(rowsOf(space)),
      ...kept.map((one) => outbox.put(one)),
      kept.length > 0
        ? spaces.put({ ...unknownSpace(space), last: row.last, made: row.made, ackn: row.ackn, removed: ended })
        : spaces.delete(space),
      meta.put([...notices.filter((one) => one.space !== space), notice], "handed"),
    ]);
  });
}

/** A space is spoken of once, also when something came after. */
function joined(before: Handed | undefined, now: Handed): Handed {
  if (!before) return now;
  return {
    ...now,
    name: now.name || before.name,
    changes: before.changes + now.changes,
    until: now.until ?? before.until,
  };
}

/** Puts a notice away. */
export function dismissNotice(store: Store, space: SpaceID): Promise<void> {
  return store.write(async (tx) => {
    const meta = tx.objectStore("meta");
    const notices = ((await meta.get("handed")) ?? []) as readonly Handed[];
    await meta.put(
      notices.filter((one) => one.space !== space),
      "handed",
    );
  });
}
