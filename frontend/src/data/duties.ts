import { type Calendar, workdaysAfter, workdaysBetween } from "../../../sync/calendar/workdays.ts";
import type { Rec, SpaceView } from "../../../sync/client/types.ts";
import type { Day, Instant, PersonID } from "../../../sync/plan/plan.gen.ts";
import { language, t } from "../text/catalogue.ts";
import { addDays, dayOf, longDay } from "../text/dates.ts";
import { ownerOf } from "../text/names.ts";
import { isOwn, meIn, type Plan, zoneOf } from "./case.ts";
import { now } from "./clock.ts";
import { owedBy } from "./consents.ts";
import { sightOf } from "./handover.ts";
import { type PlanModel, said } from "./levels.ts";
import { heldIn, membershipsIn, personIn } from "./people.ts";
import { find, ofKind } from "./store.ts";
import { concerns, isOpen } from "./tasks.ts";
import type { Duty, View } from "./today.ts";

/** Days ahead of which a review or a legal deadline is told. */
const ahead = 14;
/** Working days ahead of which an agenda is told. */
const agendaAhead = 10;
/** Working days after a meeting in which its minutes are written (MT4b). */
const minutesWithin = 2;

/** Every way in which something can wait for somebody. */
const finders: readonly ((view: View) => readonly Duty[])[] = [
  tasks,
  invitations,
  requests,
  wishes,
  questions,
  answers,
  acknowledgements,
  agendas,
  drafts,
  assessed,
  minutes,
  reviews,
  laws,
];

/** What waits for a person in one plan, in no order. */
export function duties(view: View): readonly Duty[] {
  return finders.flatMap((find) => find(view));
}

function tasks({ plan: { space }, me, sunday }: View): readonly Duty[] {
  return ofKind(space, "task")
    .filter(
      (task) => isOpen(task) && task.f.state !== "draft" && concerns(task, me) && (task.f.due ?? "9999") <= sunday,
    )
    .map(({ id, f }) => ({
      key: id,
      to: `/tasks/${id}`,
      title: f.title ?? t("tasks.hidden"),
      owes: f.responsible === me ? t("today.taskMine") : t("today.taskHelp", { navn: name(space, f.responsible) }),
      day: f.due ?? null,
    }));
}

function invitations(view: View): readonly Duty[] {
  const { space } = view.plan;
  return ofKind(space, "participant").flatMap(({ id, f }) => {
    const meeting = find(space, "meeting", f.meeting);
    if (f.person !== view.me || f.reply !== "no_reply" || meeting?.f.state !== "invited") return [];
    if (Date.parse(meeting.f.end ?? meeting.f.start ?? "") < now.value) return [];
    const title = t("today.invitation", { dag: dayOfMeeting(view, meeting) });
    return [duty(id, meeting, title, t("today.answer", { navn: starts(space, meeting.f.convenor) }), null)];
  });
}

function requests({ plan: { space }, me }: View): readonly Duty[] {
  return ofKind(space, "meetingRequest")
    .filter(({ f }) => f.owner === me && !f.answer)
    .map(({ id, f }) => ({
      key: id,
      to: "/meetings",
      title: t("today.request", { navn: starts(space, f.person) }),
      owes: t("today.requestOwes", { navn: name(space, f.person) }),
      day: f.answerDue ?? null,
    }));
}

function wishes(view: View): readonly Duty[] {
  const { space } = view.plan;
  return ofKind(space, "wish").flatMap(({ id, f }) => {
    const meeting = find(space, "meeting", f.meeting);
    // A meeting is its convenor's, its chair's and its minute taker's; one's own wish is answered by somebody else.
    if (!meeting || f.outcome || f.person === view.me || !isOwn(view.me, meeting)) return [];
    if (meeting.f.state === "cancelled") return [];
    const navn = starts(space, f.person);
    const title = t("today.wish", { navns: ownerOf(name(space, f.person)), dag: dayOfMeeting(view, meeting) });
    return [duty(id, meeting, title, t("today.answer", { navn }), f.due ?? null)];
  });
}

