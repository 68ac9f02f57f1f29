/**
 * The second driver of the simulation (the first is sync/sim): the phone half of sync, as it ships, on a fake IndexedDB
 * for each device, against the real program, with everything between them that can go wrong. One seed decides who does
 * what and what befalls which request; STORMS says how many seeds are played, SEED with which to begin.
 */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClient } from "../../sync/client/client.ts";
import { signInByLink } from "../../sync/client/session.ts";
import type { OutboxRow } from "../../sync/client/store.ts";
import type { Client, Op, Rec, World } from "../../sync/client/types.ts";
import type { AccountID, RecordID, SpaceID } from "../../sync/plan/plan.gen.ts";
import { Program } from "./program.ts";

const space = "case-1" as SpaceID;
const people = ["c1-jonas", "c1-karen", "c1-signe", "c1-nadia"] as const;
/** Writes with them until he is let go, in the middle of it. */
const leaver = "c1-mikkel";
type Who = (typeof people)[number] | typeof leaver;
const acts = 240;

let program: Program;
beforeEach(async () => {
  program = await Program.start();
});
afterEach(() => program.close());

/** What may befall a request. */
const faults = ["lost", "answerLost", "twice", "cut", "portal", "busy", "late"] as const;

/** Numbers from a seed: the same seed, the same storm. */
class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state * 1664525 + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }
  of<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.next() * list.length)];
    if (one === undefined) throw new Error("nothing to choose from");
    return one;
  }
}

/** One browser profile: its own storage, which outlives the app that is opened on it. */
interface Device {
  readonly who: Who;
  readonly account: AccountID;
  readonly access: string;
  readonly factory: IDBFactory;
  client: Client;
}

/** Something somebody wrote, which may never be lost. */
interface Word {
  readonly text: string;
  readonly rec: RecordID;
  readonly by: Who;
}

