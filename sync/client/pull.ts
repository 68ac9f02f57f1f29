/** Asks what is new, page by page, until nothing is left. */
import type { SpaceID } from "../plan/plan.gen.ts";
import { receive } from "./base.ts";
import type { Memory } from "./memory.ts";
import { clientID } from "./outbox.ts";
import type { Answer, Session } from "./session.ts";
import type { Store } from "./store.ts";
import type { World } from "./types.ts";
import { isPullAnswer, type PullAnswer, type Put, schema } from "./wire.ts";

const maxLimit = 500;
const minLimit = 25;
const maxHas = 100;

type Fields = NonNullable<Put["f"]>;

interface Parts {
  readonly store: Store;
  readonly memory: Memory;
  readonly session: Session;
  readonly world: World;
  /** The server has been heard; it has spoken of these spaces, and they are stored. */
  readonly onStored: (spaces: readonly SpaceID[]) => void;
}

/** Pulls all spaces, or only some; gives once base holds them whether there was anything new, or why not. */
export type Pull = (only?: readonly SpaceID[]) => Promise<Answer<boolean>>;

/** Makes the puller of one client. */
export function createPull({ store, memory, session, world, onStored }: Parts): Pull {
  let limit = maxLimit;

  return async (only) => {
    let isNews = false;
    const shared = only ? undefined : memory.shared(); // a poked space hardly ever comes whole, and its pull is to be short
    for (let wanted = only; ; ) {
      const { client, cur } = await position(store, wanted);
      const has = shared && [...shared.keys()].slice(0, maxHas);
      const body = { client, schema, cur, ...(wanted && { only: wanted }), limit, ...(has && { has }) };
      const answer = await session.post("/api/v1/sync/pull", body, isPullAnswer);
      if (!answer.ok) {
        if (answer.why === "timeout") limit = Math.max(minLimit, limit >> 1);
        return answer;
      }
      const whole = shared ? filled(answer.body, shared) : answer.body;
      if (!whole) return { ok: false, why: "network" };
      const { received, more, erased, lease } = await receive(store, whole, world.now());
      memory.lease = lease;
      for (const one of received) memory.received(one);
      if (erased.length > 0) await memory.load(erased);
      onStored([...received.map(({ space }) => space), ...erased]);
      isNews ||= received.length + erased.length > 0;
      if (more.length === 0) return { ok: true, body: isNews };
      // An answer that moves nothing would have every phone ask for ever.
      const isStill = received.length === 0 && more.every((space) => answer.body.spaces[space]?.cur === cur[space]);
      if (isStill) return { ok: false, why: "network" };
      wanted = more;
    }
  };
}

/** The answer with the fields of each record that came by its sum alone; nothing if one is not known here. What it brings in full is known from then on. */
function filled(answer: PullAnswer, shared: Map<string, Fields>): PullAnswer | undefined {
  let isWhole = true;
  const fill = (put: Put): Put => {
    if (put.sum === undefined) return put;
    const f = put.f ?? shared.get(put.sum);
    if (f) shared.set(put.sum, f);
    else isWhole = false;
    return { ...put, ...(f && { f }) };
  };
  const pages = Object.entries(answer.spaces).map(([space, page]) => [
    space,
    { ...page, ...(page.put && { put: page.put.map(fill) }) },
  ]);
  return isWhole ? { ...answer, spaces: Object.fromEntries(pages) } : undefined;
}

/** The tokens to go on from, those of half-received spaces included. */
function position(
  store: Store,
  only: readonly SpaceID[] | undefined,
): Promise<{ client: string; cur: Record<SpaceID, string> }> {
  return store.read(async (tx) => {
    const [client, rows] = await Promise.all([clientID(tx), tx.objectStore("spaces").getAll()]);
    const cur: Record<SpaceID, string> = {};
    for (const row of rows) {
      const token = row.next?.cur ?? row.cur;
      if (token !== undefined && (!only || only.includes(row.space))) cur[row.space] = token;
    }
    return { client, cur };
  });
}
