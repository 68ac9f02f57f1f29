/** Working days, for deadlines that are told without network. Go's twin is workdays.go; vectors hold both to the same answers. */

/** A calendar day, "2026-03-04". */
type Day = string;

/** The working days of one place: a profile, and a municipality's own closing days ("2026-05-15", "06-05"). */
export interface Calendar {
  readonly profile: "DK" | "DK-kommune" | "NO";
  readonly closing?: readonly string[];
}

/** What a day can be kept for. */
export type Holiday = keyof typeof names;

const names = {
  newYear: true,
  maundyThursday: true,
  goodFriday: true,
  easter: true,
  easterMonday: true,
  prayerDay: true,
  labourDay: true,
  constitutionDay: true,
  ascension: true,
  whit: true,
  whitMonday: true,
  christmasEve: true,
  christmas: true,
  christmas2: true,
  newYearsEve: true,
  closed: true,
} as const;

const movable: Readonly<Record<number, Holiday>> = {
  [-3]: "maundyThursday",
  [-2]: "goodFriday",
  0: "easter",
  1: "easterMonday",
  39: "ascension",
  49: "whit",
  50: "whitMonday",
};
const year = { "01-01": "newYear", "12-25": "christmas", "12-26": "christmas2" } as const;
const fixed: Readonly<Record<Calendar["profile"], Readonly<Record<string, Holiday>>>> = {
  DK: year,
  "DK-kommune": { ...year, "12-24": "christmasEve", "12-31": "newYearsEve" },
  NO: { ...year, "05-01": "labourDay", "05-17": "constitutionDay" },
};
const prayerDay = 26;
const lastPrayerDay = 2023;

/** What a day is kept for; null on every other day, and a weekend is no holiday. */
export function holiday({ profile, closing = [] }: Calendar, day: Day): Holiday | null {
  const of = Number(day.slice(0, 4));
  const off = number(day) - easter(of);
  const date = day.slice(5);
  const kept = movable[off] ?? fixed[profile][date];
  if (kept) return kept;
  if (off === prayerDay && profile !== "NO" && of <= lastPrayerDay) return "prayerDay";
  return closing.includes(day) || closing.includes(date) ? "closed" : null;
}

/** Whether people work on a day. */
export function isWorkday(calendar: Calendar, day: Day): boolean {
  const weekday = weekdayOf(number(day));
  return weekday !== 0 && weekday !== 6 && holiday(calendar, day) === null;
}

/** The n-th working day before a day; the day itself for 0. */
export const workdaysBefore = (calendar: Calendar, day: Day, n: number): Day => step(calendar, day, n, -1);

/** The n-th working day after a day; the day itself for 0. */
export const workdaysAfter = (calendar: Calendar, day: Day, n: number): Day => step(calendar, day, n, 1);

function step(calendar: Calendar, day: Day, n: number, by: 1 | -1): Day {
  let at = number(day);
  for (let left = n; left > 0; ) {
    at += by;
    if (isWorkday(calendar, dayAt(at))) left--;
  }
  return dayAt(at);
}

/** How many working days lie after one day, up to and with another; 0 when it lies before. */
export function workdaysBetween(calendar: Calendar, from: Day, to: Day): number {
  let count = 0;
  for (let at = number(from) + 1; at <= number(to); at++) if (isWorkday(calendar, dayAt(at))) count++;
  return count;
}

/** The same day n months later, or the last of a shorter month. */
export function monthsAfter(day: Day, n: number): Day {
  const [y = 0, m = 1, d = 1] = day.split("-").map(Number);
  const first = Date.UTC(y, m - 1 + n, 1) / dayLength;
  const next = Date.UTC(y, m + n, 1) / dayLength;
  return dayAt(Math.min(first + d - 1, next - 1));
}

/** The n-th day after a day that is neither a Sunday nor a holiday: the hverdage of Danish law, where Saturday may count. */
export function weekdaysAfter(calendar: Calendar, day: Day, n: number): Day {
  let at = number(day);
  for (let left = n; left > 0; ) {
    at++;
    if (weekdayOf(at) !== 0 && holiday(calendar, dayAt(at)) === null) left--;
  }
  return dayAt(at);
}

const dayLength = 86_400_000;
// Days are counted in UTC, where each is as long as the next.
const number = (day: Day): number => Date.parse(`${day}T00:00Z`) / dayLength;
const dayAt = (n: number): Day => new Date(n * dayLength).toISOString().slice(0, 10);
// 1 January 1970 was a Thursday.
const weekdayOf = (n: number): number => (((n + 4) % 7) + 7) % 7;

/** The number of Easter Sunday (the anonymous Gregorian computus). */
function easter(y: number): number {
  const div = (a: number, b: number) => Math.floor(a / b);
  const [a, b, c] = [y % 19, div(y, 100), y % 100];
  const h = (19 * a + b - div(b, 4) - div(b - div(b + 8, 25) + 1, 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * div(c, 4) - h - (c % 4)) % 7;
  const m = div(a + 11 * h + 22 * l, 451);
  const at = h + l - 7 * m + 114;
  return Date.UTC(y, div(at, 31) - 1, (at % 31) + 1) / dayLength;
}
