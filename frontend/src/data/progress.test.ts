import { expect, test } from "vitest";
import type { Rec } from "../../../sync/client/types.ts";
import { space } from "./case.ts";
import { gapsIn } from "./progress.ts";
import { openTest, rec } from "./testclient.ts";

const day = "2026-11-23";
const ahead = rec("meeting", "m1", { title: "Møde", state: "invited", start: "2026-12-03T14:00:00+01:00" });
const entry = (id: string, track: string, level: number, more = {}) =>
  rec("levelEntry", id, { model: "randers-5x2", track, level, from: "2026-11-14", ...more });
const step = (id: string, level: number, more = {}) => entry(id, "pathway", level, { model: "sst-buc-4", ...more });
const plan = [
  rec("case", "k1", { title: "Malthe", country: "DK", state: "active" }),
  rec("track", "home", { label: "Hjem" }),
  entry("h1", "home", 1),
  step("p3", 3),
];

function flags(more: readonly Rec[], on = day): readonly (readonly [string, string, boolean])[] {
  openTest().show("k1", "me", [...plan, ...more]);
  if (!space.value) throw new Error("no plan");
  return gapsIn(space.value, on).map(({ kind, about, isLate }) => [kind, about, isLate] as const);
}

test("a plan that runs as it should lacks nothing", () => {
  expect(flags([ahead])).toEqual([]);
});

test("a plan without a next meeting says so", () => {
  // DOMAIN 2.4
  expect(flags([])).toEqual([["meeting", "", false]]);
  expect(flags([rec("meeting", "m1", { ...ahead.f, state: "cancelled" })])).toEqual([["meeting", "", false]]);
});

test("a review and a clock of the law are told in good time, and are late after their day", () => {
  // DL3, DL4
  const review = (nextReview: string, more = {}) => entry("v1", "home", 4, { nextReview, ...more });
  const clock = (due: string) => rec("legalMarker", "l1", { type: "x", law: "barnets lov", from: "2026-07-24", due });
  expect(flags([ahead, review("2026-12-03"), clock("2027-01-24")])).toEqual([]);
  expect(flags([ahead, review("2026-11-27"), clock("2026-11-20")])).toEqual([
    ["law", "barnets lov", true],
    ["review", "Hjem", false],
  ]);
  expect(flags([ahead, review("2026-11-01", { to: "2026-11-10" })])).toEqual([]);
});

test("a referral that nobody answers is told after two weeks", () => {
  const sent = (sentAt: string) => rec("referral", "r1", { to: "child_psychiatry", state: "sent", sentAt });
  expect(flags([ahead, sent("2026-11-10")])).toEqual([]);
  expect(flags([ahead, sent("2026-11-09")])).toEqual([["referral", "child_psychiatry", true]]);
});

test("psychiatry that has ended without anybody after it is told until the pathway has moved on", () => {
  // NO6
  const ended = rec("referral", "r1", { to: "child_psychiatry", state: "ended", sentAt: "2026-10-01" });
  expect(flags([ahead, ended])).toEqual([["psychiatryEnded", "child_psychiatry", true]]);
  expect(flags([ahead, ended, rec("referral", "r2", { to: "other", state: "accepted" })])).toEqual([]);
  expect(flags([ahead, ended, step("p3", 3, { to: "2026-11-22" }), step("p4", 4)])).toEqual([]);
});

test("a change of place is told a month ahead, and asked about afterwards", () => {
  // PT10
  const change = (date: string, state = "planned") => rec("transition", "x", { to: "Ny skole", date, state });
  expect(flags([ahead, change("2027-01-04")])).toEqual([]);
  expect(flags([ahead, change("2026-12-20")])).toEqual([["transition", "Ny skole", false]]);
  expect(flags([ahead, change("2026-11-20")])).toEqual([["transition", "Ny skole", true]]);
  expect(flags([ahead, change("2026-11-20", "done")])).toEqual([]);
});

test("a plan in which nothing has happened for thirty days is told, and anything done ends that", () => {
  // PT14
  const later = "2026-12-14";
  const meeting = rec("meeting", "m1", { ...ahead.f, start: "2027-01-10T14:00:00+01:00" });
  expect(flags([meeting], later)).toEqual([["quiet", "", false]]);
  expect(flags([meeting], "2026-12-13")).toEqual([]);
  expect(flags([meeting, rec("note", "n1", { about: "k1", at: "2026-11-30T08:00:00Z" })], later)).toEqual([]);
  expect(flags([meeting, rec("task", "t1", { title: "x" }, { waiting: true })], later)).toEqual([]);
});

test("a plan at rest lacks nothing", () => {
  expect(flags([rec("case", "k1", { country: "DK", state: "paused" })])).toEqual([]);
});
