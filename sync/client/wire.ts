/** The messages of SYNC as they travel, and how this protocol's JSON is told from anything else. */
import type { Kind, RecordID, SpaceID } from "../plan/plan.gen.ts";
import type { HistoryEntry, Me, Value } from "./types.ts";

/** The version of the schema this client speaks. */
export const schema = 2;

/** The answer to one change. */
export interface Result {
  readonly space: SpaceID;
  readonly n: number;
  readonly r: "ok" | "conflict" | "parked";
  readonly seq: number;
  readonly x?: readonly RecordID[];
  readonly q?: RecordID;
  readonly code?: string;
}

export interface PushAnswer {
  readonly results: readonly Result[];
}

/** A record's readable and changed fields. */
export interface Put {
  readonly id: RecordID;
  readonly kind: Kind;
  readonly seq: number;
  /** Left out where the phone has the fields already, under `sum`. */
  readonly f?: Readonly<Record<string, Value>>;
  readonly sum?: string;
  readonly del?: true;
}

/** One space within a pull's answer. Go writes an empty list as null. */
export interface Page {
  readonly cur: string;
  readonly seq: number;
  readonly reset?: boolean;
  readonly put?: readonly Put[] | null;
  readonly gone?: readonly RecordID[] | null;
  readonly ackn?: number;
  readonly more?: boolean;
  readonly me?: Me | null;
}

export interface PullAnswer {
  readonly spaces: Readonly<Record<SpaceID, Page>>;
  readonly removed?: readonly { readonly space: SpaceID; readonly why: string }[] | null;
  /** The server's clock. */
  readonly now?: string;
  /** Until when what the phone holds may be shown. */
  readonly lease?: string;
}

/** The server keeps what was handed over. */
export interface Receipt {
  readonly changes: number;
  readonly until: string;
}

/** A record's history; what an entry has nothing of is absent or empty. */
export interface Told {
  readonly entries: readonly HistoryEntry[] | null;
}

/** What signing in and refreshing answer. */
export interface Grant {
  readonly access: string;
  readonly person: string;
}

/** A refusal of a whole request, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly code?: string;
  readonly change?: number;
  readonly want?: number;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (v: unknown): v is Json => typeof v === "object" && v !== null && !Array.isArray(v);
const isCount = (v: unknown): v is number => Number.isSafeInteger(v) && (v as number) >= 0;

export const isGrant = (v: unknown): v is Grant =>
  isObject(v) && typeof v.access === "string" && v.access !== "" && typeof v.person === "string";

export const isPushAnswer = (v: unknown): v is PushAnswer =>
  isObject(v) && Array.isArray(v.results) && v.results.every(isResult);

const isResult = (v: unknown): v is Result =>
  isObject(v) && isCount(v.n) && isCount(v.seq) && ["ok", "conflict", "parked"].includes(v.r as string);

export const isPullAnswer = (v: unknown): v is PullAnswer =>
  isObject(v) && isObject(v.spaces) && Object.values(v.spaces).every(isPage);

const isPage = (v: unknown): v is Page => isObject(v) && typeof v.cur === "string" && isCount(v.seq);

export const isReceipt = (v: unknown): v is Receipt =>
  isObject(v) && typeof v.receipt === "string" && isCount(v.changes) && typeof v.until === "string";

export const isTold = (v: unknown): v is Told =>
  isObject(v) && (v.entries === null || (Array.isArray(v.entries) && v.entries.every(isEntry)));

const isEntry = (v: unknown): boolean => isObject(v) && isCount(v.seq) && typeof v.at === "string";

export const isHeads = (v: unknown): v is Readonly<Record<SpaceID, number>> =>
  isObject(v) && Object.values(v).every(isCount);

export const isProblem = (v: unknown, status: number): v is Problem =>
  isObject(v) && v.status === status && typeof v.type === "string" && v.type.includes("/problems/");
