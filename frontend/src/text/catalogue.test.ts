import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import first from "virtual:text/da";
import rest from "virtual:text/da.rest";
import { expect, expectTypeOf, test } from "vitest";
import type { FaultCode } from "../../../sync/fault/fault.gen.ts";
import { isKey, type Key, t } from "./catalogue.ts";
import { catalogues, speak } from "./testwords.ts";

const src = join(import.meta.dirname, "..");

test("every sentence is there in every language, with the same blanks", () => {
  const blanks = (sentence = "") => [...new Set(sentence.match(/\{\w+/g))].sort();
  for (const [key, sentence] of Object.entries(catalogues.da)) {
    for (const words of Object.values(catalogues)) expect([key, blanks(words[key])]).toEqual([key, blanks(sentence)]);
  }
});

test("the first screens load the words that they say, and no others", () => {
  expect(first["home.next"]).toBe("Det næste, der sker");
  expect(first["meetings.yes"]).toBeDefined(); // the answer on the plan
  expect(first["call.send"]).toBeUndefined();
  expect(Object.keys(first).filter((key) => key in rest)).toEqual([]);
  expect(rest["call.send"]).toBe("Send indkaldelsen");
});

test("no sentence is kept that nothing says", () => {
  const code = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\./.test(path))
    .map((path) => readFileSync(join(src, path), "utf8"))
    .join();
  // A key may be put together: `sector.${sector}` says every sentence of that topic.
  const built = [...code.matchAll(/[`"]([a-zA-Z]+\.[a-zA-Z_]*)\$\{/g), ...code.matchAll(/wordsOf\("(\w+)"/g)].map(
    ([, start = ""]) => (start.includes(".") ? start : `${start}.`),
  );
  const unsaid = Object.keys(catalogues.da).filter(
    (key) => !code.includes(`"${key}"`) && !built.some((start) => key.startsWith(start)),
  );
  expect(unsaid).toEqual([]);
});

test("blanks are filled, and a number chooses its form", () => {
  speak("da");
  expect(t("home.call", { navn: "Jonas" })).toBe("Ring til Jonas");
  expect(t("app.waiting", { n: 1 })).toBe("1 ændring venter på net");
  expect(t("app.waiting", { n: 3 })).toBe("3 ændringer venter på net");
  speak("nb");
  expect(t("app.waiting", { n: 3 })).toBe("3 endringer venter på nett");
});

test("what a person is called never becomes a blank or a form", () => {
  speak("da");
  expect(t("home.call", { navn: "{n, one=x} $& #" })).toBe("Ring til {n, one=x} $& #");
});

test("a key that nobody wrote is known as none", () => {
  speak("da");
  expect(isKey("home.call")).toBe(true);
  expect(isKey("fault.toString")).toBe(false);
  expect(isKey("constructor")).toBe(false);
  expect(t("no.such" as Key)).toBe("no.such");
});

test("every reason for which the server parks a change has its sentence, or this does not compile", () => {
  expectTypeOf<Exclude<`fault.${FaultCode}`, Key>>().toEqualTypeOf<never>();
});