class Storm {
  readonly dice: Dice;
  readonly devices: Device[] = [];
  readonly words: Word[] = [];
  readonly met: Record<string, number> = {};
  isBad = true;
  #count = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  #world(): World {
    const go = (path: string, init: RequestInit) => fetch(program.origin + path, init);
    return {
      now: () => Date.now(),
      random: (bytes) => crypto.getRandomValues(bytes),
      fetch: async (path, init) => {
        if (!this.isBad || !path.includes("/sync/") || this.dice.next() < 0.55) return go(path, init);
        const fault = this.dice.of(faults);
        this.met[fault] = (this.met[fault] ?? 0) + 1;
        if (fault === "lost") throw new TypeError("lost");
        if (fault === "busy") {
          const body = JSON.stringify({ type: "/problems/busy", status: 503, code: "busy" });
          return new Response(body, { status: 503, headers: { "Content-Type": "application/problem+json" } });
        }
        if (fault === "portal")
          return new Response("<html>Log in</html>", { headers: { "Content-Type": "text/html" } });
        if (fault === "twice") await (await go(path, init)).arrayBuffer();
        const answer = await go(path, init);
        if (fault === "twice") return answer;
        const whole = await answer.arrayBuffer();
        if (fault === "answerLost") throw new TypeError("answer lost");
        if (fault === "late") throw new DOMException("the line was too slow", "AbortError");
        const half = whole.slice(0, Math.floor(whole.byteLength * this.dice.next()));
        return new Response(half, { status: answer.status, headers: { "Content-Type": "application/json" } });
      },
    };
  }

  async signIn(who: Who): Promise<Device> {
    const wasBad = this.isBad;
    this.isBad = false;
    const code = new URL(program.link(`case-1/${who}`)).hash.slice(1);
    const signed = await signInByLink(this.#world(), code);
    if (!signed.ok) throw new Error(`${who}: ${signed.code}`);
    const device = await this.#open({ who, account: signed.account, access: signed.access, factory: new IDBFactory() });
    await device.client.sync();
    expect(device.client.spaces().get(space)?.complete).toBe(true);
    this.isBad = wasBad;
    return device;
  }

  // The phone's storage is a global: it is this device's while its app opens, and stays in the app's hands.
  async #open(device: Omit<Device, "client">): Promise<Device> {
    globalThis.indexedDB = device.factory;
    const { account, access } = device;
    return { ...device, client: await openClient({ account, access, world: this.#world() }) };
  }

  async reopen(device: Device): Promise<void> {
    await device.client.close();
    device.client = (await this.#open(device)).client;
  }

  /** A copied profile: it goes on under the same client id, which the server finds out. */
  async clone(device: Device): Promise<void> {
    await device.client.close();
    const factory = new IDBFactory();
    await copy(device.factory, factory, `samspor-${device.account}`);
    device.client = (await this.#open(device)).client;
    this.devices.push(await this.#open({ ...device, factory }));
  }

  #word(rec: RecordID, by: Who): string {
    const text = `ord ${++this.#count} af ${by}`;
    this.words.push({ text, rec, by });
    return text;
  }

  /** One thing that one person does on one device. */
  async act(device: Device): Promise<void> {
    const ops = this.#ops(device);
    if (ops.length === 0) return;
    const saved = await device.client.edit(space, ops);
    expect(saved.ok).toBe(true);
  }

  #ops({ who, client }: Device): readonly Op[] {
    const id = () => `r-${++this.#count}` as RecordID;
    const get = (rec: string): Rec | undefined =>
      client
        .spaces()
        .get(space)
        ?.records.get(rec as RecordID);
    const was = (rec: string, field: string) => (get(rec)?.f as Record<string, unknown> | undefined)?.[field] ?? null;
    const write = (rec: string, kind: "task" | "case", field: string, value: string): Op[] => [
      { rec: rec as RecordID, kind, set: { [field]: value }, was: { [field]: was(rec, field) as string | null } },
    ];
    const about = this.dice.of(["c1-t08", "c1-t09", "c1-t10", "c1-t11"]);
    const note = (): Op[] => {
      const rec = id();
      return [{ rec, kind: "note", new: { about, text: this.#word(rec, who) } }];
    };
    if (who !== "c1-jonas") {
      const state = this.dice.of(["done", "in_progress", "open"]);
      const mine = { "c1-karen": "c1-t08", "c1-signe": "c1-t06", "c1-nadia": "c1-t05", [leaver]: null }[who];
      return this.dice.next() < 0.8 || !mine ? note() : write(mine, "task", "state", state);
    }
    const paragraphs = String(was("case-1", "challenges") ?? "").split("\n\n");
    const at = Math.floor(this.dice.next() * (paragraphs.length + 1));
    return this.dice.of<() => readonly Op[]>([
      note,
      () => write(about, "task", "title", this.#word(about as RecordID, who)),
      () => {
        const rec = id();
        return [{ rec, kind: "task", new: { title: this.#word(rec, who), responsible: "c1-jonas" } }];
      },
      () =>
        write(
          "case-1",
          "case",
          "challenges",
          paragraphs.toSpliced(at, 0, this.#word("case-1" as RecordID, who)).join("\n\n"),
        ),
      () => [{ rec: about as RecordID, kind: "task", add: { helpers: [this.dice.of(people)] } }],
      () => [{ rec: about as RecordID, kind: "task", remove: { helpers: [this.dice.of(people)] } }],
      () => this.#settle(client),
    ])();
  }

  #settle(client: Client): readonly Op[] {
    const open = recordsOf(client).filter(
      (one) => one.kind === "conflict" && (one.f as { state?: string }).state === "open",
    );
    if (open.length === 0) return [];
    return [{ conflict: this.dice.of(open).id, choose: this.dice.of(["theirs", "mine"]) }];
  }

  /** Jonas lets somebody go, who goes on writing before he hears of it. */
  async letGo(): Promise<void> {
    this.isBad = false;
    const [jonas] = this.devices.filter(({ who }) => who === "c1-jonas");
    if (!jonas) throw new Error("nobody is there");
    const rec = `m-${leaver}` as RecordID;
    await jonas.client.sync();
    const saved = await jonas.client.edit(space, [
      { rec, kind: "membership", set: { to: "2020-01-01" }, was: { to: null } },
    ]);
    expect(saved.ok).toBe(true);
    await jonas.client.sync();
    for (const device of this.devices.filter(({ who }) => who === leaver)) {
      await this.act(device);
      await this.act(device);
    }
    this.isBad = true;
  }

  /** Every device syncs until nothing moves any more. */
  async rest(): Promise<void> {
    this.isBad = false;
    for (let round = 0; round < 40; round++) {
      for (const { client } of this.devices) await client.sync();
      if (this.devices.every(({ client }) => client.state().waiting === 0) && round > 2) return;
    }
    throw new Error(`changes still wait: ${this.devices.map(({ client }) => client.state().waiting)}`);
  }

  async close(): Promise<void> {
    for (const { client } of this.devices) await client.close();
  }
}

/** Copies a phone's storage, as a backup does. */
async function copy(from: IDBFactory, to: IDBFactory, name: string): Promise<void> {
  globalThis.indexedDB = from;
  const old = await openDB(name);
  globalThis.indexedDB = to;
  const made = await openDB(name, old.version, {
    upgrade(db) {
      for (const store of old.objectStoreNames) {
        const { keyPath } = old.transaction(store).objectStore(store);
        db.createObjectStore(store, keyPath === null ? {} : { keyPath: keyPath as string | string[] });
      }
    },
  });
  for (const store of old.objectStoreNames) {
    const [keys, rows] = [await old.getAllKeys(store), await old.getAll(store)];
    for (const [i, row] of rows.entries()) {
      const hasPath = made.transaction(store).objectStore(store).keyPath !== null;
      await (hasPath ? made.put(store, row) : made.put(store, row, keys[i]));
    }
  }
  old.close();
  made.close();
}

const recordsOf = (client: Client): Rec[] => [...(client.spaces().get(space)?.records.values() ?? [])];

/** What a phone shows, to the letter. */
const picture = (client: Client): string[] =>
  recordsOf(client)
    .map(({ id, f, seq, del }) => JSON.stringify([id, seq, del ?? false, Object.entries(f).sort()]))
    .sort();

/** Where each word is, and which are nowhere (I5). */
async function trace(words: readonly Word[], fresh: ReadonlyMap<Who, Client>) {
  const found = { current: 0, conflict: 0, parked: 0, quarantine: 0, history: 0 };
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const { text, rec, by } of words) {
    const own = fresh.get(by === leaver ? "c1-jonas" : by);
    if (!own) throw new Error(`nobody reads for ${by}`);
    const holds = (one: Rec) =>
      JSON.stringify(one.f).includes(`${text}"`) || JSON.stringify(one.f).includes(`${text}\\n`);
    // What one writes about a health matter of another service, only those see who see the matter (R39).
    const where = [own, ...fresh.values()]
      .map((client) => recordsOf(client).filter(holds))
      .find((list) => list.length > 0);
    const beside = ["conflict", "parked", "quarantine"];
    const plain = where?.filter(({ kind }) => !beside.includes(kind)) ?? [];
    if (plain.length > 1) doubled.push(text);
    if (plain.length > 0) found.current++;
    else if (where?.some(({ kind }) => kind === "conflict")) found.conflict++;
    else if (where?.some(({ kind }) => kind === "parked")) found.parked++;
    else if (where?.some(({ kind }) => kind === "quarantine")) found.quarantine++;
    else if (JSON.stringify(await own.history(space, rec)).includes(text)) found.history++;
    else lost.push(text);
  }
  return { found, lost, doubled };
}

/** Lets a storm pass, and gives everybody a phone that was never in it. */
async function weather(seed: number, spoil?: (storm: Storm) => Promise<void>) {
  const storm = new Storm(seed);
  for (const who of [...people, leaver] as const) storm.devices.push(await storm.signIn(who));
  await program.stop();
  await program.run(); // a link works once; the next start has others
  for (const who of [...people, leaver] as const) storm.devices.push(await storm.signIn(who));
  for (let n = 0; n < acts; n++) {
    if (n === (acts * 2) / 3) await storm.letGo();
    const device = storm.dice.of(storm.devices.filter(({ client }) => client.spaces().has(space)));
    await storm.act(device);
    const luck = storm.dice.next();
    if (luck < 0.45) await device.client.sync();
    else if (luck < 0.5) await storm.reopen(device);
    if (n === acts / 3) await storm.clone(storm.dice.of(storm.devices));
    if (n === acts / 2) {
      await program.stop("SIGKILL"); // in the middle of it all; phones go on writing
      for (const one of storm.devices) await storm.act(one); // nobody has been let go yet
      await Promise.all(storm.devices.map(({ client }) => client.sync()));
      await program.run();
    }
  }
  await spoil?.(storm);
  await storm.rest();
  await program.stop();
  await program.run();
  const fresh = new Map<Who, Client>();
  for (const who of people) {
    const device = await storm.signIn(who);
    fresh.set(who, device.client);
  }
  return { storm, fresh };
}

const first = Number(process.env.SEED ?? 20261125);
const storms = Number(process.env.STORMS ?? 2);

test.each(Array.from({ length: storms }, (_, i) => first + i))(
  "seed %i: whatever befalls the line, nothing is lost or doubled, and all phones agree (I1-I5, I10)",
  async (seed) => {
    const { storm, fresh } = await weather(seed);
    const { found, lost, doubled } = await trace(storm.words, fresh);
    console.log(`seed ${seed}: ${storm.devices.length} devices, ${storm.words.length} words`, found, storm.met);
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    // I3: each phone holds what the server shows its person, as one that starts afresh does.
    for (const { who, client } of storm.devices)
      expect(picture(client), who).toEqual(who === leaver ? [] : picture(fresh.get(who) as Client));
    expect(found.quarantine).toBeGreaterThan(0);
    expect(Object.keys(storm.met).sort()).toEqual([...faults].sort());
    await storm.close();
    for (const client of fresh.values()) await client.close();
  },
  120_000,
);

// The control: with a row of the outbox taken away by hand, the same looking must find that a word is gone.
test("a word that is thrown away is missed", async () => {
  const thrown: string[] = [];
  const { storm, fresh } = await weather(first, async (before) => {
    before.isBad = false;
    const [device] = before.devices;
    if (!device) throw new Error("nobody is there");
    await program.stop();
    const text = "ord som bliver smidt væk";
    const rec = "r-thrown" as RecordID;
    await device.client.edit(space, [{ rec, kind: "note", new: { about: "c1-t08", text } }]);
    before.words.push({ text, rec, by: device.who });
    thrown.push(text);
    await device.client.close();
    globalThis.indexedDB = device.factory;
    const db = await openDB(`samspor-${device.account}`);
    for (const row of (await db.getAll("outbox")) as OutboxRow[]) {
      if (JSON.stringify(row.ops).includes(text)) await db.delete("outbox", [row.space, row.o]);
    }
    db.close();
    await program.run();
    await before.reopen(device);
  });
  const { lost } = await trace(storm.words, fresh);
  expect(lost).toEqual(thrown);
  await storm.close();
  for (const client of fresh.values()) await client.close();
}, 120_000);
