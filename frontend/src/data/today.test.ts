import { beforeEach, expect, test } from "vitest";
import { speak } from "../text/testwords.ts";
import { dayHeading, isAcross } from "./across.ts";
import { plans } from "./case.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { dueThisWeek, othersThisWeek, pressing, waitingForMe, waitingIn } from "./today.ts";

let client: TestClient;
type Fields = Record<string, unknown>;
const may = { acknowledgement: { new: true } };
const people = [
  rec("person", "me", { name: "Jonas Brandt" }),
  rec("person", "signe", { name: "Signe Rosenvang" }),
  rec("person", "nadia", { name: "Nadia Elmasry" }),
  rec("membership", "m1", { person: "me", role: "professional" }),
  rec("membership", "m2", { person: "signe", role: "guardian" }),
  rec("membership", "m3", { person: "nadia", role: "professional" }),
];
const caseOf = (id: string, f: Fields = {}) =>
  rec("case", id, { title: "Malthe, 5. klasse", country: "DK", calendar: "DK-kommune", kind: "named", ...f });
const child = rec("child", "barn", { name: "Malthe Rosenvang" });
const show = (...records: ReturnType<typeof rec>[]) =>
  client.show("k1", "me", [caseOf("k1"), child, ...people, ...records], may);
const sentences = () => waitingForMe.value.map(({ title, owes, date }) => `${title} | ${owes} | ${date}`);
const meeting = (f: Fields) =>
  rec("meeting", "mo", {
    state: "draft",
    convenor: "me",
    start: "2026-12-03T14:00:00+01:00",
    end: "2026-12-03T15:00:00+01:00",
    ...f,
  });
const task = (id: string, f: Fields) => rec("task", id, { title: id, state: "open", responsible: "me", ...f });

beforeEach(() => {
  speak("da");
  client = openTest();
});

test("what is late stands first, then today, then the week, and next week's not at all", () => {
  show(
    task("Uge", { due: "2026-11-26" }),
    task("Sent", { due: "2026-11-20" }),
    task("Nu", { due: "2026-11-23" }),
    task("Senere", { due: "2026-11-30" }),
    task("Uden dato", {}),
    task("Gjort", { due: "2026-11-20", state: "done" }),
    task("Din", { due: "2026-11-23", responsible: "nadia" }),
    rec("handover", "h", { from: "me", to: "nadia", state: "proposed" }),
  );
  expect(waitingForMe.value.map(({ title, when }) => `${when}: ${title}`)).toEqual([
    "late: Sent",
    "today: Nu",
    "week: Uge",
    "waiting: Nadia har ikke svaret på at blive tovholder",
  ]);
  expect(waitingForMe.value.slice(0, 3).map(({ date }) => date)).toEqual([
    "siden 20.\u00a0november",
    "i dag",
    "senest torsdag",
  ]);
  expect(dueThisWeek.value).toBe(2);
});

// DL6: invitations go out as early as can be; one with a clock has its own words.
test("a meeting that is not called yet waits for who calls it", () => {
  show(meeting({}));
  expect(sentences()).toEqual([
    "Indkald til mødet torsdag 3.\u00a0december | De andre skal have besked så tidligt som muligt. | venter",
  ]);
  show(meeting({ start: undefined, end: undefined }));
  expect(waitingForMe.value.map(({ title }) => title)).toEqual(["Indkald til mødet"]);
  show(meeting({ convenor: "nadia" }));
  expect(waitingForMe.value).toEqual([]);
  show(meeting({ start: "2026-11-03T14:00:00+01:00" }));
  expect(waitingForMe.value).toEqual([]);
});

// MT3: the end of an assessment reminds psychiatry to invite.
test("when an assessment has been told, psychiatry is reminded to call a meeting, until it has", () => {
  const step = rec("levelEntry", "s3", { model: "sst-buc-4", level: 3, track: "pathway", conveyedAt: "2026-11-20" });
  const line = rec("person", "me", { name: "Line Skovbo", sector: "child_psychiatry" });
  const kind = "tvaersektorielt_netvaerksmoede";
  show(step, line);
  expect(sentences()).toEqual([
    "Udredningen er slut. Indkald til møde | Familien og de andre venter på, hvad der nu skal ske. | venter",
  ]);
  show(step, line, meeting({ kind, convenor: "nadia" }));
  expect(waitingForMe.value).toEqual([]);
  show(step, line, meeting({ kind, convenor: "nadia", state: "cancelled" }));
  expect(waitingForMe.value).toHaveLength(1);
  show(step); // at school nobody is reminded
  expect(waitingForMe.value).toEqual([]);
});

