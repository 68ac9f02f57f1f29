import { beforeEach, expect, test } from "vitest";
import { speak } from "../text/testwords.ts";
import { hostsIt, lacksMinutes, meeting, owedMinutes } from "./meetings.ts";
import {
  agree,
  agreedIn,
  agreeGoal,
  attendAll,
  changeAgreement,
  childMissed,
  draftAgreements,
  followUpOf,
  followUpOn,
  goalsAt,
  lacksOf,
  mayWriteMinutes,
  newPart,
  nothingAgreed,
  partsOf,
  shareMinutes,
  writePart,
} from "./minutes.ts";
import { confirm, mayConfirm, readersOf, remarksOf } from "./shared.ts";
import { groups, myTasks, openTasksIn } from "./tasks.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const may = {
  meeting: { own: ["minutesState", "state"] },
  minutesSection: { new: true, host: ["text"] },
  task: { new: true, host: ["title", "responsible", "due"], own: ["state"] },
  receipt: { new: true },
};
const plan = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("person", "me", { name: "Karen Lyhne" }),
  rec("person", "signe", { name: "Signe Rosenvang" }),
  rec("person", "malthe", { name: "Malthe Rosenvang" }),
  rec("membership", "b1", { person: "me", role: "professional" }),
  rec("membership", "b2", { person: "malthe", role: "child" }),
  rec("agendaItem", "i2", { meeting: "m1", title: "Aftaler", order: "b1" }),
  rec("agendaItem", "i1", { meeting: "m1", title: "Siden sidst", order: "a1" }),
  rec("participant", "p1", { meeting: "m1", person: "malthe", reply: "accepted" }),
  rec("participant", "p2", { meeting: "m1", person: "signe", reply: "accepted", joins: "video" }),
];
const base = {
  kind: "tvaerfagligt_netvaerksmoede",
  state: "invited",
  start: "2026-11-23T07:00:00+01:00",
  minuteTaker: "me",
};
const show = (f: Record<string, unknown> = {}, ...more: ReturnType<typeof rec>[]) =>
  client.show("k1", "me", [...plan, rec("meeting", "m1", { ...base, ...f }), ...more], may);
const one = () => meeting("m1") as NonNullable<ReturnType<typeof meeting>>;
const draft = (id: string, f: Record<string, unknown> = {}) =>
  rec("task", id, { title: id, state: "draft", sourceMeeting: "m1", ...f });
const last = () => client.edits.at(-1)?.ops ?? [];

beforeEach(() => {
  speak("da");
  client = openTest();
});

test("the minutes are written by the hosts, from the day of the meeting until they are shared", () => {
  // R15, MT4b
  show();
  expect(mayWriteMinutes(one())).toBe(true);
  show({ start: "2026-11-24T07:00:00+01:00" });
  expect(mayWriteMinutes(one())).toBe(false);
  show({ minutesState: "shared", state: "minutes_shared" });
  expect(mayWriteMinutes(one())).toBe(false);
  show({ minuteTaker: "signe" });
  expect(mayWriteMinutes(one())).toBe(false);
});

test("minutes that nobody has seen are owed by whoever holds the meeting, and by nobody else", () => {
  // MT4b
  show();
  expect(owedMinutes.value.map(({ id }) => id)).toEqual(["m1"]);
  show({ start: "2026-11-23T09:00:00+01:00" });
  expect(lacksMinutes(one())).toBe(false);
  show({ state: "held", start: "2026-11-23T09:00:00+01:00" });
  expect(lacksMinutes(one())).toBe(true);
  show({ minuteTaker: "signe" });
  expect([lacksMinutes(one()), hostsIt(one()), owedMinutes.value.length]).toEqual([true, false, 0]);
  show({ minutesState: "shared" });
  expect(lacksMinutes(one())).toBe(false);
});

