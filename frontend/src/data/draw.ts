/** Draws the answers of a form from the plan, so that nobody is asked twice. One line of the table for each source. */
import type { Rec } from "../../../sync/client/types.ts";
import { language, t } from "../text/catalogue.ts";
import { clockRange, dayOf, listWords, longDay, momentWords } from "../text/dates.ts";
import { me, plan, planName, space, today, zone } from "./case.ts";
import { contacts } from "./contacts.ts";
import { lanes, said } from "./levels.ts";
import { agenda, agreements, type Meeting, minutes, participants } from "./meetings.ts";
import { person, tovholders } from "./people.ts";
import { find, ofKind } from "./store.ts";
import { isOpen, type Task } from "./tasks.ts";

type Form = Rec<"form">;

/** What the plan says already about a source of a form; empty where it says nothing. */
export function draw(from: string, form: Form): string {
  return drawers[from]?.(form) ?? "";
}

const lines = (all: readonly (string | false | undefined)[]): string => all.filter(Boolean).join("\n");
const name = (id: string | undefined): string => person(id as never)?.name ?? "";
const day = (one: string | undefined): string => (one ? longDay(one, today.value) : "");
const meetingOf = (form: Form): Meeting | undefined => find(space.value, "meeting", form.f.meeting);
const handoverOf = (form: Form) => find(space.value, "handover", form.f.handover)?.f;
const ofMeeting = (draws: (meeting: Meeting) => string) => (form: Form) => {
  const meeting = meetingOf(form);
  return meeting ? draws(meeting) : "";
};
const caseField = (field: "challenges" | "resources" | "possibilities" | "municipality" | "groupDescription") => () =>
  plan.value?.case.f[field] ?? "";
const taskLine = (task: Task): string =>
  [task.f.title, name(task.f.responsible), day(task.f.due)].filter(Boolean).join(" – ");
const tasksWhere = (keep: (task: Task) => boolean): string =>
  lines(ofKind(space.value, "task").filter(keep).map(taskLine));

/** The next meeting after the one a form is about. */
function next(form: Form): Meeting | undefined {
  const after = meetingOf(form)?.f.start ?? "";
  return ofKind(space.value, "meeting")
    .filter(
      ({ f }) => (f.start ?? "") > after && f.state !== "cancelled" && dayOf(f.start ?? "", zone.value) >= today.value,
    )
    .sort((a, b) => ((a.f.start ?? "") < (b.f.start ?? "") ? -1 : 1))[0];
}

const time = ({ f }: Meeting): string =>
  f.start
    ? [day(dayOf(f.start, zone.value)), t("meetings.at", { tid: clockRange(f.start, f.end, zone.value) }), f.place]
        .filter(Boolean)
        .join(", ")
    : "";

