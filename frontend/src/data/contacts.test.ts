// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { addContact, caseWorker, contacts, gaps, type NewContact, replaceContact } from "./contacts.ts";
import { addPerson, endPlace, keptBy, mayEnd, places } from "./persons.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const may = { membership: { new: true, set: ["to"] }, contactPerson: { new: true, set: ["person"] } };
const person = (id: string, name: string, sector: string, role = "professional") => [
  rec("person", id, { name, sector }),
  rec("membership", `m-${id}`, { person: id, role, from: "2026-02-02" }),
];
const people = [
  rec("case", "k1", { title: "Malthe", country: "DK" }),
  rec("child", "ch", { name: "Malthe", birthYear: 2015 }),
  ...person("signe", "Signe Rosenvang", "family", "guardian"),
  ...person("jonas", "Jonas Brandt", "school", "professional_lead"),
  ...person("nadia", "Nadia Elmasry", "educational_psychology"),
  ...person("ulla", "Ulla Thygesen", "health_visiting"),
  ...person("peter", "Peter Damm", "social_services"),
];
const track = rec("track", "home", { label: "Hjem", order: "a0" });
const level = (n: number, model = "randers-5x2") =>
  rec("levelEntry", `l-${model}`, { model, track: "home", level: n, from: "2026-10-05" });
const way = (who: string, sector: string, more: Record<string, unknown> = {}) =>
  rec("contactPerson", `c-${who}`, { person: who, sector, model: "randers-5x2", level: 3, ...more });
const nobody: NewContact = {
  person: "",
  name: "Tove Krogh",
  title: "psykolog",
  organisation: "PPR",
  phone: "00 00 13 09",
  bestTime: "kl. 9-10",
  times: "",
  deputy: "",
  isSingleEntry: false,
};
const ops = () => client.edits.at(-1)?.ops;

beforeEach(() => {
  client = openTest();
});

// CP1 CP3 CP4: a sector that takes part, by its people or by a step in use, needs a contact until it has one.
test("sectors of the people and of the steps in use are missing until somebody is written in", () => {
  const plan = [
    ...people,
    track,
    level(3),
    level(3, "sst-buc-4"),
    way("jonas", "school"),
    way("ulla", "health_visiting"),
  ];
  client.show("k1", "jonas", plan);
  expect(gaps.value.map(({ sector }) => sector).sort()).toEqual([
    "child_psychiatry",
    "educational_psychology",
    "general_practice",
    "social_services",
  ]);
  client.show("k1", "jonas", [...plan, way("nadia", "educational_psychology")]);
  expect(gaps.value.map(({ sector }) => sector)).not.toContain("educational_psychology");
});

test("a contact that has ended leaves a gap again", () => {
  client.show("k1", "jonas", [...people, track, level(3), way("jonas", "school", { to: "2026-10-09" })]);
  expect(gaps.value.map(({ sector }) => sector)).toContain("school");
});

test("a gap is filled by one change: the person, how to reach them, their place and the contact", async () => {
  client.show("k1", "jonas", [...people, track, level(3)], may);
  const gap = gaps.value.find(({ sector }) => sector === "educational_psychology");
  if (!gap) throw new Error("no gap");
  await addContact(gap, nobody);
  expect(client.edits).toHaveLength(1);
  const [made, reach, member, contact] = ops() ?? [];
  const who = made && "rec" in made ? made.rec : "";
  expect(made).toMatchObject({ kind: "person", new: { name: "Tove Krogh", sector: "educational_psychology" } });
  expect(reach).toMatchObject({ kind: "reach", new: { person: who, phone: "00 00 13 09" } });
  expect(member).toMatchObject({ kind: "membership", new: { person: who, role: "contact_only", from: "2026-11-23" } });
  expect(contact).toEqual({
    rec: expect.any(String),
    kind: "contactPerson",
    new: {
      sector: "educational_psychology",
      model: "randers-5x2",
      level: 3,
      from: "2026-11-23",
      person: who,
      bestTime: "kl. 9-10",
    },
  });
});

