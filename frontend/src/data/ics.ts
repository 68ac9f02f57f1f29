import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import type { Meeting } from "./meetings.ts";

// 20261203T130000Z
const stamp = (at: number): string => `${new Date(at).toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;

/**
 * A meeting as a file for the phone's own calendar (RFC 5545), made here so that it needs no network; nothing for one
 * without a time. Others see a calendar, so it says when and no more. The id is the one that the calendar feed has
 * (backend/feed), so that a meeting taken both ways stands there once.
 */
export async function calendarFile(
  space: SpaceID,
  { id, f }: Meeting,
  title: string,
  now: number,
): Promise<Blob | undefined> {
  const start = Date.parse(f.start ?? "");
  if (Number.isNaN(start)) return undefined;
  const ends = Date.parse(f.end ?? "");
  const end = ends > start ? ends : start + 3600_000;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${space}/${id}`)));
  const uid = btoa(String.fromCharCode(...sum.subarray(0, 15)))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Samspor//Samspor//DA",
    "BEGIN:VEVENT",
    `UID:${uid}@samspor`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(end)}`,
    `SUMMARY:${title}`,
    "CLASS:PRIVATE",
    ...(f.state === "cancelled" ? ["STATUS:CANCELLED"] : []),
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ];
  return new Blob([lines.join("\r\n")], { type: "text/calendar;charset=utf-8" });
}