const drawers: Readonly<Record<string, (form: Form) => string>> = {
  today: () => today.value,
  me: () => name(me.value?.person),
  child: () => (space.value ? planName(space.value) : ""),
  leader: () => name(plan.value?.case.f.leader),
  tovholder: () => listWords(tovholders.value.map((one) => one.name)),
  firstContact: () => name(plan.value?.case.f.firstContact) || (tovholders.value[0]?.name ?? ""),
  nodec: () => t("meetings.nodec"),
  companion: () => t("forms.companion"),
  contacts: () => lines(contacts.value.map(({ sector, person: { name: who } }) => `${t(`sector.${sector}`)}: ${who}`)),
  level: () =>
    lines(
      lanes.value.map((lane) => `${lane.label}: ${said(lane.word, language.value).text} ${lane.now.f.level ?? ""}`),
    ),
  "case.municipality": caseField("municipality"),
  "case.group": caseField("groupDescription"),
  "case.challenges": caseField("challenges"),
  "case.resources": caseField("resources"),
  "case.possibilities": caseField("possibilities"),
  goals: () =>
    lines(
      ofKind(space.value, "goal")
        .filter(({ f }) => f.state === "active")
        .map(({ f }) => lineOf(f.title, f.measure)),
    ),
  "goals.words": () =>
    lines(
      ofKind(space.value, "goal")
        .filter(({ f }) => f.state === "active")
        .map(({ f }) => f.childWords),
    ),
  "goals.latest": () => lines(ofKind(space.value, "goal").map(({ f }) => f.latest && lineOf(f.title, f.latest))),
  tasks: () => tasksWhere(isOpen),
  "tasks.earlier": (form) => tasksWhere((task) => task.f.sourceMeeting !== form.f.meeting && task.f.state === "done"),
  consents: () => lines(ofKind(space.value, "consent").map(({ f }) => f.purpose)),
  nextMeeting: (form) => {
    const one = next(form);
    return one ? time(one) : (meetingOf(form)?.f.noFollowUp ?? "");
  },
  "nextMeeting.day": (form) => {
    const start = next(form)?.f.start;
    return start ? dayOf(start, zone.value) : "";
  },
  "meeting.kind": ofMeeting(({ f }) => (f.kind ? t(`meetings.kind_${f.kind}`) : "")),
  "meeting.purpose": ofMeeting(({ f }) => f.purpose ?? ""),
  "meeting.day": ofMeeting(({ f }) => (f.start ? dayOf(f.start, zone.value) : "")),
  "meeting.time": ofMeeting(time),
  "meeting.form": ofMeeting(({ f }) => (f.form ? t(`meetings.form_${f.form}`) : "")),
  "meeting.access": ofMeeting(({ f }) => f.access ?? ""),
  "meeting.convenor": ofMeeting(({ f }) => {
    const who = person(f.convenor);
    return who ? [who.name, who.title, t(`sector.${who.sector}`)].filter(Boolean).join(", ") : "";
  }),
  "meeting.participants": ofMeeting((one) =>
    lines(participants(one).map(({ f }) => lineOf(name(f.person), [f.role, f.relevance].filter(Boolean).join(". ")))),
  ),
  "meeting.roles": ofMeeting((one) =>
    lines(participants(one).map(({ f }) => f.role && lineOf(name(f.person), f.role))),
  ),
  "meeting.invited": ofMeeting((one) => listWords(participants(one).map(({ f }) => name(f.person)))),
  "meeting.agenda": ofMeeting((one) => lines(agenda(one).map(({ f }) => f.title))),
  "meeting.familyPoints": ofMeeting((one) =>
    lines(agenda(one).map(({ f }) => person(f.proposedBy)?.sector === "family" && f.title)),
  ),
  "meeting.agendaSent": ofMeeting(({ f }) =>
    f.agendaSentAt ? momentWords(f.agendaSentAt, today.value, zone.value) : "",
  ),
  "meeting.chosen": ofMeeting(({ f }) =>
    [day(f.chosenAt), listWords((f.chosenWith ?? []).map(name)), f.chosenRemark].filter(Boolean).join(". "),
  ),
  "meeting.gp": ofMeeting(({ f }) => (f.gpDialogueHeld ? t("forms.yes") : "")),
  "meeting.childHow": ofMeeting(({ f }) => (f.childHow ? t(`forms.child_${f.childHow}`) : (f.childAbsent ?? ""))),
  "meeting.minutes": ofMeeting((one) =>
    minutes(one)
      .map(({ f }) => lines([f.heading, f.text]))
      .join("\n\n"),
  ),
  "meeting.agreements": ofMeeting((one) => lines(agreements(one).map(taskLine))),
  "meeting.assessments": ofMeeting((one) =>
    lines(agreements(one).map((task) => task.f.type === "assessment" && taskLine(task))),
  ),
  "meeting.read": ofMeeting((one) =>
    listWords(
      ofKind(space.value, "receipt")
        .filter(({ f }) => f.about === one.id)
        .map(({ f }) => name(f.person)),
    ),
  ),
  "handover.from": (form) => name(handoverOf(form)?.from),
  "handover.to": (form) => name(handoverOf(form)?.to),
  "handover.day": (form) => handoverOf(form)?.effectiveFrom ?? "",
  "handover.reason": (form) => handoverOf(form)?.reason ?? "",
  "handover.important": (form) => handoverOf(form)?.importantNow ?? "",
  "handover.wishes": (form) => handoverOf(form)?.familyWishes ?? "",
  "handover.tasks": (form) => {
    const named = new Set<string>(handoverOf(form)?.openTasks ?? []);
    return tasksWhere((task) => named.has(task.id));
  },
  "handover.child": (form) => {
    const { childToldBy, childToldOn } = handoverOf(form) ?? {};
    return [name(childToldBy), day(childToldOn)].filter(Boolean).join(", ");
  },
  "handover.told": (form) =>
    listWords(
      ofKind(space.value, "acknowledgement")
        .filter(({ f }) => f.handover === form.f.handover)
        .map(({ f }) => name(f.person)),
    ),
};

/** Every source that a form may name. */
export const sources: readonly string[] = Object.keys(drawers);

function lineOf(what: string | undefined, more: string | undefined): string {
  return [what, more].filter(Boolean).join(": ");
}