function questions(view: View): readonly Duty[] {
  const { space } = view.plan;
  return ofKind(space, "handover")
    .filter(({ f }) => f.state === "proposed" && (f.to === view.me || f.from === view.me))
    .map(({ id, f }) => {
      const isAsked = f.to === view.me;
      const navn = starts(space, isAsked ? f.from : f.to);
      const title = t(isAsked ? "today.asked" : "today.unanswered", { navn });
      return {
        key: id,
        to: "/handover",
        title,
        owes: isAsked ? t("today.askedOwes") : unansweredOwes(view, f.proposedAt),
        day: null,
      };
    });
}

// What the family is asked to share (R34); in the plan it stands under "Hvad må deles?".
function answers({ plan: { space }, me }: View): readonly Duty[] {
  return owedBy(space, me).map(({ id, f }) => ({
    key: id,
    to: "/consents",
    title: t("today.consent"),
    owes: f.purpose ?? "",
    day: null,
  }));
}

function unansweredOwes({ plan, day }: View, at: Instant | undefined): string {
  const owes = t("today.unansweredOwes");
  return at ? `${t("today.askedOn", { dag: longDay(dayOf(at, zoneOf(plan)), day) })} ${owes}` : owes;
}

function acknowledgements({ plan: { space }, me, day }: View): readonly Duty[] {
  const role = membershipsIn(space, day).find(({ f }) => f.person === me)?.f.role;
  if (sightOf(role) === "none" || meIn(space)?.may.acknowledgement?.new !== true) return [];
  const known = new Set(
    ofKind(space, "acknowledgement")
      .filter(({ f }) => f.person === me)
      .map(({ f }) => f.handover as string),
  );
  return ofKind(space, "handover")
    .filter(({ id, f }) => f.state === "accepted" && f.from !== me && f.to !== me && !known.has(id))
    .map(({ id, f }) => ({
      key: id,
      to: "/handover",
      title: t("today.next", { navn: starts(space, f.to), dag: longDay(f.effectiveFrom ?? day, day) }),
      owes: t("today.seen", { navn: starts(space, f.from) }),
      day: null,
    }));
}

function agendas(view: View): readonly Duty[] {
  const { space } = view.plan;
  return ofKind(space, "meeting").flatMap((meeting) => {
    const { state, convenor, agendaDeadline: by, agendaSentAt } = meeting.f;
    if (state !== "draft" || convenor !== view.me || !by || agendaSentAt) return [];
    const n = workdaysBetween(calendarOf(view.plan), view.day, by);
    if (n > agendaAhead) return [];
    const title = t("today.agenda", { dag: dayOfMeeting(view, meeting) });
    return [duty(meeting.id, meeting, title, n > 0 ? t("today.agendaDays", { n }) : t("today.agendaOwes"), by)];
  });
}

// A meeting without a clock of its own is called as early as can be (DL6).
function drafts(view: View): readonly Duty[] {
  return ofKind(view.plan.space, "meeting").flatMap((meeting) => {
    const { state, convenor, agendaDeadline, start } = meeting.f;
    if (state !== "draft" || convenor !== view.me || agendaDeadline) return [];
    if (start && Date.parse(start) < now.value) return [];
    const title = start ? t("today.draft", { dag: dayOfMeeting(view, meeting) }) : t("today.draftNoDay");
    return [duty(meeting.id, meeting, title, t("today.draftOwes"), null)];
  });
}

// When psychiatry has told the result of an assessment, it invites to the meeting about what comes now (MT3).
function assessed({ plan: { space }, me }: View): readonly Duty[] {
  if (personIn(space, me)?.sector !== "child_psychiatry") return [];
  return ofKind(space, "levelEntry")
    .filter(({ f }) => f.model === ("sst-buc-4" as string) && f.level === 3 && f.conveyedAt)
    .filter(({ f }) => !isCalledAfter(space, f.conveyedAt ?? ""))
    .map(({ id }) => ({
      key: `assessed.${id}`,
      to: "/meetings/new",
      title: t("today.assessed"),
      owes: t("today.assessedOwes"),
      day: null,
    }));
}

