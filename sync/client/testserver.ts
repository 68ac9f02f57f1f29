/** A server that speaks SYNC in memory, for tests only: one person, no rights, no projection, and a network that can be cut. */
import { apply, type Records } from "../merge/merge.ts";
import type { AccountID, RecordID, SpaceID } from "../plan/plan.gen.ts";
import type { Change, HistoryEntry, Rec, World } from "./types.ts";
import type { Page, Put, Result } from "./wire.ts";

interface Space {
  seq: number;
  records: Records;
  /** When a record went out of sight. */
  gone: Map<RecordID, number>;
  clients: Map<string, { last: number; ring: Map<string, Result> }>;
}

interface Asked {
  readonly path: string;
  readonly body: string;
  readonly bearer: string | null;
  readonly keepalive: boolean;
}

interface PullBody {
  readonly client: string;
  readonly cur: Record<SpaceID, string>;
  readonly only?: SpaceID[];
  readonly has?: string[];
}

export const account = "a1" as AccountID;
export const me = { person: "p1", role: "guardian", may: {} };

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });

/** A refusal of a whole request. */
export const problem = (
  status: number,
  slug: string,
  more: object = {},
  headers: Record<string, string> = {},
): Response => json(status, { type: `/problems/${slug}`, title: slug, status, code: slug, id: "x", ...more }, headers);

/** What a captive portal says. */
export const portal = (): Response => new Response("<html>Log in</html>", { headers: { "Content-Type": "text/html" } });

export class TestServer {
  readonly spaces = new Map<SpaceID, Space>();
  readonly asked: Asked[] = [];
  readonly removed = new Set<SpaceID>();
  /** Why a member has lost the spaces that were removed. */
  why: "membershipEnded" | "notMember" | "erased" = "membershipEnded";
  /** What was handed over, the same outbox once. */
  readonly quarantine = new Map<string, readonly Change[]>();
  /** The history of each record. */
  readonly entries = new Map<RecordID, readonly (HistoryEntry | Record<string, unknown>)[]>();
  /** This server's clock, and for how long a phone may show what it holds. */
  now = Date.parse("2026-03-04T08:00:00Z");
  leaseFor = 72 * 3600_000;
  /** The account that the refresh cookie belongs to; null when the session has ended. */
  cookie: string | null = account;
  /** The access token that is good now. */
  access = "good";
  epoch = 0;
  /** Answers every change so. */
  answer: Result["r"] = "ok";
  /** Stands in for the server, or for the network, as long as it gives a response. */
  intercept: ((asked: Asked) => Response | undefined | Promise<Response | undefined>) | undefined;
  /** The server does its work, and the answer gets lost. */
  losesAnswers = false;
  live: ReadableStreamDefaultController<Uint8Array> | undefined;
  pageSize = Infinity;
  /** Sends these records by their sum alone to a phone that has it. */
  sums: Readonly<Record<RecordID, string>> = {};

  readonly fetch: World["fetch"] = async (path, init) => {
    const asked: Asked = {
      path: path.replace("/api/v1/", ""),
      body: String(init.body ?? ""),
      bearer: new Headers(init.headers).get("Authorization"),
      keepalive: init.keepalive ?? false,
    };
    this.asked.push(asked);
    init.signal?.throwIfAborted();
    const aborted = new Promise<never>((_, reject) =>
      init.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
    );
    return Promise.race([aborted, this.#answer(asked, init.signal ?? undefined)]);
  };

  /** The bodies of all requests to one path. */
  bodies(path: string): Record<string, never>[] {
    return this.asked.filter((asked) => asked.path === path).map((asked) => JSON.parse(asked.body));
  }

  space(id: SpaceID): Space {
    const known = this.spaces.get(id) ?? { seq: 0, records: new Map(), gone: new Map(), clients: new Map() };
    this.spaces.set(id, known);
    return known;
  }

  /** Writes a record as somebody else would. */
  write(id: SpaceID, ...records: Partial<Rec>[]): void {
    const space = this.space(id);
    for (const rec of records) {
      const before = rec.id && space.records.get(rec.id);
      const full = { kind: "task", ...rec, f: { ...before?.f, ...rec.f }, seq: ++space.seq } as Rec;
      space.records = new Map(space.records).set(full.id, full);
    }
  }

  /** Takes a record out of this member's sight. */
  hide(id: SpaceID, rec: RecordID): void {
    const space = this.space(id);
    const records = new Map(space.records);
    records.delete(rec);
    space.records = records;
    space.gone.set(rec, ++space.seq);
  }

  /** Says something on the live stream. */
  say(text: string): void {
    this.live?.enqueue(new TextEncoder().encode(text));
  }

  async #answer(asked: Asked, signal: AbortSignal | undefined): Promise<Response> {
    const instead = await this.intercept?.(asked);
    if (instead) return instead;
    const answer = this.#work(asked, signal);
    if (this.losesAnswers) throw new TypeError("network lost");
    return answer;
  }

  #work(asked: Asked, signal: AbortSignal | undefined): Response {
    if (asked.path === "auth/refresh") {
      return this.cookie ? json(200, { access: this.access, person: this.cookie }) : problem(401, "session-ended");
    }
    if (asked.path === "auth/link") {
      return asked.body === '{"code":"right"}'
        ? json(200, { access: this.access, person: account })
        : problem(410, "invite-gone");
    }
    if (asked.path === "auth/logout") return json(200, {});
    if (asked.bearer !== `Bearer ${this.access}`) return problem(401, "unauthorised");
    if (asked.path === "sync/push") return this.#push(JSON.parse(asked.body));
    if (asked.path === "sync/pull") return this.#pull(JSON.parse(asked.body));
    if (asked.path === "sync/quarantine") return this.#quarantine(asked.body);
    if (asked.path === "sync/history") return this.#history(JSON.parse(asked.body));
    if (asked.path === "sync/live") return this.#live(signal);
    return problem(404, "not-found");
  }

