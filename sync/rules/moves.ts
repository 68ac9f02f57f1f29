/** What may happen to a state, so that a button which would be refused is never offered. Go's twin is moves.go. */
import { moves } from "./moves.gen.ts";

/** Whether a field with a state table may go from one value to another; staying, and a field without a table, always may. */
export function mayMove(kind: string, field: string, from: string, to: string): boolean {
  const table = own(own(moves, kind), field);
  return table === undefined || from === to || (own(table, from)?.includes(to) ?? false);
}

/** A row of its own: "constructor" is no kind. */
function own<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}
