// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { doubt, learnNames } from "./doubt.ts";
import { likelyNames } from "./names.ts";
import { openTest, rec } from "./testclient.ts";

const staff = new Set(["lars", "emil", "solsikken"]);

// R11: in the plan of a group, likely names are warned about.
test.each([
  ["Oliver slår, når der er kø ved garderoben.", ["Oliver"]],
  ["I dag var det Olivers tur til at dække bord", ["Olivers"]],
  ["To børn, især Xenia og lille Bo, bliver urolige.", ["Xenia", "Bo"]],
  ["Vi prøver igen.\nNoah sad ved vinduet.", ["Noah"]],
  ["Gutten heter Håkon", ["Håkon"]],
])("%s is asked about", (text, names) => {
  expect(likelyNames(text, staff)).toEqual(names);
});

test.each([
  "Børnene bliver urolige. Konflikterne kommer før frokost.",
  "Lars og Emil deler gruppen Solsikken i to.",
  "PPR kommer på torsdag, og I kan spørge. Kan De se det?",
  "1. Ro ved bordet\n2. Kortere kø\n- Billeder på væggen",
  'Hun sagde: "Det går bedre."',
  "",
])("nothing is asked about %j", (text) => {
  expect(likelyNames(text, staff)).toEqual([]);
});

test("only the plan of a group asks, and not about its own grown-ups", async () => {
  const client = openTest();
  const plan = (kind: string) => [
    rec("case", "k1", { title: "Gruppe Solsikken", kind, country: "DK" }),
    rec("person", "emil", { name: "Emil Nørregaard", organisation: "Børnehuset Åbrinken" }),
  ];
  client.show("k1", "emil", plan("named"));
  await learnNames();
  expect(doubt.value).toBeNull();
  client.show("k1", "emil", plan("anonymous_group"));
  await learnNames();
  const asked = ["Så tog Emil Solsikken med ud til Åbrinken", "Så tog Emil Freja med ud"].map((text) =>
    doubt.value?.(text),
  );
  expect(asked).toEqual([undefined, "app.doubt"]);
  expect(doubt.value?.("Hans nummer er 010115-1234")).toBe("fault.group.personNumber");
});