test("each point of the agenda has a part, and keeps its place when it is first saved", () => {
  show();
  const before = partsOf(one()).map(({ key, heading }) => [key, heading]);
  expect(before).toEqual([
    ["i1", "Siden sidst"],
    ["i2", "Aftaler"],
  ]);
  show(
    {},
    rec("minutesSection", "s1", { meeting: "m1", item: "i1", text: "a", order: "a1" }),
    rec("minutesSection", "s2", { meeting: "m1", item: "i1", text: "b", order: "a2" }),
    rec("minutesSection", "s3", { meeting: "m1", heading: "Andet", text: "c", order: "z1" }),
    rec("minutesSection", "s4", { meeting: "m1", item: "gone", text: "d", order: "z2" }),
  );
  expect(partsOf(one()).map(({ key, section }) => [key, section?.id])).toEqual([
    ["i1", "s1"],
    ["s2", "s2"],
    ["i2", undefined],
    ["loose", "s3"],
    ["s4", "s4"],
  ]);
});

test("the first words make the minutes a draft and the meeting held, in one change; the next are an edit", async () => {
  show();
  const part = partsOf(one())[0] ?? newPart();
  await writePart(one(), "s9" as never, part, "Vi talte om søvn.");
  expect(last()).toEqual([
    {
      rec: "s9",
      kind: "minutesSection",
      new: { meeting: "m1", heading: "Siden sidst", order: "a1", text: "Vi talte om søvn.", item: "i1" },
    },
    {
      rec: "m1",
      kind: "meeting",
      set: { minutesState: "draft", state: "held" },
      was: { minutesState: null, state: "invited" },
    },
  ]);
  show(
    { state: "held", minutesState: "draft" },
    rec("minutesSection", "s9", { meeting: "m1", text: "Vi talte om søvn." }),
  );
  await writePart(one(), "s9" as never, part, "Vi talte om mad.");
  expect(last()).toEqual([
    { rec: "s9", kind: "minutesSection", set: { text: "Vi talte om mad." }, was: { text: "Vi talte om søvn." } },
  ]);
});

test("an agreement is a draft of its meeting, with its kind and its point of the agenda", async () => {
  // R23, R24, MT13
  show({ state: "held", minutesState: "draft" });
  const item = partsOf(one())[0]?.item ?? null;
  await agree(one(), item, { ...nothingAgreed, title: "Støtte hjemme", type: "decided_elsewhere" });
  expect(last()).toMatchObject([
    {
      kind: "task",
      new: { title: "Støtte hjemme", type: "decided_elsewhere", state: "draft", sourceMeeting: "m1", item: "i1" },
    },
  ]);
  expect(last()).toHaveLength(1);
});

test("an agreement leads to a goal of the plan, or to one that was just agreed on in the meeting", async () => {
  // PT2
  show(
    { state: "held", minutesState: "draft" },
    rec("goal", "g1", { title: "Rolige morgener", state: "active" }),
    rec("goal", "g2", { title: "Sove hele natten", state: "draft", meeting: "m1" }),
    rec("goal", "g3", { title: "Fra et andet møde", state: "draft", meeting: "m9" }),
  );
  expect(goalsAt(one()).map(({ value }) => value)).toEqual(["g1", "g2"]);
  await agree(one(), null, { ...nothingAgreed, title: "Lave en plan for aftenen", goal: "g2" });
  expect(last()).toMatchObject([{ kind: "task", new: { goal: "g2", sourceMeeting: "m1" } }]);
});

test("another kind of agreement takes the place of the first, for a kind is fixed", async () => {
  show({}, draft("t1", { responsible: "me", due: "2026-12-01", type: "agreement", item: "i1" }));
  const task = draftAgreements(one())[0] as NonNullable<ReturnType<typeof draftAgreements>[0]>;
  await changeAgreement(one(), task, { ...agreedIn(task), due: "2026-12-08" });
  expect(last()).toEqual([{ rec: "t1", kind: "task", set: { due: "2026-12-08" }, was: { due: "2026-12-01" } }]);
  await changeAgreement(one(), task, { ...agreedIn(task), type: "assessment" });
  expect(last()).toMatchObject([
    { rec: "t1", del: true },
    { kind: "task", new: { title: "t1", type: "assessment", item: "i1", state: "draft" } },
  ]);
});

test("what is agreed and not shared is nobody's to do yet", () => {
  // R23
  show({}, draft("t1", { responsible: "me", due: "2026-11-24" }));
  const space = [...client.spaces().values()][0];
  expect([myTasks.value.length, groups("all").week.length, space && openTasksIn(space)]).toEqual([0, 0, 0]);
});

