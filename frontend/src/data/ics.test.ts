import { expect, test } from "vitest";
import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import { calendarFile } from "./ics.ts";
import type { Meeting } from "./meetings.ts";
import { rec } from "./testclient.ts";

const now = Date.parse("2026-11-25T08:00:00Z");
const file = async (f: Record<string, unknown>) =>
  (await calendarFile("case-1" as SpaceID, rec("meeting", "m2", f) as Meeting, "Samspor: møde", now))?.text();

test("a meeting's file says when, and neither what nor where", async () => {
  const text = await file({
    title: "Netværksmøde om Malthe",
    place: "Skolen, lokale 4",
    purpose: "Søvn og skole",
    state: "invited",
    start: "2026-12-03T14:00:00+01:00",
    end: "2026-12-03T15:30:00+01:00",
  });
  expect(text?.split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Samspor//Samspor//DA",
    "BEGIN:VEVENT",
    expect.stringMatching(/^UID:[\w-]{20}@samspor$/),
    "DTSTAMP:20261125T080000Z",
    "DTSTART:20261203T130000Z",
    "DTEND:20261203T143000Z",
    "SUMMARY:Samspor: møde",
    "CLASS:PRIVATE",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

test("without an end it lasts an hour; called off it says so; without a time there is none", async () => {
  const start = "2026-12-03T14:00:00+01:00";
  expect(await file({ start, state: "cancelled" })).toMatch(/DTEND:20261203T140000Z[\s\S]*STATUS:CANCELLED/);
  expect(await file({ state: "draft" })).toBeUndefined();
});
