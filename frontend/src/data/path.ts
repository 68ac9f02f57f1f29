import { computed } from "@preact/signals";
import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import type { Day, PersonID, RecordID, ReferralState, Sector } from "../../../sync/plan/plan.gen.ts";
import { mayMove } from "../../../sync/rules/moves.ts";
import { daysBetween } from "../text/dates.ts";
import { may, me, space, today } from "./case.ts";
import { lanes, modelOf, type PlanModel } from "./levels.ts";
import { edit, newID, ofKind } from "./store.ts";

/** A statutory step with its clock; the plan shows it and never decides anything by it (R28). */
export type Marker = Rec<"legalMarker">;
export type Referral = Rec<"referral">;
export type Transition = Rec<"transition">;
type Law = NonNullable<PlanModel["legal"]>[number];

/** What the law says, by id, from the models of the plan; each once. */
export const laws = computed<ReadonlyMap<string, Law>>(() => {
  const all = new Map<string, Law>();
  for (const lane of lanes.value) for (const law of modelOf(lane.model).legal ?? []) all.set(law.id, law);
  return all;
});

/** The clocks of the law that run in this plan, the soonest first; those that have ended come last. */
export const markers = computed<readonly Marker[]>(() =>
  [...ofKind(space.value, "legalMarker")].sort((a, b) => order(a).localeCompare(order(b))),
);
const order = ({ f }: Marker): string => `${f.endedAt ? 1 : 0} ${f.due ?? "9999"}`;

/** How many days are left until a day; less than none when it has passed. */
export const daysLeft = (day: Day): number => daysBetween(today.value, day);

/** Starts the clock of a statutory step; the server counts its day. */
export const startMarker = (type: string, from: Day): Promise<Saved> =>
  make("legalMarker", { type, from, law: laws.value.get(type)?.law ?? type });

/** Ends it, with what came of it. */
export const endMarker = (of: Marker, result: string): Promise<Saved> =>
  write(of, { endedAt: today.value, ...(result && { result }) });

/** The referrals of the plan, the newest first. */
export const referrals = computed<readonly Referral[]>(() =>
  [...ofKind(space.value, "referral")].sort((a, b) => (b.f.sentAt ?? "").localeCompare(a.f.sentAt ?? "")),
);

/** Where a referral may go from here, for this person. */
export function answersTo(of: Referral): readonly ReferralState[] {
  if (!may(me.value, of, "state")) return [];
  const all: readonly ReferralState[] = ["accepted", "refused", "ended"];
  return all.filter((to) => mayMove("referral", "state", of.f.state ?? "sent", to) && to !== of.f.state);
}

/** Sends a referral. */
export const refer = (to: Sector, note: string): Promise<Saved> => make("referral", { to, ...(note && { note }) });

/** Somebody in the municipality who follows up when a service refuses or ends (NO6). */
export interface FollowUp {
  readonly who: string;
  readonly due: string;
  readonly title: string;
}

/** Whether an answer needs somebody to follow up, with a day: nobody falls between. */
export const needsFollowUp = (to: ReferralState): boolean => to === "refused" || to === "ended";

/** Writes the answer to a referral, and with a no or an end the follow-up, in one change. */
export async function answerReferral(of: Referral, to: ReferralState, next: FollowUp | null): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const ops: Op[] = [{ rec: of.id, kind: "referral", set: { state: to }, was: { state: of.f.state ?? null } }];
  if (next) {
    const task = {
      title: next.title,
      type: "follow_up",
      referral: of.id,
      responsible: next.who as PersonID,
      due: next.due,
    };
    ops.push({ rec: newID<RecordID>(), kind: "task", new: { ...task, state: "open" } } as unknown as Op);
  }
  return edit(current.id, ops);
}

/** The changes of place that lie ahead, and those that are done (PT10). */
export const transitions = computed<readonly Transition[]>(() =>
  [...ofKind(space.value, "transition")].sort((a, b) => (a.f.date ?? "").localeCompare(b.f.date ?? "")),
);

/** Plans a change of place: from where, to where, when, and who sees to it. */
export const planTransition = (from: string, to: string, date: Day, owner: string): Promise<Saved> =>
  make("transition", { ...(from && { from }), to, date, ...(owner && { owner }) });

/** It has happened. */
export const finishTransition = (of: Transition): Promise<Saved> => write(of, { state: "done" });

async function make(kind: "legalMarker" | "referral" | "transition", fields: object): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  return edit(current.id, [{ rec: newID<RecordID>(), kind, new: fields } as Op]);
}

async function write(of: Marker | Referral | Transition, set: Readonly<Record<string, string>>): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const now = of.f as Readonly<Record<string, unknown>>;
  const was = Object.fromEntries(Object.keys(set).map((name) => [name, now[name] ?? null]));
  return edit(current.id, [{ rec: of.id, kind: of.kind, set, was } as Op]);
}
