// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { firstPlan, planName, plans } from "./case.ts";
import { contacts, otherPeople } from "./contacts.ts";
import { initials, person, tovholders } from "./people.ts";
import { openTest, rec } from "./testclient.ts";

const people = [
  rec("case", "k1", { title: "Malthe, 5. klasse - niveau 3" }),
  rec("child", "ch", { name: "Malthe Rosenvang" }),
  rec("person", "jonas", { name: "Jonas Brandt", sector: "school" }),
  rec("person", "nadia", { name: "Nadia Elmasry", sector: "educational_psychology" }),
  rec("person", "me", { name: "Signe Rosenvang" }),
  rec("reach", "r1", { person: "jonas", phone: "00 00 12 02" }),
  rec("contactPerson", "c1", { person: "jonas", sector: "school", bestTime: "kl. 8-9" }),
  rec("contactPerson", "c2", { person: "nadia", sector: "educational_psychology", singleEntry: true }),
  rec("contactPerson", "c3", { person: "me", sector: "other", to: "2026-10-09" }),
  ...["jonas", "nadia", "me"].map((one) => rec("membership", `m-${one}`, { person: one })),
];
const held = (id: string, who: string, from: string, to?: string) =>
  rec("tovholder", id, { person: who, scope: ["home"], from, ...(to && { to }) });

test("the tovholder is who holds the rope today, also on the last day", () => {
  const client = openTest();
  client.show("k1", "me", [
    ...people,
    held("a", "jonas", "2026-05-26", "2026-11-23"),
    held("b", "nadia", "2026-11-24"),
  ]);
  expect(tovholders.value.map(({ name }) => name)).toEqual(["Jonas Brandt"]);
});

test("a person has a number only when it was given to this phone", () => {
  const client = openTest();
  client.show("k1", "me", people);
  expect(person("jonas" as never)).toMatchObject({ phone: "00 00 12 02", bestTime: "kl. 8-9", initials: "JB" });
  expect(person("nadia" as never)).toMatchObject({ phone: null });
  expect(person("nobody" as never)).toBeNull();
});

test("contacts are one way in for each place; the tovholder stands above, ended ones not at all", () => {
  const client = openTest();
  client.show("k1", "me", [...people, held("a", "jonas", "2026-05-26")]);
  expect(contacts.value.map(({ person: who, isSingleEntry }) => [who.first, isSingleEntry])).toEqual([["Nadia", true]]);
  expect(otherPeople.value).toEqual([]);
});

test("a plan is called by the child's first name, a group by its own", () => {
  const client = openTest();
  client.show("k1", "me", people);
  client.show("k2", "me", [rec("case", "k2", { title: "Gruppe Solsikken - konsultativt forløb" })]);
  expect(plans.value.map(({ space }) => planName(space))).toEqual(["Gruppe Solsikken", "Malthe"]);
  expect(firstPlan()).toBeNull();
});

test("initials are of the first and the last name", () => {
  expect(["Signe Rosenvang", "Åse Marie Berg", "Malthe", ""].map(initials)).toEqual(["SR", "ÅB", "M", ""]);
});
