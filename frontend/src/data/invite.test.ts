import { beforeEach, expect, test } from "vitest";
import type { Rec } from "../../../sync/client/types.ts";
import { speak } from "../text/testwords.ts";
import { addPoint, moveUp, suggestAgenda, suggestedAgenda } from "./agenda.ts";
import { suggestCircle, suggestRoles, toggle } from "./circle.ts";
import { deadlines, deadlineWords } from "./deadlines.ts";
import {
  beginMeeting,
  beginningAt,
  callOff,
  chooseWithFamily,
  invite,
  missingIn,
  setWhen,
  suggestsVideo,
} from "./invite.ts";
import { kindsToCall } from "./kinds.ts";
import { agenda, coming, drafts, meeting } from "./meetings.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { asLeader, lastOps, people, ready } from "./testmeeting.ts";

let client: TestClient;
beforeEach(() => {
  speak("da");
  client = openTest();
});

function shown(...records: readonly Rec[]) {
  asLeader(client, ...records);
  const one = meeting("m1");
  if (!one) throw new Error("there is no meeting to try");
  return one;
}

const made = (kind: string) =>
  lastOps(client).flatMap((op) => ("new" in op && op.kind === kind ? [op.new as Record<string, unknown>] : []));

// MT10c: video where it makes planning, or the doctor's coming, easier.
test("video is suggested when a doctor is asked, or three services, and not when it is chosen", () => {
  const place = (who: string) => rec("participant", `p-${who}`, { meeting: "m1", person: who, reply: "not_invited" });
  const suggests = (form: string, ...who: string[]) => suggestsVideo(shown(...ready({ form }), ...who.map(place)));
  expect(suggests("physical")).toBe(false);
  expect(suggests("physical", "nadia")).toBe(false);
  expect(suggests("physical", "henrik")).toBe(true);
  expect(suggests("hybrid", "henrik")).toBe(false);
});

test("each is offered the kinds that they call, today's level first, and a teacher none", () => {
  // R15 MT17
  asLeader(client);
  expect(kindsToCall().map(({ kind }) => kind)).toEqual([
    "tvaerfagligt_netvaerksmoede",
    "konsultativt_moede",
    "tvaersektorielt_netvaerksmoede",
  ]);
  const may = { meeting: { new: true } };
  client.show("k1", "nadia", people, may);
  expect(kindsToCall()).toEqual([]);
});

test("a group without names has only the staff's own meeting", () => {
  // R11 MT25
  const group = rec("case", "k1", { country: "DK", kind: "anonymous_group", models: ["randers-5x2"] });
  const rest = people.filter((one) => one.kind !== "case" && one.kind !== "child");
  client.show("k1", "jonas", [group, ...rest], { meeting: { new: true } });
  expect(kindsToCall().map(({ kind }) => kind)).toEqual(["konsultativt_moede"]);
});

test("a meeting begins as a draft on the level where its track is, with the caller in their place", async () => {
  asLeader(client);
  const { saved, id } = await beginMeeting("tvaerfagligt_netvaerksmoede");
  expect(saved.ok).toBe(true);
  expect(made("meeting")).toMatchObject([
    { state: "draft", level: 4, track: "institution", model: "randers-5x2", template: "gult-skema", convenor: "jonas" },
  ]);
  expect(made("participant")).toMatchObject([{ meeting: id, person: "jonas", reply: "not_invited" }]);
});

test("a meeting that answers somebody's wish answers it in the same change", async () => {
  // R21
  asLeader(client, rec("meetingRequest", "q1", { background: "Morgenerne", owner: "jonas" }));
  const { id } = await beginMeeting("tvaerfagligt_netvaerksmoede", "q1");
  expect(lastOps(client)).toContainEqual(
    expect.objectContaining({
      rec: "q1",
      set: { answer: "meeting", meeting: id },
      was: { answer: null, meeting: null },
    }),
  );
});

test("a draft without a time is nobody's next meeting, and stands among those on their way", () => {
  shown(...ready({ start: undefined, end: undefined }));
  expect(coming.value).toEqual([]);
  expect(drafts.value.map(({ id }) => id)).toEqual(["m1"]);
});

test("an invitation with everything lacks nothing; the convenor needs no word on their own part", () => {
  // R16
  expect(missingIn(shown(...ready()))).toEqual([]);
});

test("what is missing is told in the order of the form", () => {
  // R16 R20 R22 MT4 MT5
  const bare = rec("participant", "p2", { meeting: "m1", person: "nadia", reply: "not_invited" });
  const one = shown(...ready({ purpose: " ", childAsked: false, relevantAt: undefined }), bare);
  expect(missingIn(one)).toEqual([
    "meeting.noPurpose",
    "meeting.noRole",
    "meeting.childNotAsked",
    "meeting.notRelevant",
  ]);
});