// R34: what the family is asked to share.
test("who is asked for a consent and has not answered is reminded of it", () => {
  const asked = rec("consent", "k", { purpose: "Skolen vil se planen", state: "requested", requiredFrom: ["me"] });
  show(asked);
  expect(sentences()).toEqual(["Må det deles? | Skolen vil se planen | venter"]);
  show(asked, rec("consentAnswer", "a", { consent: "k", person: "me", answer: "no" }));
  expect(waitingForMe.value).toEqual([]);
});

test("a task says whose it is", () => {
  show(
    task("Ringe", { due: "2026-11-24" }),
    task("Køre", { due: "2026-11-25", responsible: "nadia", helpers: ["me"] }),
  );
  expect(sentences()).toEqual([
    "Ringe | Du har sagt ja til at gøre det. | senest tirsdag",
    "Køre | Du hjælper Nadia med det. | senest onsdag",
  ]);
});

test("an invitation waits until it is answered, or the meeting is over", () => {
  const place = (reply: string) => rec("participant", "p1", { meeting: "mo", person: "me", reply });
  show(meeting({ state: "invited", convenor: "nadia" }), place("no_reply"));
  expect(sentences()).toEqual(["Svar på mødet torsdag 3.\u00a0december | Nadia venter på dit svar. | venter"]);
  show(meeting({ state: "invited", convenor: "nadia" }), place("accepted"));
  expect(sentences()).toEqual([]);
  show(meeting({ state: "invited", convenor: "nadia", end: "2026-11-20T15:00:00+01:00" }), place("no_reply"));
  expect(sentences()).toEqual([]);
});

test("a wish for a meeting is answered by who asked the others there, and nobody answers their own", () => {
  const wish = (f: Fields) => rec("wish", "w1", { meeting: "mo", wish: "Mere tid", person: "signe", ...f });
  show(meeting({ state: "invited" }), wish({ due: "2026-11-27" }));
  expect(sentences()).toEqual([
    "Svar på Signes ønske til mødet torsdag 3.\u00a0december | Signe venter på dit svar. | senest fredag",
  ]);
  for (const other of [wish({ outcome: "Ja" }), wish({ person: "me" })]) {
    show(meeting({ state: "invited" }), other);
    expect(sentences()).toEqual([]);
  }
  show(meeting({ state: "invited", convenor: "nadia" }), wish({}));
  expect(sentences()).toEqual([]);
});

test("who has been given a question for a meeting owes an answer", () => {
  show(rec("meetingRequest", "r1", { person: "signe", owner: "me", answerDue: "2026-11-20" }));
  expect(sentences()).toEqual(["Signe har bedt om et møde | Du svarer Signe. | siden 20.\u00a0november"]);
  show(rec("meetingRequest", "r1", { person: "signe", owner: "me", answerDue: "2026-11-20", answer: "talk" }));
  expect(sentences()).toEqual([]);
});

test("a question about the rope waits at both ends", () => {
  show(rec("handover", "h", { from: "nadia", to: "me", state: "proposed", proposedAt: "2026-11-20T12:00:00+01:00" }));
  expect(sentences()).toEqual(["Nadia spørger, om du vil være tovholder | Du svarer ja eller nej. | venter"]);
  show(rec("handover", "h", { from: "me", to: "nadia", state: "proposed", proposedAt: "2026-11-20T12:00:00+01:00" }));
  expect(sentences()).toEqual([
    "Nadia har ikke svaret på at blive tovholder | Spurgt fredag 20.\u00a0november. Du er tovholder indtil da. | venter",
  ]);
});

test("a new tovholder waits until it has been seen", () => {
  // R3
  const accepted = rec("handover", "h", { from: "signe", to: "nadia", state: "accepted", effectiveFrom: "2026-12-01" });
  show(accepted);
  expect(sentences()).toEqual([
    "Nadia bliver tovholder tirsdag 1.\u00a0december | Signe vil gerne vide, at du har set det. | venter",
  ]);
  show(accepted, rec("acknowledgement", "a", { handover: "h", person: "me" }));
  expect(sentences()).toEqual([]);
});

test("an agenda counts the working days that are left", () => {
  show(meeting({ agendaDeadline: "2026-11-26" }));
  expect(sentences()).toEqual([
    "Send dagsorden til mødet torsdag 3.\u00a0december | De andre skal have den i god tid. 3 arbejdsdage tilbage. | senest torsdag",
  ]);
  show(meeting({ agendaDeadline: "2026-11-20" }));
  expect(sentences()).toEqual([
    "Send dagsorden til mødet torsdag 3.\u00a0december | De andre venter på den. | siden 20.\u00a0november",
  ]);
  const others = [{ agendaSentAt: "2026-11-20T08:00:00Z" }, { convenor: "nadia" }, { state: "cancelled" }];
  for (const f of others) {
    show(meeting({ agendaDeadline: "2026-11-26", ...f }));
    expect(sentences()).toEqual([]);
  }
});

