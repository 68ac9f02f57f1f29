import type { Day, Instant } from "../../../sync/plan/plan.gen.ts";
import { locale, t } from "./catalogue.ts";

/** The zone of a plan; never the phone's own, which may be on holiday. */
export type Zone = "Europe/Copenhagen" | "Europe/Oslo";

const made = new Map<string, Intl.DateTimeFormat>();

// A formatter costs more than a sentence, so each is made once.
function format(
  zone: Zone | "UTC",
  options: Intl.DateTimeFormatOptions,
  tag: string = locale.value,
): Intl.DateTimeFormat {
  const key = `${tag} ${zone} ${Object.entries(options).join()}`;
  const found = made.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: zone });
  made.set(key, found);
  return found;
}

// A day has no zone: noon in UTC, shown in UTC, is that day everywhere.
function noon(day: Day): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** Whether a text is a calendar day. */
export function isDay(text: string): text is Day {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

/** The calendar day of a moment in a zone. */
export function dayOf(moment: Instant | number, zone: Zone): Day {
  return format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, "sv-SE").format(new Date(moment));
}

/** How many days from one day to another; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

/** The day so many days later. */
export function addDays(day: Day, days: number): Day {
  return new Date(noon(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** "torsdag 3. december", with the year when it is another one than today's. */
export function longDay(day: Day, today: Day): string {
  return `${weekday(day)} ${shortDay(day, today)}`;
}

/** "torsdag": a day of this week. */
export function weekday(day: Day): string {
  return format("UTC", { weekday: "long" }).format(noon(day));
}

/** "3. december", with the year when it is another one than today's. */
export function shortDay(day: Day, today: Day): string {
  const year: Intl.DateTimeFormatOptions = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" };
  // A date is read as one word and never broken in two.
  return format("UTC", { day: "numeric", month: "long", ...year })
    .format(noon(day))
    .replaceAll(" ", "\u00a0");
}

/** "i går", "i dag", "i morgen", else "torsdag 3. december". */
export function nearDay(day: Day, today: Day): string {
  return Math.abs(daysBetween(today, day)) <= 1 ? fromNow(day, today) : longDay(day, today);
}

/** "i morgen", "om 10 dage", "for 3 dage siden". */
export function fromNow(day: Day, today: Day): string {
  const days = daysBetween(today, day);
  // Beyond tomorrow in our own words: Norwegian data says "om 10 døgn", which nobody does.
  if (Math.abs(days) > 1) return t(days > 0 ? "time.ahead" : "time.ago", { n: Math.abs(days) });
  return new Intl.RelativeTimeFormat(locale.value, { numeric: "auto" }).format(days, "day");
}

/** The three lines of a calendar leaf: "tor.", "3.", "dec.". */
export function leaf(day: Day): { readonly weekday: string; readonly day: string; readonly month: string } {
  const one = (options: Intl.DateTimeFormatOptions) => format("UTC", options).format(noon(day));
  return { weekday: one({ weekday: "short" }), day: one({ day: "numeric" }), month: one({ month: "short" }) };
}

/** "14" or "14.30"; English keeps its minutes. */
export function clock(moment: Instant | number, zone: Zone): string {
  const text = format(zone, { hour: "numeric", minute: "2-digit" })
    .format(new Date(moment))
    .replace(/^0(?=\d)/, "");
  return locale.value === "en-GB" ? text : text.replace(":", ".").replace(/\.00$/, "");
}

/** "14:00": the time of a moment, as a field for times wants it. */
export function timeOf(moment: Instant, zone: Zone): string {
  return format(zone, { hour: "2-digit", minute: "2-digit" }, "sv-SE").format(new Date(moment));
}

/** The moment when a zone's clocks show a time ("14:00") on a day; in summer and in winter. */
export function momentAt(day: Day, time: string, zone: Zone): Instant {
  const asUTC = Date.parse(`${day}T${time}:00Z`);
  // How far the zone's clocks are ahead of UTC is asked twice: once near the moment, once at it.
  const near = asUTC - ahead(asUTC, zone);
  return new Date(asUTC - ahead(near, zone)).toISOString().replace(".000", "");
}

function ahead(moment: number, zone: Zone): number {
  const shown = `${dayOf(moment, zone)}T${timeOf(new Date(moment).toISOString(), zone)}:00Z`;
  return Date.parse(shown) - Math.floor(moment / 60_000) * 60_000;
}

/** "14–15", "8.15–9". */
export function clockRange(start: Instant, end: Instant | undefined, zone: Zone): string {
  // A word joiner on each side: the span is not broken at the end of a line.
  return end ? `${clock(start, zone)}\u2060–\u2060${clock(end, zone)}` : clock(start, zone);
}

/** "i dag kl. 7.52", "torsdag 3. december kl. 14". */
export function momentWords(moment: Instant | number, today: Day, zone: Zone): string {
  return t("time.dayAt", { dag: nearDay(dayOf(moment, zone), today), tid: clock(moment, zone) });
}

/** "Skole og Hjem". */
export function listWords(words: readonly string[]): string {
  return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(words);
}