  #push({ client, changes }: { client: string; changes: Change[] }): Response {
    const lasts = new Map<string, number>();
    for (const [change, { space, n, id, ops }] of changes.entries()) {
      if (this.removed.has(space) && this.why !== "membershipEnded") return problem(404, "not-found", { change });
      if (this.removed.has(space)) {
        return problem(410, "gone", { change, quarantine: "/api/v1/sync/quarantine", until: this.#in(30 * 24) });
      }
      const [op] = ops;
      const opens = op && "new" in op && op.kind === "case" && String(op.rec) === String(space);
      if (!this.spaces.has(space) && !opens && !lasts.has(space)) return problem(404, "not-found", { change });
      const known = this.spaces.get(space)?.clients.get(client);
      const last = lasts.get(space) ?? known?.last ?? 0;
      if (n > last + 1) return problem(409, "gap", { change, want: last + 1 });
      if (n <= (known?.last ?? 0) && !known?.ring.has(id)) return problem(409, "fork", { change });
      lasts.set(space, Math.max(last, n));
    }
    return json(200, { results: changes.map((change) => this.#apply(client, change)) });
  }

  #apply(client: string, { space: id, n, id: change, ops }: Change): Result {
    const space = this.space(id);
    const known = space.clients.get(client) ?? { last: 0, ring: new Map<string, Result>() };
    space.clients.set(client, known);
    const before = known.ring.get(change);
    if (before) return before;
    const seq = ++space.seq;
    if (this.answer === "ok") this.#merge(space, ops);
    const result: Result = { space: id, n, r: this.answer, seq };
    known.last = n;
    known.ring.set(change, result);
    return result;
  }

  #merge(space: Space, ops: Change["ops"]): void {
    const after = apply(space.records, ops, { waiting: false });
    const changed = [...after.values()].filter((rec) => space.records.get(rec.id) !== rec);
    space.records = new Map([...after, ...changed.map((rec) => [rec.id, { ...rec, seq: space.seq }] as const)]);
  }

  #pull({ client, cur, only, has }: PullBody): Response {
    const spaces: Record<SpaceID, Page> = {};
    const shared = has && new Set(has);
    for (const [id, space] of this.spaces) {
      if (this.removed.has(id) || (only && !only.includes(id))) continue;
      const page = this.#page(space, cur[id]);
      const put = page?.put?.map((one) => this.#short(one, shared));
      if (page) spaces[id] = { ...page, ...(put && { put }), ackn: space.clients.get(client)?.last ?? 0 };
    }
    const removed = [...this.removed].filter((space) => cur[space]).map((space) => ({ space, why: this.why }));
    return json(200, { spaces, removed, now: this.#in(0), lease: this.#in(this.leaseFor / 3600_000) });
  }

  #short(put: Put, shared: Set<string> | undefined): Put {
    const sum = this.sums[put.id];
    if (!shared || sum === undefined) return put;
    const { f, ...rest } = put;
    const isKnown = shared.has(sum);
    shared.add(sum);
    return { ...rest, sum, ...(!isKnown && { f }) };
  }

  /** So many hours from now. */
  #in(hours: number): string {
    return new Date(this.now + hours * 3600_000).toISOString();
  }

  #quarantine(body: string): Response {
    const { client, space, changes }: { client: string; space: SpaceID; changes: Change[] } = JSON.parse(body);
    if (body.length > 192 * 1024 || changes.length > 200) return problem(413, "batch-too-large");
    if (changes.length === 0 || changes.some((change) => change.space !== space)) return problem(422, "wrong-type");
    if (!this.removed.has(space) || this.why !== "membershipEnded") return problem(404, "not-found");
    const key = [client, space, ...changes.map(({ id }) => id)].join(" ");
    this.quarantine.set(key, changes);
    return json(200, { receipt: "q1", changes: changes.length, until: this.#in(30 * 24) });
  }

  #history({ space, rec }: { space: SpaceID; rec: RecordID }): Response {
    if (this.removed.has(space) || !this.spaces.get(space)?.records.has(rec)) return problem(404, "not-found");
    return json(200, { entries: this.entries.get(rec) ?? [] });
  }

  /** A token is the epoch, what base includes, and where the next page goes on. */
  #page(space: Space, token: string | undefined): Page | undefined {
    const [epoch, from = 0, next = 0] = (token ?? "").split(":").map(Number);
    const isKnown = token !== undefined && epoch === this.epoch && next <= space.seq;
    const [base, since] = isKnown ? [from, next] : [0, 0];
    if (isKnown && base === space.seq) return undefined;
    const news = [...space.records.values()].filter((rec) => rec.seq > since).sort((a, b) => a.seq - b.seq);
    const put = news
      .slice(0, this.pageSize)
      .map(({ id, kind, seq, f, del }) => ({ id, kind, seq, f, ...(del && { del }) }) as Put);
    const more = news.length > put.length;
    const at = more ? (put.at(-1)?.seq ?? 0) : space.seq;
    // One that went and came back is named in both: gone first, so that nothing of what it was stays.
    const gone = since === 0 ? [] : [...space.gone].filter(([, seq]) => seq > since && seq <= at).map(([id]) => id);
    return {
      cur: `${this.epoch}:${more ? base : space.seq}:${at}`,
      seq: space.seq,
      reset: !isKnown,
      put,
      gone,
      more,
      ...(!isKnown && { me: me as never }),
    };
  }

  #live(signal: AbortSignal | undefined): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.live = controller;
        signal?.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }
}
