/** The shapes that a change is made of; `sync/client/types.ts` hands them on. */
import type { Kind, Kinds, RecordID } from "../plan/plan.gen.ts";

/** A field's value as it travels: never undefined; null clears the field. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | { readonly [key: string]: unknown }
  | readonly unknown[];

/** One record of the view. */
export interface Rec<K extends Kind = Kind> {
  readonly id: RecordID;
  readonly kind: K;
  readonly f: Kinds[K];
  /** The space's number at the record's last change that this member may read; 0 for one made here and not yet sent. */
  readonly seq: number;
  /** Names the fields of a record that many spaces hold alike, as the server sent them. */
  readonly sum?: string;
  /** Deleted, but still restorable. */
  readonly del?: true;
  /** The last change is durable on this phone and not yet answered by the server. */
  readonly waiting?: true;
}

/** One write within a change, exactly as SYNC spells it. */
export type Op =
  | { readonly rec: RecordID; readonly kind: Kind; readonly new: Readonly<Record<string, Value>> }
  | {
      readonly rec: RecordID;
      readonly kind?: Kind;
      readonly set?: Readonly<Record<string, Value>>;
      readonly was?: Readonly<Record<string, Value>>;
      readonly add?: Readonly<Record<string, readonly string[]>>;
      readonly remove?: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly rec: RecordID; readonly del: true }
  | { readonly rec: RecordID; readonly restore: true }
  | {
      readonly conflict: RecordID;
      readonly choose: "theirs" | "mine" | "value";
      readonly set?: Readonly<Record<string, Value>>;
    };
