// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { accept, decline, know, past, running } from "./handover.ts";
import { tovholders } from "./people.ts";
import { askable, barred, emptyForm, mayPropose, propose, toSettle } from "./proposal.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";
import { holders, looseTracks } from "./tovholder.ts";

let client: TestClient;
const may = {
  handover: { new: true, own: ["state"] },
  acknowledgement: { new: true },
  note: { new: true },
};
const person = (id: string, name: string, role: string, more: Record<string, unknown> = {}) => [
  rec("person", id, { name, sector: "school" }),
  rec("membership", `m-${id}`, { person: id, role, from: "2026-02-02", ...more }),
];
const people = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  ...person("jonas", "Jonas Brandt", "professional_lead"),
  ...person("nadia", "Nadia Elmasry", "professional"),
  ...person("signe", "Signe Rosenvang", "guardian"),
  ...person("malthe", "Malthe Rosenvang", "child"),
  ...person("birthe", "Birthe Rosenvang", "network_limited"),
  ...person("henrik", "Henrik Vang", "contact_only"),
  ...person("line", "Line Holm", "professional", { from: "2026-12-01" }),
  ...person("gone", "Sofie Dam", "professional", { to: "2026-10-09" }),
];
const rope = rec("tovholder", "tv", { person: "jonas", scope: ["home"], from: "2026-05-26" });
const asked = (state: string) =>
  rec("handover", "h", { from: "jonas", to: "nadia", state, effectiveFrom: "2026-12-04", proposedAt: "2026-11-20" });
const ops = () => client.edits.at(-1)?.ops;

beforeEach(() => {
  client = openTest();
});

// R2: a proposed tovholder changes nothing until they accept.
test("who is asked to take over is told beside the one who still holds", () => {
  client.show("k1", "jonas", [...people, rope, asked("proposed")], may);
  expect(tovholders.value.map(({ first }) => first)).toEqual(["Jonas"]);
  expect(running.value[0]).toMatchObject({ from: { first: "Jonas" }, to: { first: "Nadia" }, on: "2026-12-04" });
});

test("the one who is asked may answer, the one who asks may take it back, and nobody else may do either", () => {
  const seen = (me: string) => {
    client.show("k1", me, [...people, rope, asked("proposed")], may);
    return [running.value[0]?.mayAnswer, running.value[0]?.mayWithdraw];
  };
  expect([seen("nadia"), seen("jonas"), seen("signe")]).toEqual([
    [true, false],
    [false, true],
    [false, false],
  ]);
});

test("a yes is one move; a no goes with its reason in one change", async () => {
  client.show("k1", "nadia", [...people, rope, asked("proposed")], may);
  const [one] = running.value;
  if (!one) throw new Error("no handover");
  await accept(one);
  expect(ops()).toEqual([{ rec: "h", kind: "handover", set: { state: "accepted" }, was: { state: "proposed" } }]);
  await decline(one, "Jeg går på orlov.");
  expect(ops()?.slice(1)).toMatchObject([{ kind: "note", new: { about: "h", text: "Jeg går på orlov." } }]);
});

// R3: the outgoing one sees who does not know, until none is missing.
test("who has not seen it is named, and said to be told by the one who hands over", async () => {
  const ack = rec("acknowledgement", "a", { handover: "h", person: "signe", how: "seen" });
  client.show("k1", "jonas", [...people, rope, asked("accepted"), ack], may);
  const [one] = running.value;
  expect(one?.untold.map(({ first }) => first)).toEqual(["Birthe", "Malthe"]);
  expect([one?.mayTell, one?.owesSeen]).toEqual([true, false]);
  if (one) await know(one, "birthe" as never);
  expect(ops()).toMatchObject([{ kind: "acknowledgement", new: { handover: "h", person: "birthe", how: "phone" } }]);
});

test("a member is asked once whether they have seen it", async () => {
  client.show("k1", "signe", [...people, rope, asked("accepted")], may);
  const [one] = running.value;
  expect([one?.owesSeen, one?.mayTell]).toEqual([true, false]);
  if (one) await know(one);
  expect(ops()).toMatchObject([{ new: { person: "signe", how: "seen" } }]);
  const ack = rec("acknowledgement", "a", { handover: "h", person: "signe" });
  client.show("k1", "signe", [...people, rope, asked("accepted"), ack], may);
  expect(running.value[0]?.owesSeen).toBe(false);
});

