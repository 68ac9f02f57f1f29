import { computed } from "@preact/signals";
import type { Day } from "../../../sync/plan/plan.gen.ts";
import { addDays, daysBetween } from "../text/dates.ts";
import { today } from "./case.ts";
import { lanes } from "./levels.ts";

/** One stretch on a level: where it begins and how long it is, as parts of the whole time. */
export interface Stretch {
  readonly key: string;
  readonly level: number;
  readonly from: Day;
  /** Empty: now. */
  readonly to: Day | "";
  readonly start: number;
  readonly width: number;
}

/** One track on the axis of time. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly word: Readonly<Record<string, string | undefined>>;
  readonly stretches: readonly Stretch[];
}

/** All tracks on one axis of time, with the first day of each month that has room for its name. */
export interface Timeline {
  readonly lines: readonly Line[];
  readonly months: readonly { readonly day: Day; readonly at: number }[];
}

const mostMonths = 6;

/** Every track of the plan on one axis, from the first entry to today (PT5, LS8). */
export const timeline = computed<Timeline>(() => {
  const all = lanes.value.flatMap(({ history }) => history.map(({ f }) => f.from ?? "")).filter(Boolean);
  const first = all.sort()[0];
  if (!first) return { lines: [], months: [] };
  const whole = Math.max(1, daysBetween(first, today.value) + 1);
  const at = (day: Day): number => Math.min(1, Math.max(0, daysBetween(first, day) / whole));
  return {
    lines: lanes.value.map((lane) => ({
      key: lane.key,
      label: lane.label,
      word: lane.word,
      stretches: [...lane.history].reverse().map(({ id, f }) => {
        const start = at(f.from ?? first);
        const to = f.to ?? "";
        return {
          key: id,
          level: f.level ?? 0,
          from: f.from ?? first,
          to,
          start,
          width: Math.max(0, (to ? at(addDays(to, 1)) : 1) - start),
        };
      }),
    })),
    months: monthsOf(first, today.value, at),
  };
});

function monthsOf(first: Day, last: Day, at: (day: Day) => number): Timeline["months"] {
  const months: { day: Day; at: number }[] = [];
  let [year = 0, month = 1] = first.split("-").map(Number);
  for (;;) {
    const day = `${year}-${String(month).padStart(2, "0")}-01`;
    if (day > last) break;
    if (day >= first) months.push({ day, at: at(day) });
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
  const every = Math.ceil(months.length / mostMonths);
  return months.filter((_, i) => i % every === 0);
}