test("a GP is asked after a talk only", () => {
  // R19 MT9
  const gp = rec("participant", "p2", { meeting: "m1", person: "henrik", role: "medicin" });
  expect(missingIn(shown(...ready(), gp))).toEqual(["meeting.noGpTalk"]);
  expect(missingIn(shown(...ready({ gpDialogueHeld: true }), gp))).toEqual([]);
});

test("an agenda that is late asks why, and says so in words", () => {
  // R13 DL2
  const one = shown(...ready({ agendaDeadline: "2026-11-20" }));
  expect(missingIn(one)).toEqual(["meeting.agendaLate"]);
  expect(deadlineWords(one).join().replaceAll("\u00a0", " ")).toBe(
    "Dagsordenen skulle være sendt fredag 20. november (5 arbejdsdage før).",
  );
  expect(missingIn(shown(...ready({ agendaDeadline: "2026-11-20", agendaLate: "Lokalet faldt væk" })))).toEqual([]);
});

test("the deadline stands with its reason", () => {
  expect(
    deadlineWords(shown(...ready()))
      .join()
      .replaceAll("\u00a0", " "),
  ).toBe("Dagsordenen skal sendes senest torsdag 26. november (5 arbejdsdage før).");
});

test("the invitation goes out once nothing is missing, and says what is missing otherwise", async () => {
  shown(...ready({ purpose: "" }));
  expect(await invite("m1")).toEqual(["meeting.noPurpose"]);
  expect(client.edits).toEqual([]);
  shown(...ready());
  await invite("m1");
  expect(lastOps(client)).toEqual([{ rec: "m1", kind: "meeting", set: { state: "invited" }, was: { state: "draft" } }]);
});

test("a time is kept once it is whole, in the plan's own zone; a later beginning keeps its length", async () => {
  const one = shown(...ready({ start: undefined, end: undefined }));
  expect(await setWhen(one, { day: "2026-12-10", from: "", to: "" })).toBeNull();
  const when = beginningAt({ day: "2026-12-10", from: "", to: "" }, "14:00");
  expect(when.to).toBe("15:00");
  expect(beginningAt({ day: "", from: "14:00", to: "14:45" }, "08:30").to).toBe("09:15");
  await setWhen(one, when);
  expect(lastOps(client)).toMatchObject([{ set: { start: "2026-12-10T13:00:00Z", end: "2026-12-10T14:00:00Z" } }]);
});

test("only a later end does not ask everybody anew", async () => {
  // the start stays as it was written, so the server sees no new time
  const one = shown(...ready({ state: "invited", start: "2026-12-03T14:00:00+01:00" }));
  await setWhen(one, { day: "2026-12-03", from: "14:00", to: "15:30" });
  expect(lastOps(client)).toMatchObject([{ set: { end: "2026-12-03T14:30:00Z" } }]);
  expect(lastOps(client)[0]).not.toHaveProperty("set.start");
});

test("the suggested circle is the family and those of the kind, each with something to do there", async () => {
  // MT5 MT18
  const one = shown(...ready().slice(0, 3));
  await suggestCircle(one);
  expect(made("participant").map(({ person }) => person)).toEqual(["malthe", "nadia", "signe"]);
  for (const { role } of made("participant")) expect(role).toBeTruthy();
});

test("before a child is old enough for daycare the health visitor is suggested, not the school", async () => {
  // MT18
  const rest = people.filter((one) => one.kind !== "child");
  const baby = rec("child", "c1", { name: "Alma", birthYear: 2026 });
  const nurse = [
    rec("person", "ulla", { name: "Ulla Thygesen", sector: "health_visiting" }),
    rec("membership", "m-ulla", { person: "ulla", role: "professional" }),
    rec("person", "karen", { name: "Karen Lyhne", sector: "school" }),
    rec("membership", "m-karen", { person: "karen", role: "professional" }),
  ];
  client.show("k1", "jonas", [...rest, baby, ...nurse, ...ready()], { participant: { new: true } });
  const one = meeting("m1");
  if (one) await suggestCircle(one);
  expect(made("participant").map(({ person }) => person)).toContain("ulla");
  expect(made("participant").map(({ person }) => person)).not.toContain("karen");
});

