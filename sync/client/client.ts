/** The phone half of sync. Start here: `openClient` puts the parts together; types.ts says what it promises. */
import { same } from "../merge/merge.ts";
import type { AccountID, ChangeID, ClientID, RecordID, SpaceID } from "../plan/plan.gen.ts";
import { historyOf } from "./history.ts";
import { newId } from "./ids.ts";
import { leaseLeft, passTime } from "./lease.ts";
import { createLive, type Live } from "./live.ts";
import { type Cut, createLoop, type Loop } from "./loop.ts";
import { Memory } from "./memory.ts";
import { addChange, retryBlocked } from "./outbox.ts";
import { isVisible, listenToPage, type PageEvents } from "./page.ts";
import { createPull } from "./pull.ts";
import { bytesOf, createPush, maxChange, type Push } from "./push.ts";
import { createQuarantine, dismissNotice } from "./quarantine.ts";
import { type Answer, type Method, openSession, type Session } from "./session.ts";
import { Status } from "./status.ts";
import { isNamed, openStore, type Store } from "./store.ts";
import { Sync } from "./sync.ts";
import { joinTabs, type Message, type Net, noTabs, type Tabs } from "./tabs.ts";
import type { Client, Handed, HistoryEntry, Op, Saved, SpaceView, SyncState, World } from "./types.ts";

const fullPullEvery = 600_000;
const maxTimer = 2 ** 31 - 1; // more overflows, and rings at once

/** What a client is opened with; without `access` the session is refreshed when a request first needs it. */
export interface Opening {
  readonly account: AccountID;
  readonly world: World;
  readonly access?: string;
}

/** Opens what this phone holds of an account. Needs no network; begins to sync by itself. */
export async function openClient(opening: Opening): Promise<Client> {
  const phone = new Phone(opening);
  await phone.open();
  return phone;
}

/** Puts the parts together, and carries what one of them says to the others. */
class Phone implements Client {
  readonly account: AccountID;
  readonly #world: World;
  readonly #store: Store;
  readonly #memory: Memory;
  readonly #status: Status;
  readonly #session: Session;
  readonly #push: Push;
  readonly #sync: Sync;
  readonly #loop: Loop;
  readonly #live: Live;
  readonly #closing = new AbortController();
  #tabs: Tabs = noTabs;
  #timer: ReturnType<typeof setInterval> | undefined;
  #leaseEnd: ReturnType<typeof setTimeout> | undefined;