test("minutes are owed from the meeting on, within two working days", () => {
  // MT4b
  const held = { state: "held", start: "2026-11-19T14:00:00+01:00", end: "2026-11-19T15:00:00+01:00" };
  show(meeting({ ...held, minutesState: "draft" }));
  expect(sentences()).toEqual([
    "Skriv referat fra mødet torsdag 19.\u00a0november | De, der var med, venter på det. | i dag",
  ]);
  show(meeting({ ...held, state: "invited" }));
  expect(waitingForMe.value).toHaveLength(1);
  for (const f of [{ minutesState: "shared" }, { convenor: "nadia" }, { state: "cancelled" }]) {
    show(meeting({ ...held, ...f }));
    expect(sentences()).toEqual([]);
  }
});

test("a review and a legal deadline are told a fortnight ahead, to who answers for the plan", () => {
  const rope = rec("tovholder", "tv", { person: "me", from: "2026-01-01" });
  const due = [
    rec("track", "skole", { label: "Skole" }),
    rec("levelEntry", "l1", { track: "skole", level: 2, nextReview: "2026-12-07" }),
    rec("levelEntry", "l0", { track: "skole", level: 1, nextReview: "2026-11-01", to: "2026-11-02" }),
    rec("levelEntry", "l9", { track: "skole", level: 1, nextReview: "2026-12-08" }),
    rec("legalMarker", "j1", { law: "barnets lov § 20", due: "2026-11-25" }),
    rec("legalMarker", "j2", { law: "barnets lov § 6", due: "2026-11-25", endedAt: "2026-11-20" }),
  ];
  show(rope, ...due);
  expect(sentences()).toEqual([
    "Frist efter barnets lov § 20 | Du sørger for, at den holdes. | senest onsdag",
    "Se på, hvordan det går: Skole | Du ser på det sammen med familien. | senest 7.\u00a0december",
  ]);
  show(...due);
  expect(sentences()).toEqual([]);
});

test("what waits is told over all plans, each with its name and its own way", () => {
  show(task("Ringe", { due: "2026-11-24" }));
  expect(isAcross.value).toBe(false);
  const group = caseOf("k2", { kind: "anonymous_group", title: "Gruppe Solsikken - uden navne" });
  client.show("k2", "me", [group, child, ...people, task("Skrive", { due: "2026-11-23" })], may);
  expect(isAcross.value).toBe(true);
  expect(waitingForMe.value.map(({ plan, href }) => [plan, href])).toEqual([
    ["Gruppe Solsikken", "/c/k2/tasks/Skrive"], // R12: without names, whatever the phone holds
    ["Malthe", "/c/k1/tasks/Ringe"],
  ]);
  expect(plans.value.map(waitingIn)).toEqual([1, 1]);
});

test("a closed plan asks for nothing", () => {
  client.show("k1", "me", [caseOf("k1", { state: "closed" }), ...people, task("Ringe", { due: "2026-11-24" })]);
  expect(sentences()).toEqual([]);
});

test("the others' week says who does what and when, and hides what is hidden", () => {
  show(
    task("Følge Freja", { due: "2026-11-26", responsible: "nadia", recurring: "weekly" }),
    task("I dag", { due: "2026-11-23", responsible: "nadia", state: "in_progress" }),
    rec("task", "skjult", { due: "2026-11-24", responsible: "nadia" }),
    task("Næste uge", { due: "2026-11-30", responsible: "nadia" }),
  );
  expect(othersThisWeek.value.map(({ title, about, date, state }) => [title, about, date, state])).toEqual([
    ["I dag", "Malthe · Nadia", "i dag", "I gang"],
    ["Følge Freja", "Malthe · Nadia", "torsdag", "Hver uge"],
  ]);
});

test("the day is told in words", () => {
  show();
  expect(dayHeading.value).toBe("Mandag 23.\u00a0november");
});

test("how it has gone is told of the plan in which most presses, and of none when nothing waits", () => {
  // PT5
  const school = rec("track", "tr", { label: "Skole", order: "a" });
  const level = rec("levelEntry", "e", { model: "m", track: "tr", level: 3, from: "2026-05-11" });
  show(school, level);
  expect(pressing.value).toBeNull();
  show(school, level, task("Nu", { due: "2026-11-23" }));
  expect(pressing.value).toMatchObject({ name: "Malthe", timeline: { lines: [{ label: "Skole" }] } });
});