test("the suggested agenda is that of the plan's model on this level, with the family's words first", () => {
  // MT14 MT15
  const point = (id: string) => ({ id, text: { da: id } });
  const meetings = [
    { kind: "tvaerfagligt_netvaerksmoede", levels: [3], agenda: [point("syn"), point("roller")] },
    { kind: "tvaerfagligt_netvaerksmoede", levels: [4], agenda: [point("start"), point("roller")] },
    { kind: "tvaersektorielt_netvaerksmoede", levels: [3], agenda: [point("family"), point("behov")] },
  ];
  const model = rec("model", "randers-5x2", { meetings });
  const about = (f: Record<string, unknown>) => suggestedAgenda(shown(...ready({ model: "randers-5x2", ...f }), model));
  expect(about({ level: 4 })).toEqual(["Malthes og familiens egne ord", "start", "roller"]);
  expect(about({ level: 3 })).toEqual(["Malthes og familiens egne ord", "syn", "roller"]);
  expect(about({ level: 3, kind: "tvaersektorielt_netvaerksmoede" })).toEqual(["family", "behov"]);
  expect(suggestedAgenda(shown(...ready()))[1]).toBe("Det svære, set af forældre og fagfolk"); // a plan of version 1
});

test("a draft's deadlines are counted here, with the model's clock and the municipality's days off", () => {
  // R13 R14 R27 TN1: right without network, and the moment the day is changed
  const level = (meetingKind: string, anchor: string) => ({
    meetingKind,
    deadlines: [{ anchor, unit: "working", days: 5 }],
  });
  const levels = [
    level("tvaerfagligt_netvaerksmoede", "meeting"),
    level("tvaersektorielt_netvaerksmoede", "invitation"),
  ];
  const model = rec("model", "randers-5x2", { levels, local: { closingDays: ["2026-12-30"] } });
  const stale = { agendaDeadline: "2026-11-26" };
  const on = (f: Record<string, unknown>) => deadlines(shown(...ready({ ...stale, ...f }), model));
  expect(on({ start: "2026-12-29T13:00:00Z" }).agendaDue).toBe("2026-12-18");
  expect(on({ start: "2027-01-04T13:00:00Z" }).agendaDue).toBe("2026-12-21"); // 1 January, 31, 30 and Christmas are off
  expect(on({ kind: "tvaersektorielt_netvaerksmoede" }).heldBy).toBe("2026-11-30");
  expect(on({ state: "invited" }).agendaDue).toBe("2026-11-26"); // the server's, once it is called
});

test("a press asks somebody, another takes them off; roles are filled in only where there are none", async () => {
  const one = shown(...ready());
  await toggle(one, "signe" as never);
  expect(lastOps(client)).toEqual([{ rec: "p1", del: true }]);
  await suggestRoles(one);
  expect(lastOps(client)).toMatchObject([{ rec: "p0", set: { role: "Leder mødet og skriver referat." } }]);
});

test("the family's own points come before all others, in the order they were written", async () => {
  // MT6, DOMAIN 4.3
  const theirs = rec("agendaItem", "a2", { meeting: "m1", title: "Lektier", order: "a0V", proposedBy: "signe" });
  client.show("k1", "signe", [...people, ...ready(), theirs], { agendaItem: { new: true } });
  const one = meeting("m1");
  if (one) await addPoint(one, "Morgener");
  const [{ order }] = made("agendaItem") as [{ order: string }];
  expect("a0V" < order && order < "a1").toBe(true);
});

test("a suggested agenda comes under what is there, and a point can be moved up", async () => {
  const one = shown(...ready());
  await suggestAgenda(one);
  const items = made("agendaItem");
  expect(items[0]?.title).toBe("Malthes og familiens egne ord");
  expect(items.at(-1)?.title).toBe("Næste skridt og næste møde");
  expect(items.every(({ order }) => String(order) > "a1")).toBe(true);
  const second = rec("agendaItem", "a2", { meeting: "m1", title: "To", order: "a2" });
  const again = shown(...ready(), second);
  await moveUp(again, second);
  asLeader(client, ...ready(), rec("agendaItem", "a2", { meeting: "m1", title: "To", ...movedTo() }));
  expect(agenda(again).map(({ id }) => id)).toEqual(["a2", "a1"]);
});

function movedTo() {
  const [op] = lastOps(client);
  return op && "set" in op ? (op.set as Record<string, unknown>) : {};
}

test("the circle is chosen with the family: who, when and by whom", async () => {
  // R16 MT6
  await chooseWithFamily(shown(...ready({ chosenAt: undefined })), true);
  expect(lastOps(client)).toMatchObject([
    { set: { chosenAt: "2026-11-23", chosenBy: "jonas" }, add: { chosenWith: ["malthe", "signe"] } },
  ]);
});

test("a meeting is called off with its reason in one change", async () => {
  await callOff(shown(...ready({ state: "invited" })), "Sygdom");
  expect(lastOps(client)).toMatchObject([
    { set: { state: "cancelled", cancelled: "Sygdom" }, was: { state: "invited" } },
  ]);
});