test("what the minutes lack is told before they are shared, and what stops them is marked", () => {
  // R23, MT19, LS20c
  show({ childHow: "not_now", state: "held" }, draft("t1", { responsible: "me" }));
  const absent = rec("participant", "p1", { meeting: "m1", person: "malthe", reply: "declined", attendance: "absent" });
  show({ childHow: "not_now", state: "held" }, draft("t1", { responsible: "me" }), absent);
  const rows = lacksOf(one()).map(({ words, stops, n }) => [words, stops, n]);
  expect(rows).toEqual([
    ["minutes.lackText", true, 0],
    ["minutes.lackWho", true, 1],
    ["minutes.lackChild", true, 0],
    ["minutes.lackNext", false, 0],
  ]);
  show(
    { state: "held", noFollowUp: "Forløbet slutter.", childAbsent: "Ville hellere skrive.", childHow: "not_now" },
    draft("t1", { responsible: "me", due: "2026-12-01" }),
    absent,
    rec("minutesSection", "s1", { meeting: "m1", text: "Vi talte." }),
  );
  expect(lacksOf(one())).toEqual([]);
});

test("a child who took part in another way was not missed", () => {
  // MT19, R22
  const absent = rec("participant", "p1", { meeting: "m1", person: "malthe", attendance: "absent" });
  show({ childHow: "in_writing" }, absent);
  expect(childMissed(one())).toBe(false);
  show({}, absent);
  expect(childMissed(one())).toBe(true);
  show({ kind: "ansvarsgruppe" }, absent);
  expect(childMissed(one())).toBe(false);
});

test("everybody who said yes was there, each in the way they came", async () => {
  show();
  await attendAll(one());
  expect(last()).toMatchObject([
    { rec: "p1", set: { attendance: "present" } },
    { rec: "p2", set: { attendance: "present_remote" } },
  ]);
});

test("the next look is an agreement of its own with a day, and goes when the day does", async () => {
  // LS20c
  show({ convenor: "signe", state: "held", minutesState: "draft" });
  await followUpOn(one(), "2027-01-20");
  expect(last()).toMatchObject([
    { new: { type: "follow_up", due: "2027-01-20", responsible: "signe", state: "draft" } },
  ]);
  show({}, draft("t1", { type: "follow_up", due: "2027-01-20" }));
  expect([followUpOf(one())?.id, draftAgreements(one())]).toEqual(["t1", []]);
  await followUpOn(one(), "");
  expect(last()).toEqual([{ rec: "t1", del: true }]);
});

test("a goal of the meeting carries the child's words and who agreed", async () => {
  // PT3
  show({ state: "held", minutesState: "draft" });
  await agreeGoal(one(), { title: "Sove", childWords: "Jeg vil sove", agreedBy: ["malthe" as never] });
  expect(last()).toMatchObject([
    {
      kind: "goal",
      new: { title: "Sove", childWords: "Jeg vil sove", agreedBy: ["malthe"], state: "draft", meeting: "m1" },
    },
  ]);
});

test("sharing is one write, which the server makes the rest of", async () => {
  // R23
  show({ state: "held", minutesState: "draft" });
  await shareMinutes(one());
  expect(last()).toEqual([
    { rec: "m1", kind: "meeting", set: { minutesState: "shared" }, was: { minutesState: "draft" } },
  ]);
});

test("who has read is said once, and is me until the server has signed it", async () => {
  show({ minutesState: "shared" });
  expect(mayConfirm(one())).toBe(true);
  await confirm(one());
  expect(last()).toMatchObject([{ kind: "receipt", new: { about: "m1" } }]);
  show({ minutesState: "shared" }, rec("receipt", "r1", { about: "m1" }, { waiting: true }));
  expect([mayConfirm(one()), readersOf(one()).map(({ id }) => id)]).toEqual([false, ["me"]]);
});

test("remarks stand in the order of the server's clock, and one that is not sent last", () => {
  // R25
  show(
    {},
    rec("remark", "r3", { meeting: "m1", text: "c" }, { waiting: true }),
    rec("remark", "r2", { meeting: "m1", text: "b", at: "2026-11-22T10:00:00Z" }),
    rec("remark", "r1", { meeting: "m1", text: "a", at: "2026-11-21T10:00:00Z" }),
    rec("remark", "x", { meeting: "m2", text: "other" }),
  );
  expect(remarksOf(one()).map(({ id }) => id)).toEqual(["r1", "r2", "r3"]);
});
