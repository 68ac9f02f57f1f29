import { beforeEach, expect, test } from "vitest";
import { speak } from "../text/testwords.ts";
import { choose, disagreements, forgetSettled, partsOf } from "./conflicts.ts";
import { openTest, rec, type TestClient } from "./testclient.ts";

let client: TestClient;
const people = [
  rec("case", "k1", { title: "Malthe" }),
  rec("person", "karen", { name: "Karen Lyhne" }),
  rec("person", "jonas", { name: "Jonas Brandt" }),
  ...["karen", "jonas"].map((one) => rec("membership", `m-${one}`, { person: one })),
];
const task = (f: Record<string, unknown>) => rec("task", "t1", { title: "Ny titel", state: "open", ...f });
const clash = (field: string, f: Record<string, unknown>) =>
  rec("conflict", "x1", {
    record: "t1",
    field,
    keptBy: "karen",
    claimedBy: "jonas",
    claimedAt: "2026-11-23T07:02:00Z",
    state: "open",
    ...f,
  });
const all = { task: { set: ["title", "state", "due", "responsible"] } };
const show = (of: ReturnType<typeof task>, one: ReturnType<typeof clash>, may: Record<string, unknown> = all) => {
  client.show("k1", "jonas", [...people, of, one], may);
  return disagreements.value[0];
};
const words = (parts: readonly { readonly text: string }[] = []) => parts.map(({ text }) => text).join();

beforeEach(() => {
  speak("da");
  forgetSettled();
  client = openTest();
});

test("both versions stand side by side: who wrote which, when, and what they started from", () => {
  const one = show(task({}), clash("title", { kept: "Ny titel", claimed: "Anden titel", was: "Gammel titel" }));
  expect(one).toMatchObject({ plan: "Malthe", kind: "task", about: "Ny titel", href: "/c/k1/tasks/t1" });
  expect(one?.kept).toMatchObject({ who: "Karen", isMine: false, when: null, parts: [{ text: "Ny titel" }] });
  expect(one?.claimed).toMatchObject({ who: "Jonas", isMine: true, parts: [{ text: "Anden titel" }] });
  expect(one?.claimed.when?.replaceAll("\u00a0", " ")).toBe("i dag kl. 8.02");
  expect(one?.was).toBe("Gammel titel");
});

test("people, days and states are told in words, and each field has an input that fits", () => {
  const who = show(task({ responsible: "karen" }), clash("responsible", { kept: "karen", claimed: "jonas" }));
  expect([words(who?.kept.parts), words(who?.claimed.parts)]).toEqual(["Karen Lyhne", "Jonas Brandt"]);
  expect(who?.third?.choices.map(({ words }) => words).sort()).toEqual(["Jonas Brandt", "Karen Lyhne"]);
  const day = show(task({ due: "2026-11-24" }), clash("due", { kept: "2026-11-24", claimed: null }));
  expect([words(day?.kept.parts).replaceAll("\u00a0", " "), day?.claimed.value]).toEqual([
    "tirsdag 24. november",
    null,
  ]);
  expect(day?.third?.shape).toBe("day");
  const state = show(task({ state: "done" }), clash("state", { kept: "done", claimed: "blocked" }));
  expect(words(state?.claimed.parts)).toBe("Sidder fast");
  expect(show(task({}), clash("title", {}))?.third).toMatchObject({ shape: "line", max: 200 });
});

test("what stands is what counts: once changed again it is no longer that person's version", () => {
  const one = show(task({ title: "Igen ny" }), clash("title", { kept: "Ny titel", claimed: "Anden titel" }));
  expect(one?.kept).toMatchObject({ who: null, isMine: false, value: "Igen ny" });
});

test("no way is offered that would be refused", () => {
  const clashing = clash("state", { kept: "cancelled", claimed: "done" });
  expect(show(task({ state: "cancelled" }), clashing)).toMatchObject({ mayTake: false, third: null });
  expect(show(task({ state: "done" }), clash("state", { claimed: "open" }), {})?.mayChoose).toBe(false);
});

test("each of the three ways is one change that names the value it means", async () => {
  const one = show(task({}), clash("title", { kept: "Ny titel", claimed: "Anden titel" }));
  if (!one) throw new Error("no conflict");
  await choose(one, "theirs");
  await choose(one, "mine");
  await choose(one, "value", "Tredje");
  expect(client.edits.flatMap(({ ops }) => ops)).toEqual([
    { conflict: "x1", choose: "theirs", set: { title: "Ny titel" } },
    { conflict: "x1", choose: "mine", set: { title: "Anden titel" } },
    { conflict: "x1", choose: "value", set: { title: "Tredje" } },
  ]);
});

test("what was just settled stays in sight until the screen is left", async () => {
  const one = show(task({}), clash("title", { kept: "Ny titel", claimed: "Anden titel" }));
  if (!one) throw new Error("no conflict");
  await choose(one, "mine");
  expect(show(task({ title: "Anden titel" }), clash("title", { state: "settled" }))?.isSettled).toBe(true);
  forgetSettled();
  expect(disagreements.value).toEqual([]);
});

test("of long texts the paragraphs that differ are marked, a single one is not", () => {
  expect(partsOf("Hej.\n\nMandag er svær.", "Hej.\n\nTirsdag er svær.")).toEqual([
    { text: "Hej.", differs: false },
    { text: "Mandag er svær.", differs: true },
  ]);
  expect(partsOf("Mandag", "Tirsdag")).toEqual([{ text: "Mandag", differs: false }]);
});
