import { beforeEach, expect, test } from "vitest";
import {
  addDays,
  clockRange,
  dayOf,
  daysBetween,
  fromNow,
  leaf,
  longDay,
  momentAt,
  momentWords,
  nearDay,
  timeOf,
} from "./dates.ts";
import { speak } from "./testwords.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
const today = "2026-11-23";

beforeEach(() => speak("da"));

test("a day is that day whatever zone the phone is in", () => {
  for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Copenhagen"]) {
    process.env.TZ = zone;
    expect(plain(longDay("2026-12-03", today))).toBe("torsdag 3. december");
    expect(daysBetween(today, "2026-12-03")).toBe(10);
    expect(addDays("2026-03-28", 2)).toBe("2026-03-30"); // clocks change in between
  }
});

test("today is the plan's day, not the phone's", () => {
  process.env.TZ = "America/Los_Angeles";
  expect(dayOf("2026-11-22T23:30:00Z", "Europe/Copenhagen")).toBe("2026-11-23");
  expect(dayOf("2026-06-30T22:15:00Z", "Europe/Oslo")).toBe("2026-07-01");
});

test("days are said as people say them", () => {
  expect(nearDay("2026-11-24", today)).toBe("i morgen");
  expect(nearDay("2026-11-22", today)).toBe("i går");
  expect(plain(nearDay("2026-11-27", today))).toBe("fredag 27. november");
  expect(plain(longDay("2027-01-20", today))).toBe("onsdag 20. januar 2027");
  expect(fromNow("2026-12-03", today)).toBe("om 10 dage");
  speak("nb");
  expect(fromNow("2026-12-03", today)).toBe("om 10 dager");
  expect(plain(longDay("2026-12-03", today))).toBe("torsdag 3. desember");
  speak("en");
  expect(plain(longDay("2026-12-03", today))).toBe("Thursday 3 December");
});

test("a date and a span of time are never broken at the end of a line", () => {
  expect(longDay("2026-12-03", today)).toBe("torsdag 3.\u00a0december");
  expect(clockRange("2026-12-03T14:00:00+01:00", "2026-12-03T15:00:00+01:00", "Europe/Copenhagen")).toBe(
    "14\u2060–\u206015",
  );
});

test("hours are short where they are whole, and in the plan's zone", () => {
  const range = (start: string, end: string) => plain(clockRange(start, end, "Europe/Copenhagen"));
  expect(range("2026-08-27T08:15:00+02:00", "2026-08-27T09:00:00+02:00")).toBe("8.15–9");
  expect(plain(momentWords("2026-11-23T06:52:00Z", today, "Europe/Copenhagen"))).toBe("i dag kl. 7.52");
});

test("a leaf of the calendar has three short lines", () => {
  expect(leaf("2026-12-03")).toEqual({ weekday: "tors.", day: "3.", month: "dec." });
});

test("a time on a day is that zone's moment, in winter, in summer and on the day the clocks change", () => {
  expect(momentAt("2026-12-03", "14:00", "Europe/Copenhagen")).toBe("2026-12-03T13:00:00Z");
  expect(momentAt("2026-06-03", "08:15", "Europe/Oslo")).toBe("2026-06-03T06:15:00Z");
  expect(momentAt("2026-03-29", "01:30", "Europe/Copenhagen")).toBe("2026-03-29T00:30:00Z");
  expect(momentAt("2026-03-29", "14:00", "Europe/Copenhagen")).toBe("2026-03-29T12:00:00Z");
  expect(timeOf("2026-12-03T13:00:00Z", "Europe/Copenhagen")).toBe("14:00");
});