function isCalledAfter(space: SpaceView, day: string): boolean {
  return ofKind(space, "meeting").some(
    ({ f }) =>
      f.kind === "tvaersektorielt_netvaerksmoede" &&
      f.state !== "cancelled" &&
      (f.start ?? f.invitedAt ?? "9999") >= day,
  );
}

function minutes(view: View): readonly Duty[] {
  const { plan, me, day } = view;
  return ofKind(plan.space, "meeting").flatMap((meeting) => {
    const { state, convenor, minutesState, start, end } = meeting.f;
    const isOver = state === "held" || (state === "invited" && Date.parse(end ?? start ?? "") < now.value);
    if (!isOver || !start || convenor !== me || minutesState === "shared" || minutesState === "final") return [];
    const by = workdaysAfter(calendarOf(plan), dayOf(start, zoneOf(plan)), minutesWithin);
    const title = t("today.minutes", { dag: longDay(dayOf(start, zoneOf(plan)), day) });
    return [duty(meeting.id, meeting, title, t("today.minutesOwes"), by)];
  });
}

function reviews(view: View): readonly Duty[] {
  const { space } = view.plan;
  if (!leads(view)) return [];
  return ofKind(space, "levelEntry")
    .filter(({ f }) => !f.to && isNear(f.nextReview, view.day))
    .map(({ id, f }) => ({
      key: id,
      to: "/levels",
      title: t("today.review", { spor: find(space, "track", f.track)?.f.label ?? "" }),
      owes: t("today.reviewOwes"),
      day: f.nextReview ?? null,
    }));
}

function laws(view: View): readonly Duty[] {
  if (!leads(view)) return [];
  return ofKind(view.plan.space, "legalMarker")
    .filter(({ f }) => !f.endedAt && isNear(f.due, view.day))
    .map(({ id, f }) => ({
      key: id,
      to: "/levels",
      title: t("today.law", { lov: f.law ?? "" }),
      owes: lawWords(view.plan.space, f.type) || t("today.lawOwes"),
      day: f.due ?? null,
    }));
}

// What the law asks for, in the words of the plan's model.
function lawWords(space: SpaceView, type: string | undefined): string {
  const known = modelsOf(space).flatMap(({ legal = [] }) => legal);
  return said(known.find(({ id }) => id === type)?.text, language.value).text;
}

/** Whether a person answers for a plan: its leader, or whoever holds the rope. */
function leads({ plan, me, day }: View): boolean {
  return plan.case.f.leader === me || heldIn(plan.space, day).some(({ f }) => f.person === me);
}

function isNear(by: Day | undefined, day: Day): boolean {
  return by !== undefined && by <= addDays(day, ahead);
}

function duty(key: string, { id }: Rec<"meeting">, title: string, owes: string, day: Day | null): Duty {
  return { key, to: `/meetings/${id}`, title, owes, day };
}

function dayOfMeeting({ plan, day }: View, { f }: Rec<"meeting">): string {
  return f.start ? longDay(dayOf(f.start, zoneOf(plan)), day) : "";
}

function name(of: SpaceView, id: PersonID | undefined): string {
  return personIn(of, id)?.first ?? t("app.someone");
}

// The same, where a sentence begins with it.
function starts(of: SpaceView, id: PersonID | undefined): string {
  return personIn(of, id)?.first ?? t("history.someone");
}

function modelsOf(space: SpaceView): readonly PlanModel[] {
  return ofKind(space, "model").map(({ f }) => f as PlanModel);
}

const profiles: readonly string[] = ["DK", "DK-kommune", "NO"] satisfies readonly Calendar["profile"][];

/** The working days of a plan, with the days on which its municipality is closed. */
function calendarOf({ space, case: { f } }: Plan): Calendar {
  const closing = modelsOf(space).flatMap(({ local }) => local?.closingDays ?? []);
  const known = profiles.includes(f.calendar ?? "") ? (f.calendar as Calendar["profile"]) : null;
  return { profile: known ?? (f.country === "NO" ? "NO" : "DK-kommune"), closing };
}
