import type { Day } from "../../../sync/plan/plan.gen.ts";
import { t } from "../text/catalogue.ts";
import { longDay } from "../text/dates.ts";
import { today } from "./case.ts";
import type { Meeting } from "./meetings.ts";

/** What runs out before a meeting: the last day to send its agenda (R13), and to hold it (R14); empty: no clock. */
export interface Deadlines {
  readonly agendaDue: Day | "";
  readonly heldBy: Day | "";
}

/** The deadlines of a meeting, as the server has counted them. */
export function deadlines({ f }: Meeting): Deadlines {
  return { agendaDue: f.agendaDeadline ?? "", heldBy: f.heldByDeadline ?? "" };
}

/** The deadlines of a meeting that is still to be called, each as a sentence with its reason. */
export function deadlineWords(of: Meeting): readonly string[] {
  const { agendaDue, heldBy } = deadlines(of);
  const agenda = agendaDue && (agendaDue < today.value ? "call.agendaWas" : "call.agendaBy");
  return [
    ...(agenda ? [t(agenda, { dato: longDay(agendaDue, today.value) })] : []),
    ...(heldBy ? [t("call.heldBy", { dato: longDay(heldBy, today.value) })] : []),
  ];
}