test("a handover that not all have seen is over once the rope is passed on again", () => {
  const first = rec("handover", "h", { from: "jonas", to: "nadia", state: "accepted", effectiveFrom: "2026-09-01" });
  const next = { from: "nadia", to: "jonas", state: "accepted", effectiveFrom: "2026-11-01" };
  client.show("k1", "signe", [...people, rope, first], may);
  expect(running.value.map(({ rec }) => rec.id)).toEqual(["h"]);
  client.show("k1", "signe", [...people, rope, first, rec("handover", "h2", next)], may);
  expect(running.value.map(({ rec, owesSeen }) => [rec.id, owesSeen])).toEqual([["h2", true]]);
  expect(past.value.map(({ rec, owesSeen }) => [rec.id, owesSeen])).toEqual([["h", false]]);
});

// R4: who has no access cannot be asked, and is shown with the reason.
test("only who reads the whole plan today can be asked; the others stand with their reason", () => {
  client.show("k1", "jonas", [...people, rope], may);
  expect(askable.value.map(({ first }) => first)).toEqual(["Nadia", "Signe"]);
  expect(barred.value.map(({ person: { first }, why }) => [first, why])).toEqual([
    ["Birthe", "part"],
    ["Henrik", "noAccess"],
    ["Line", "later"],
  ]);
});

// TH2: every open agreement of the outgoing one has a word, and it moves unless somebody says otherwise.
test("a proposal is one change that settles every open agreement", async () => {
  const task = (id: string, state: string, responsible = "jonas") => rec("task", id, { title: id, state, responsible });
  const tasks = [
    task("t1", "open"),
    task("t2", "blocked"),
    task("t3", "open"),
    task("t4", "done"),
    task("t5", "draft"),
    task("t6", "open", "nadia"),
  ];
  client.show("k1", "jonas", [...people, rope, ...tasks], may);
  expect(toSettle.value.map(({ id }) => id)).toEqual(["t1", "t2", "t3"]);
  await propose({ ...emptyForm(), to: "nadia", reason: " Orlov ", "task.t2": "keep", "task.t3": "end" });
  expect(ops()).toHaveLength(1);
  expect(ops()?.[0]).toMatchObject({
    kind: "handover",
    new: {
      to: "nadia",
      state: "proposed",
      reason: "Orlov",
      effectiveFrom: "2026-11-23",
      openTasks: ["t1", "t2", "t3"],
      moved: ["t1"],
      ended: ["t3"],
    },
  });
});

test("a proposal that waits for the network stands as mine, and no second one is offered", () => {
  const mine = rec("handover", "h", { to: "nadia", state: "proposed" }, { seq: 0, waiting: true });
  client.show("k1", "jonas", [...people, rope, mine], may);
  expect(running.value[0]).toMatchObject({ from: { first: "Jonas" }, waiting: true });
  expect(mayPropose.value).toBe(false);
});

test("who may not make a handover is not offered one", () => {
  client.show("k1", "signe", [...people, rope], { acknowledgement: { new: true } });
  expect(mayPropose.value).toBe(false);
});

// TN5: the family sees one first contact, also of several tovholdere.
test("of several tovholdere each has their tracks, and one is called first", () => {
  const tracks = ["home", "school"].map((id) => rec("track", id, { label: id }));
  const held = [
    rec("tovholder", "a", { person: "jonas", scope: ["school"], from: "2026-05-26" }),
    rec("tovholder", "b", { person: "nadia", scope: ["home"], from: "2026-05-26", substitute: "line", unit: "PPR" }),
  ];
  const first = rec("case", "k1", { title: "Malthe", firstContact: "nadia" });
  client.show("k1", "signe", [...people.slice(1), first, ...tracks, ...held]);
  expect(holders.value.map(({ person: who, tracks: of, isFirst }) => [who.first, of, isFirst])).toEqual([
    ["Nadia", ["home"], true],
    ["Jonas", ["school"], false],
  ]);
  expect(holders.value[0]).toMatchObject({ substitute: { first: "Line" }, unit: "PPR" }); // TH6
});

// R1: a track in use that nobody holds is flagged.
test("a track in use without a tovholder is named", () => {
  const tracks = ["home", "school", "pathway"].map((id) => rec("track", id, { label: id }));
  const level = (track: string, to?: string) =>
    rec("levelEntry", `l-${track}`, { model: "m", track, level: 1, ...(to && { to }) });
  const plan = [...people, ...tracks, level("home"), level("school"), level("pathway", "2026-10-01")];
  client.show("k1", "signe", [...plan, rope]);
  expect(looseTracks.value).toEqual(["school"]);
  client.show("k1", "signe", [...plan, rec("tovholder", "tv", { person: "jonas", from: "2026-05-26" })]);
  expect(looseTracks.value).toEqual([]);
});
