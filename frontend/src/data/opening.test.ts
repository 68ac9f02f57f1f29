import { expect, test } from "vitest";
import { me } from "./case.ts";
import { openers, openPlan } from "./opening.ts";
import { openTest, rec } from "./testclient.ts";

const organisation = [
  rec("organisation", "o1", { name: "Åskolen", country: "DK" }),
  rec("person", "me", { name: "Jonas Brandt", title: "afdelingsleder", sector: "school" }),
];
const made = {
  organisation: "o1" as never,
  child: "Alma",
  group: "3. klasse",
  tracks: [
    { id: "institution", label: "Skole" },
    { id: "home", label: "Hjem" },
  ],
};

test("a plan may be opened only where the organisation's space says so", () => {
  const client = openTest();
  client.show("o1", "me", organisation);
  expect(openers.value).toEqual([]);
  client.show("o1", "me", organisation, { case: { new: true } });
  expect(openers.value).toEqual([{ id: "o1", name: "Åskolen", country: "DK" }]);
});

test("a new plan begins with its case under its own id, and its opener holds the rope", async () => {
  const client = openTest();
  client.show("o1", "me", organisation, { case: { new: true } });
  const { id } = await openPlan(made);
  const [edit] = client.edits;
  expect(id).toMatch(/^[\w-]{22}$/);
  expect(edit?.space).toBe(id);
  const news = (edit?.ops ?? []).map((op) => ("new" in op ? [op.rec, op.kind, op.new] : []));
  expect(news[0]).toMatchObject([id, "case", { kind: "named", title: "Alma, 3. klasse", organisation: "o1" }]);
  const person = news.find(([, kind]) => kind === "person");
  expect(person?.[2]).toMatchObject({ name: "Jonas Brandt", organisation: "Åskolen" });
  const holder = news.find(([, kind]) => kind === "tovholder");
  expect(holder?.[2]).toEqual({ person: person?.[0], scope: ["institution", "home"], from: "2026-11-23" });
  expect(news.filter(([, kind]) => kind === "track").map(([rec]) => rec)).toEqual(["institution", "home"]);
});

// PR10 PR12: a new plan asks what is needed and who has been asked, and waits for neither.
test("a new plan begins with what is needed and who has been asked, when that is said", async () => {
  const client = openTest();
  client.show("o1", "me", organisation, { case: { new: true } });
  await openPlan({ ...made, needs: "Ro om morgenen", involved: "Forældrene og PPR" });
  await openPlan({ ...made, needs: "", involved: "" });
  const [first, second] = client.edits.map(({ ops: [op] }) => (op && "new" in op ? op.new : {}));
  expect(first).toMatchObject({ needs: "Ro om morgenen", involved: "Forældrene og PPR" });
  expect(Object.keys(second ?? {})).not.toContain("needs");
});

// R11: a group without names has no child.
test("a group without names has no child and no path towards psychiatry", async () => {
  const client = openTest();
  client.show("o1", "me", organisation, { case: { new: true } });
  await openPlan({ ...made, child: "", group: "Solsikken" });
  const ops = client.edits[0]?.ops ?? [];
  expect(ops.some((op) => "new" in op && op.kind === "child")).toBe(false);
  expect(ops[0]).toMatchObject({ new: { kind: "anonymous_group", models: ["randers-5x2"] } });
});

test("before the server has answered, the opener may already work in the plan", () => {
  const client = openTest();
  client.show("k1", "p1", [
    rec("case", "k1", {}),
    rec("membership", "m1", { person: "p1", role: "professional_lead" }),
  ]);
  const space = client.spaces().get("k1" as never);
  client.spaces();
  Object.assign(space ?? {}, { me: null });
  client.stand({});
  expect(me.value).toMatchObject({ person: "p1", may: { task: { new: true, others: true } } });
});
