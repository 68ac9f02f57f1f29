import { type Calendar, workdaysAfter, workdaysBefore } from "../../../sync/calendar/workdays.ts";
import type { Day, ModelID } from "../../../sync/plan/plan.gen.ts";
import { t } from "../text/catalogue.ts";
import { dayOf, longDay } from "../text/dates.ts";
import { plan, space, today, zone } from "./case.ts";
import { modelOf, type PlanModel } from "./levels.ts";
import type { Meeting } from "./meetings.ts";
import { ofKind } from "./store.ts";

/** What runs out before a meeting: the last day to send its agenda (R13), and to hold it (R14); empty: no clock. */
export interface Deadlines {
  readonly agendaDue: Day | "";
  readonly heldBy: Day | "";
}

type Anchor = "meeting" | "invitation";

/**
 * The deadlines of a meeting. Until it is called they are counted here, from the day it stands on now and with the
 * clocks of the plan's own models, so that they are right without network too; afterwards the server's stand.
 */
export function deadlines(of: Meeting): Deadlines {
  const { start, state, agendaDeadline = "", heldByDeadline = "" } = of.f;
  if (state !== "draft") return { agendaDue: agendaDeadline, heldBy: heldByDeadline };
  const [before, after] = [daysOf(of, "meeting"), daysOf(of, "invitation")];
  const day = start && dayOf(start, zone.value);
  return {
    agendaDue: before && day ? workdaysBefore(workdays(), day, before) : agendaDeadline,
    heldBy: after ? workdaysAfter(workdays(), today.value, after) : heldByDeadline,
  };
}

function models(): readonly PlanModel[] {
  return ofKind(space.value, "model").map(({ id }) => modelOf(id as string as ModelID));
}

// A clock belongs to a kind of meeting of a model (TN1); 0 where there is none.
function daysOf({ f }: Meeting, anchor: Anchor): number {
  const levels = models().flatMap((model) => model.levels ?? []);
  const clocks = levels.filter((level) => level.meetingKind === f.kind).flatMap((level) => level.deadlines ?? []);
  return clocks.find((clock) => clock.anchor === anchor && clock.unit === "working")?.days ?? 0;
}

/** The working days of the plan on the screen, with its municipality's own days off. */
function workdays(): Calendar {
  const { calendar, country } = plan.value?.case.f ?? {};
  const closing = models().flatMap((model) => model.local?.closingDays ?? []);
  if (calendar === "DK" || calendar === "DK-kommune" || calendar === "NO") return { profile: calendar, closing };
  return { profile: country === "NO" ? "NO" : "DK-kommune", closing };
}

/** The deadlines of a meeting that is still to be called, each as a sentence with its reason. */
export function deadlineWords(of: Meeting): readonly string[] {
  const { agendaDue, heldBy } = deadlines(of);
  const usual = 5; // in both models that have a clock; a plan of version 1 does not carry them
  const say = (key: "call.agendaBy" | "call.agendaWas" | "call.heldBy", day: Day, anchor: Anchor) =>
    t(key, { dato: longDay(day, today.value), n: daysOf(of, anchor) || usual });
  return [
    ...(agendaDue ? [say(agendaDue < today.value ? "call.agendaWas" : "call.agendaBy", agendaDue, "meeting")] : []),
    ...(heldBy ? [say("call.heldBy", heldBy, "invitation")] : []),
  ];
}
