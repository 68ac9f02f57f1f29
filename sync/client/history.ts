/** Who changed what of one record: asked for when somebody looks, never kept. */
import type { RecordID, SpaceID } from "../plan/plan.gen.ts";
import type { Session } from "./session.ts";
import type { HistoryEntry } from "./types.ts";
import { isTold } from "./wire.ts";

/** A record's history, the oldest first; null if the server does not give it now. */
export async function historyOf(
  session: Session,
  space: SpaceID,
  rec: RecordID,
): Promise<readonly HistoryEntry[] | null> {
  const answer = await session.post("/api/v1/sync/history", { space, rec }, isTold);
  return answer.ok ? (answer.body.entries ?? []).map(withoutEmpty) : null;
}

/** Go writes an empty map or list where there is nothing to say. */
function withoutEmpty(entry: HistoryEntry): HistoryEntry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !isEmpty(value))) as unknown as HistoryEntry;
}

function isEmpty(value: unknown): boolean {
  return !value || (typeof value === "object" && Object.keys(value).length === 0);
}
