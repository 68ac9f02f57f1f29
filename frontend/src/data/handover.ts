import { computed } from "@preact/signals";
import type { Rec, Saved } from "../../../sync/client/types.ts";
import type { Day, HandoverState, PersonID, RecordID, Role } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { may, mayMake, me, space, today } from "./case.ts";
import { membershipsIn, type Person, person, tovholders } from "./people.ts";
import { edit, newID, ofKind } from "./store.ts";

export type Handover = Rec<"handover">;

/** One handover as the screens show it. */
export interface Passing {
  readonly rec: Handover;
  readonly state: HandoverState;
  /** Null when nobody held the rope. */
  readonly from: Person | null;
  readonly to: Person | null;
  readonly on: Day | null;
  readonly waiting: boolean;
  /** Who signs in here and does not know yet (R3). */
  readonly untold: readonly Person[];
  /** This person is the one who is asked. */
  readonly mayAnswer: boolean;
  readonly mayWithdraw: boolean;
  /** This person has not said that they know. */
  readonly owesSeen: boolean;
  /** This person hands over, and may say who was told on the phone. */
  readonly mayTell: boolean;
}

// Who opens the plan themself, all or a part of it. The server decides with the same list (rules.Sees).
const whole: readonly Role[] = ["guardian", "professional", "professional_lead"];
const part: readonly Role[] = ["child", "companion", "network_limited", "meeting_guest"];

/** Whether a role opens the plan, and whether it opens all of it. */
export function sightOf(role: Role | undefined): "whole" | "part" | "none" {
  if (role && whole.includes(role)) return "whole";
  return role && part.includes(role) ? "part" : "none";
}

/** Handovers that are not over, those that wait for an answer first. */
export const running = computed<readonly Passing[]>(() =>
  ofKind(space.value, "handover")
    .map(look)
    .filter(isRunning)
    .sort((a, b) => Number(b.state === "proposed") - Number(a.state === "proposed")),
);

/** Handovers that are over, latest first. */
export const past = computed<readonly Passing[]>(() =>
  ofKind(space.value, "handover")
    .map(look)
    .filter((one) => !isRunning(one))
    .sort((a, b) => ((a.rec.f.proposedAt ?? "") < (b.rec.f.proposedAt ?? "") ? 1 : -1)),
);

// Once the new tovholder has handed over in their turn, nobody needs to be told of them any more.
function isRunning({ rec, state }: Passing): boolean {
  return state === "proposed" || (state === "accepted" && !isPassedOn(rec));
}

function isPassedOn({ f: { to, effectiveFrom = "" } }: Handover): boolean {
  const isTaken = (state?: HandoverState) => state === "accepted" || state === "completed";
  const isNext = ({ f }: Handover) => f.from === to && isTaken(f.state) && (f.effectiveFrom ?? "") > effectiveFrom;
  return ofKind(space.value, "handover").some(isNext);
}

function look(rec: Handover): Passing {
  const { f } = rec;
  const state = f.state ?? "proposed";
  const from = person(f.from) ?? (rec.waiting ? outgoing() : null);
  const untold = state === "accepted" && !isPassedOn(rec) ? untoldOf(rec) : [];
  const mayWrite = may(me.value, rec, "state");
  const isAsked = f.to !== undefined && f.to === me.value?.person;
  return {
    rec,
    state,
    from,
    to: person(f.to),
    on: f.effectiveFrom ?? null,
    waiting: rec.waiting === true,
    untold,
    mayAnswer: isAsked && mayWrite && mayMove("handover", "state", state, "accepted") && state === "proposed",
    mayWithdraw: !isAsked && mayWrite && mayMove("handover", "state", state, "withdrawn"),
    owesSeen: mayMake(me.value, "acknowledgement") && untold.some(({ isMe }) => isMe),
    mayTell: from?.isMe === true && mayMake(me.value, "acknowledgement"),
  };
}

/** Who would hand over now: this person if they hold the rope, else who does. */
export function outgoing(): Person | null {
  return tovholders.value.find(({ isMe }) => isMe) ?? tovholders.value[0] ?? null;
}

function untoldOf(rec: Handover): readonly Person[] {
  const acks = ofKind(space.value, "acknowledgement").filter(({ f }) => f.handover === (rec.id as string));
  const told = new Set([rec.f.from, rec.f.to, ...acks.map(({ f }) => f.person)]);
  return membershipsIn(space.value, today.value)
    .filter(({ f }) => sightOf(f.role) !== "none" && !told.has(f.person))
    .flatMap(({ f }) => person(f.person) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Says yes: from the day on, this person holds the rope. The server decides and moves the agreements (R2). */
export function accept(of: Passing): Promise<Saved> {
  return bring(of, "accepted");
}

/** Says no, with a word about why where there is one: one change, so that both arrive or none. */
export function decline(of: Passing, why: string): Promise<Saved> {
  return bring(of, "declined", why);
}

/** Takes the question back. */
export function withdraw(of: Passing): Promise<Saved> {
  return bring(of, "withdrawn");
}

async function bring(of: Passing, state: HandoverState, why = ""): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const move = { rec: of.rec.id, kind: "handover", set: { state }, was: { state: of.state } } as const;
  const note = { rec: newID<RecordID>(), kind: "note", new: { about: of.rec.id, text: why } } as const;
  return edit(current.id, why && mayMake(me.value, "note") ? [move, note] : [move]);
}

/** Says that somebody knows who the new tovholder is: this person has seen it, or somebody was told on the phone. */
export async function know(of: Passing, who: PersonID | undefined = me.peek()?.person): Promise<Saved> {
  const current = space.peek();
  if (!current || !who) return { ok: false, code: "failed" };
  const how = who === me.peek()?.person ? "seen" : "phone";
  const handover = of.rec.id as string;
  return edit(current.id, [{ rec: newID<RecordID>(), kind: "acknowledgement", new: { handover, person: who, how } }]);
}