  constructor({ account, world, access }: Opening) {
    this.account = account;
    this.#world = world;
    const fresh = () => newId<ClientID>(world.random);
    const store = openStore(nameOf(account), fresh, () => void this.#onDestroyed());
    const memory = new Memory(store);
    const session = openSession(world, account, (reached) => this.#onContact(reached), access);
    const parts = { store, memory, session, world };
    const onStored = (spaces: readonly SpaceID[]) => this.#onStored(spaces);
    const push = createPush({ ...parts, onStored });
    const pull = createPull({ ...parts, onStored: (spaces) => this.#onPulled(spaces) });
    this.#store = store;
    this.#memory = memory;
    this.#session = session;
    this.#push = push;
    this.#status = new Status(memory, world.now);
    this.#sync = new Sync(createQuarantine({ ...parts, onStored }), push, pull, memory);
    this.#loop = createLoop(
      () => this.#sync.pass(),
      world.random,
      (busy) => this.#setNet({ busy }),
    );
    const onEvent = (name: string, data: string) => this.#onEvent(name, data);
    this.#live = createLive({ session, random: world.random, onEvent, onPoll: () => void this.#syncAll("none") });
  }

  async open(): Promise<void> {
    await this.#keepTime();
    await this.#memory.load();
    this.#watchLease();
    this.#status.net = { ...this.#status.net, lastContact: this.#memory.lastContact };
    this.#status.tell();
    this.#tabs = joinTabs(this.#world, nameOf(this.account), {
      onMessage: (message) => void this.#onMessage(message),
      onLead: () => void this.#onLead(),
    });
    this.#timer = setInterval(() => void (this.#tabs.isLeading() && this.#syncAll("none")), fullPullEvery);
    this.#listenToPage();
    void this.#askPersisted();
    this.#tabs.post({ ask: "sync" });
  }

  get client(): ClientID {
    return this.#memory.client;
  }

  spaces(): ReadonlyMap<SpaceID, SpaceView> {
    return this.#status.spaces;
  }

  state(): SyncState {
    return this.#status.state;
  }

  subscribe(listener: () => void): () => void {
    return this.#status.subscribe(listener);
  }

  async edit(space: SpaceID, given: readonly Op[]): Promise<Saved> {
    const ops: readonly Op[] = JSON.parse(JSON.stringify(given)); // shown is exactly what is sent
    const { random, now } = this.#world;
    const change = { space, id: newId<ChangeID>(random), at: new Date(now()).toISOString(), ops };
    const most = Number.MAX_SAFE_INTEGER;
    this.#status.tell();
    if (this.#status.state.locked) return { ok: false, code: "locked" };
    if (bytesOf(JSON.stringify({ ...change, n: most, base: most })) > maxChange) return { ok: false, code: "tooLarge" };
    try {
      const saved = await addChange(this.#store, { ...change, seen: this.#memory.seq(space) });
      this.#memory.added(saved.row, saved.space);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return { ok: false, code: isNamed(error, "QuotaExceededError") ? "full" : "failed" };
    }
    this.#onStored([space]);
    if (this.#tabs.isLeading()) void this.#loop.kick();
    return { ok: true, change: change.id };
  }

  async sync(): Promise<void> {
    await Promise.all([this.#askPersisted(), this.#syncAll("any")]);
  }

  history(space: SpaceID, rec: RecordID): Promise<readonly HistoryEntry[] | null> {
    return historyOf(this.#session, space, rec);
  }

  ask<T>(method: Method, path: string, body: unknown, isBody: (v: unknown) => v is T): Promise<Answer<T>> {
    return this.#session.ask(method, path, body, isBody);
  }

  async formsPDF(space: SpaceID, language: string, rec?: RecordID): Promise<Blob | null> {
    const asked = { space, language, ...(rec && { rec }) };
    const answer = await this.#session.file("/api/v1/forms/pdf", asked, "application/pdf");
    return answer.ok ? answer.body : null;
  }

  handed(): readonly Handed[] {
    return this.#status.handed;
  }

  async dismiss(space: SpaceID): Promise<void> {
    await unlessAway(dismissNotice(this.#store, space));
    this.#tabs.post({ changed: [] });
    await this.#reload([]);
  }

  signIn(access: string): void {
    this.#session.signIn(access);
    if (this.#tabs.isLeading()) this.#resume();
    else this.#tabs.post({ ask: "signIn" });
  }

  async close(): Promise<void> {
    await this.#stop();
    this.#store.close();
  }

  async destroy(): Promise<void> {
    await this.#stop();
    await this.#store.destroy();
  }

  async #stop(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    clearTimeout(this.#leaseEnd);
    this.#live.stop();
    this.#session.close();
    this.#tabs.close();
    await this.#loop.close();
  }

  #onContact(reachable: boolean): void {
    if (!this.#tabs.isLeading()) return; // the leading tab knows how things stand
    const lastContact = reachable ? this.#world.now() : this.#status.net.lastContact;
    this.#setNet({ reachable, lastContact, signedOut: this.#session.isSignedOut() });
  }

  #setNet(change: Partial<Net>): void {
    const net = { ...this.#status.net, ...change };
    if (same(net, this.#status.net)) return;
    this.#status.net = net;
    if (this.#tabs.isLeading()) this.#tabs.post({ net });
    this.#status.tell();
  }

  #onStored(changed: readonly SpaceID[]): void {
    if (changed.length > 0) this.#tabs.post({ changed });
    this.#status.tell();
  }

  #onPulled(changed: readonly SpaceID[]): void {
    this.#push.found(changed);
    this.#tabs.post({ changed }); // also without news: the lease is new
    this.#status.tell();
    this.#watchLease();
  }

  async #onLead(): Promise<void> {
    if (this.#status.state.blocked) await unlessAway(retryBlocked(this.#store));
    await this.#reload();
    this.#steerLive();
    await this.#loop.kick("any");
  }

  async #onMessage({ changed, net, ask }: Message): Promise<void> {
    if (changed) await this.#reload(changed);
    if (!this.#tabs.isLeading()) {
      if (net) this.#status.net = net;
      return this.#status.tell();
    }
    if (ask === "signIn") {
      this.#session.doubt();
      this.#resume();
    } else if (ask === "sync") await this.#syncAll("any");
    else if (changed && this.#memory.unsent().length > 0) await this.#loop.kick();
  }

  #onEvent(name: string, data: string): void {
    if (name === "revoke") this.#session.doubt();
    if (this.#sync.onEvent(name, data)) void this.#loop.kick();
  }

  /** Another tab has destroyed this account's data: nothing of it stays on this screen either. */
  async #onDestroyed(): Promise<void> {
    this.#memory.forget();
    this.#setNet({ signedOut: true });
    this.#status.tell();
    await this.#stop();
  }

  async #reload(changed?: readonly SpaceID[]): Promise<void> {
    await unlessAway(this.#memory.load(changed));
    this.#status.tell();
    this.#watchLease();
  }

  /** Looks again when the lease has run out. */
  #watchLease(): void {
    clearTimeout(this.#leaseEnd);
    const left = leaseLeft(this.#memory.lease, this.#world.now());
    if (left === null || this.#closing.signal.aborted) return;
    this.#leaseEnd = setTimeout(() => void this.#reload([]), Math.min(left, maxTimer));
  }

  #keepTime(): Promise<void> {
    return unlessAway(passTime(this.#store, this.#world.now()));
  }

  async #syncAll(cut: Cut): Promise<void> {
    if (!this.#tabs.isLeading()) return this.#tabs.post({ ask: "sync" });
    this.#sync.wantAll();
    await this.#loop.kick(cut);
  }

  #resume(): void {
    this.#setNet({ signedOut: false });
    this.#steerLive();
    void this.#syncAll("any");
  }

  #steerLive(): void {
    this.#live.stop();
    if (this.#tabs.isLeading() && isVisible(this.#world.page)) this.#live.start();
  }

  /** Sends what waits; news come by the live stream. */
  #flush(): void {
    if (this.#tabs.isLeading()) void this.#loop.kick("backoff");
    else this.#tabs.post({ ask: "sync" });
  }

  #listenToPage(): void {
    const events: PageEvents = {
      onWake: () => this.#flush(),
      onOnline: () => {
        this.#steerLive();
        this.#flush();
      },
      onVisible: () => {
        this.#steerLive();
        void this.#askPersisted();
        // iOS loses messages between tabs
        void this.#keepTime()
          .then(() => this.#reload())
          .then(() => this.#flush());
      },
      onHidden: () => {
        this.#steerLive();
        void this.#keepTime();
      },
      onLeave: () => this.#tabs.isLeading() && this.#push.parting(),
    };
    listenToPage(this.#world.page, events, this.#closing.signal);
  }

  async #askPersisted(): Promise<void> {
    this.#status.persisted = (await this.#world.page?.navigator?.storage?.persisted?.()) ?? false;
    this.#status.tell();
  }
}

const nameOf = (account: AccountID): string => `samspor-${account}`;

/** A store that is away (the browser dropped it) is read again when the page is next looked at; anything else is a bug and goes up. */
async function unlessAway(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