test("another person takes a contact's place, and what was said of the one before goes", async () => {
  client.show("k1", "jonas", [...people, track, level(3), way("ulla", "health_visiting", { singleEntry: true })], may);
  const [contact] = contacts.value;
  if (!contact) throw new Error("no contact");
  await replaceContact(contact, { ...nobody, person: "nadia" as never, bestTime: "" });
  expect(ops()).toMatchObject([
    {
      rec: "c-ulla",
      set: { person: "nadia", bestTime: null, singleEntry: null },
      was: { person: "ulla", singleEntry: true },
    },
  ]);
});

// CP5: fixed times and who answers meanwhile stand with the contact.
test("a contact has fixed times and somebody who answers meanwhile", () => {
  client.show("k1", "signe", [
    ...people,
    way("nadia", "educational_psychology", { meetingTimes: "tirsdag", deputy: "ulla" }),
  ]);
  expect(contacts.value[0]).toMatchObject({ times: "tirsdag", deputy: { first: "Ulla" }, step: null });
});

// CP7: on the family centre's level the social worker is the contact shown.
test("the social worker stands first when the family has a case, and not before", () => {
  const ways = [way("nadia", "educational_psychology"), way("peter", "social_services")];
  client.show("k1", "signe", [...people, track, level(3), ...ways]);
  expect([contacts.value[0]?.person.first, caseWorker.value]).toEqual(["Nadia", null]);
  client.show("k1", "signe", [...people, track, level(5), ...ways]);
  expect([contacts.value[0]?.person.first, caseWorker.value?.first]).toEqual(["Peter", "Peter"]);
});

// PR4: the family and those who are with the child every day are the nearest.
test("the nearest stand first; the health visitor is one of them for a baby", () => {
  client.show("k1", "jonas", people);
  const near = () => places.value.filter(({ isNear }) => isNear).map(({ person: who }) => who.first);
  expect(near()).toEqual(["Signe", "Jonas"]);
  client.show("k1", "jonas", [
    ...people.filter(({ kind }) => kind !== "child"),
    rec("child", "ch", { birthYear: 2026 }),
  ]);
  expect(near()).toContain("Ulla");
});

test("who holds the rope or has open agreements is kept, and says why", () => {
  const rope = rec("tovholder", "tv", { person: "jonas", scope: ["home"], from: "2026-05-26" });
  const task = rec("task", "t1", { responsible: "nadia", state: "open" });
  client.show("k1", "peter", [...people, rope, task], may);
  const kept = Object.fromEntries(places.value.map((one) => [one.person.id, keptBy(one)]));
  expect(kept).toMatchObject({ jonas: { why: "rope" }, nadia: { why: "tasks", n: 1 }, ulla: null });
});

test("a part in the plan is ended with its last day, by who may; never one's own, nor the child's", async () => {
  client.show("k1", "jonas", [...people, ...person("malthe", "Malthe Rosenvang", "family", "child")], may);
  const at = (id: string) => places.value.find(({ person: who }) => who.id === id);
  const [ulla, jonas, malthe] = [at("ulla"), at("jonas"), at("malthe")];
  if (!ulla || !jonas || !malthe) throw new Error("not there");
  expect([ulla, jonas, malthe].map(mayEnd)).toEqual([true, false, false]);
  await endPlace(ulla, "2026-11-30");
  expect(ops()).toEqual([{ rec: "m-ulla", kind: "membership", set: { to: "2026-11-30" }, was: { to: null } }]);
  client.show("k1", "signe", people);
  expect(places.value.some(mayEnd)).toBe(false);
});

test("somebody written in without a number has no way to be reached, and no access", async () => {
  client.show("k1", "jonas", people, may);
  await addPerson({ name: "Henrik Vang", title: "", organisation: "", phone: "", sector: "general_practice" });
  expect(ops()).toMatchObject([
    { kind: "person", new: { name: "Henrik Vang", sector: "general_practice" } },
    { kind: "membership", new: { role: "contact_only" } },
  ]);
});
