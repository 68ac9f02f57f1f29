import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { RecordID } from "../../../sync/plan/plan.gen.ts";
import { mayMake, me, space } from "./case.ts";
import { write } from "./keep.ts";
import type { Meeting } from "./meetings.ts";
import { type Person, person } from "./people.ts";
import { newID, ofKind } from "./store.ts";

export type Remark = Rec<"remark">;

/** The remarks beside the minutes of a meeting, the oldest first; one that is not sent has no time yet. */
export function remarksOf(of: Meeting): readonly Remark[] {
  return ofKind(space.value, "remark")
    .filter(({ f }) => f.meeting === (of.id as string))
    .sort((a, b) => (a.f.at ?? "9").localeCompare(b.f.at ?? "9"));
}

/** Puts a remark beside the minutes; the text of the minutes stays as it is (R25). */
export function addRemark(of: Meeting, text: string): Promise<Saved> {
  return write([{ rec: newID<RecordID>(), kind: "remark", new: { meeting: of.id, text } }]);
}

/** Who has said that they have read a record. Who reads is the server's to say: mine is me until it has. */
export function readersOf(of: Rec): readonly Person[] {
  const ids = receipts(of).map(({ f }) => f.person ?? me.value?.person);
  return [...new Set(ids)].map((id) => person(id)).filter((one) => one !== null);
}

/** Whether this person may still say that they have read it. */
export function mayConfirm(of: Rec): boolean {
  return mayMake(me.value, "receipt") && !readersOf(of).some(({ isMe }) => isMe);
}

/** Says that this person has read a record. */
export function confirm(of: Rec): Promise<Saved> {
  return write([{ rec: newID<RecordID>(), kind: "receipt", new: { about: of.id } }]);
}

function receipts(of: Rec): readonly Rec<"receipt">[] {
  return ofKind(space.value, "receipt").filter(({ f }) => f.about === of.id);
}
