import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, space } from "./case.ts";
import { put, write } from "./keep.ts";
import type { Meeting } from "./meetings.ts";
import { newID, ofKind } from "./store.ts";

export type Wish = Rec<"wish">;

/** Who else somebody would like at a meeting; those without an answer first (R18). */
export function wishesFor(of: Meeting): readonly Wish[] {
  return ofKind(space.value, "wish")
    .filter(({ f }) => f.meeting === (of.id as string))
    .sort((a, b) => Number(Boolean(a.f.outcome)) - Number(Boolean(b.f.outcome)));
}

/** Whether this person may wish for others at a meeting that is still to come. */
export function mayWish(of: Meeting): boolean {
  return mayMake(me.value, "wish") && (of.f.state === "draft" || of.f.state === "invited");
}

/** Wishes for somebody else to join; the one who calls the meeting owes an answer. */
export async function wishFor(of: Meeting, wish: string): Promise<Saved> {
  return write([{ rec: newID<RecordID>(), kind: "wish", new: { meeting: of.id, wish } }]);
}

/** Whether this person owes, or may change, the answer to a wish. */
export function mayAnswerWish(of: Wish): boolean {
  return may(me.value, of, "outcome");
}

/** Answers a wish. */
export async function answerWish(of: Wish, outcome: string): Promise<Saved | null> {
  return put(of, { outcome });
}
