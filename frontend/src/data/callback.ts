/** Asking a contact person to ring today, and what they need when they do: whom, and the numbers. */
import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { PersonID, RecordID } from "../../../sync/plan/plan.gen.ts";
import { me, planName, space, today } from "./case.ts";
import { write } from "./keep.ts";
import { initials, membershipsIn, type Person, personIn, tovholders } from "./people.ts";
import { newID, ofKind } from "./store.ts";

/** Whether this person may ask somebody to ring: they may give others something to do, and it reaches somebody who signs in. */
export function mayAskToCall(who: PersonID): boolean {
  if (me.value?.may.task?.others !== true || who === me.value.person) return false;
  return membershipsIn(space.value, today.value).some(({ f }) => f.person === who && f.role !== "contact_only");
}

/** Asks; it is told at once, and is an agreement like any other until it is done. */
export function askToCall(who: PersonID, title: string): Promise<Saved> {
  const op: Op = {
    rec: newID<RecordID>(),
    kind: "task",
    new: { title, type: "call", responsible: who, due: today.value },
  };
  return write([op]);
}

/** The child by initials only: the card may lie open on a desk. */
export function childInitials(): string {
  const child = ofKind(space.value, "child")[0]?.f.name ?? "";
  return initials(child || (space.value ? planName(space.value) : ""));
}

/** Who can be rung about it: the parents, then whoever holds the rope. */
export function whomToCall(): readonly Person[] {
  const { value } = space;
  const parents = membershipsIn(value, today.value).flatMap(({ f }) => {
    const who = f.role === "guardian" ? personIn(value, f.person) : null;
    return who ? [who] : [];
  });
  return [...parents, ...tovholders.value].filter(({ phone, isMe }) => phone !== null && !isMe);
}

/** Whether a task asks for a call. */
export const isCall = ({ f }: Rec<"task">): boolean => f.type === "call";
