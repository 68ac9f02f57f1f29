import { computed } from "@preact/signals";
import type { SpaceView } from "../../../sync/client/types.ts";
import type { Day } from "../../../sync/plan/plan.gen.ts";
import { language, t } from "../text/catalogue.ts";
import { addDays, dayOf, daysBetween, leaf, shortDay, type Zone } from "../text/dates.ts";
import { space, today, zone } from "./case.ts";
import { lanesIn, said } from "./levels.ts";
import { ofKind } from "./store.ts";

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
  /** The lowest number on its ladder, which has the lightest colour. */
  readonly lowest: number;
  readonly stretches: readonly Stretch[];
}

/** A meeting that was held: a knot on the rope. */
export interface KnotAt {
  readonly key: string;
  readonly title: string;
  readonly day: Day;
  readonly at: number;
}

/** All tracks on one axis of time, the meetings, and the first day of each month that has room for its name. */
export interface Timeline {
  readonly lines: readonly Line[];
  readonly knots: readonly KnotAt[];
  readonly months: readonly { readonly day: Day; readonly at: number }[];
}

const mostMonths = 6;
// The shortest stretch still has room for its number on the smallest phone.
const least = 0.05;

/** Every track of the plan on the screen on one axis, from the first entry to today (PT5, LS8). */
export const timeline = computed<Timeline>(() => timelineOf(space.value, today.value, zone.value));

/** The same of any plan. */
export function timelineOf(of: SpaceView | null, day: Day, zone: Zone): Timeline {
  const lanes = lanesIn(of);
  const all = lanes.flatMap(({ history }) => history.map(({ f }) => f.from ?? "")).filter(Boolean);
  const first = all.sort()[0];
  if (!first) return { lines: [], knots: [], months: [] };
  const whole = Math.max(1, daysBetween(first, day) + 1);
  const at = (one: Day): number => Math.min(1, Math.max(0, daysBetween(first, one) / whole));
  return {
    lines: lanes.map((lane) => ({
      key: lane.key,
      label: lane.label,
      word: lane.word,
      lowest: lane.levels[0]?.n ?? 1,
      stretches: readable(
        [...lane.history].reverse().map(({ id, f }) => {
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
      ),
    })),
    knots: heldBetween(of, zone, first, day).map((one) => ({ ...one, at: at(one.day) })),
    months: monthsOf(first, day, at),
  };
}

// A short stretch is drawn a little longer than it was, and pushes what follows; what would fall off is pushed back.
function readable(all: readonly Stretch[]): readonly Stretch[] {
  let end = 0;
  const forth = all.map((one) => {
    const start = Math.max(one.start, end);
    end = Math.max(start + least, one.start + one.width);
    return { ...one, start, width: end - start };
  });
  let limit = 1;
  const back = forth.reverse().map((one) => {
    const last = Math.min(limit, one.start + one.width);
    limit = Math.min(one.start, last - least);
    return { ...one, start: limit, width: last - limit };
  });
  return back.reverse();
}

function heldBetween(of: SpaceView | null, zone: Zone, first: Day, last: Day): readonly Omit<KnotAt, "at">[] {
  return ofKind(of, "meeting")
    .filter(({ f }) => f.start && f.state !== "cancelled" && f.state !== "draft")
    .map(({ id, f }) => ({ key: id as string, title: f.title ?? "", day: dayOf(f.start ?? "", zone) }))
    .filter(({ day }) => day >= first && day <= last)
    .sort((a, b) => a.day.localeCompare(b.day));
}

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

// A bar with room for more than its number, as a part of the whole.
const wide = 0.2;

/** A timeline in the words of the screen, as the part that draws it takes it. */
export function drawn({ lines, knots, months }: Timeline, day: Day) {
  return {
    lines: lines.map((line) => ({
      key: line.key,
      label: line.label,
      stretches: line.stretches.map((one) => barOf(line, one, day)),
    })),
    rope: {
      label: t("levels.meetings"),
      knots: knots.map((one) => ({
        key: one.key,
        words: t("levels.meetingOn", { titel: one.title, dato: shortDay(one.day, day) }),
        at: one.at,
      })),
    },
    months: months.map((one) => ({ key: one.day, words: leaf(one.day).month, at: one.at })),
  };
}

function barOf(line: Line, one: Stretch, day: Day) {
  const { key, level, start, width } = one;
  const mark = one.to || width < wide ? String(level) : t("levels.nowMark", { n: level });
  const shade = Math.min(5, Math.max(1, level - line.lowest + 1));
  return { key, shade, mark, words: wordsOf(line, one, day), start, width };
}

function wordsOf({ label, word }: Line, { level, from, to }: Stretch, day: Day): string {
  const about = { spor: label, ord: said(word, language.value).text, n: level, fra: shortDay(from, day) };
  return to ? t("levels.stretch", { ...about, til: shortDay(to, day) }) : t("levels.stretchNow", about);
}
