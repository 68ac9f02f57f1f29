import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paragraphs } from "./text.ts";
import cases from "./vectors/text/cases.json" with { type: "json" };
import random from "./vectors/text/random.json" with { type: "json" };

const vectors = [...cases, ...random];

describe("vectors", () => {
  test.each(vectors)("$name", ({ base, kept, claimed, text, clean }) => {
    expect(paragraphs(base, kept, claimed)).toEqual({ text, clean });
  });

  test("each has a name of its own", () => {
    expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  });
});

/** Texts of few characters and few paragraphs, so that everything meets everything. */
const piece = fc.constantFrom("a", "b", "c", "\n", "\n\n", "\n\n", " ", "\r\n", "å", "😀");
const noise = fc.array(piece, { maxLength: 14 }).map((all) => all.join(""));
const parts = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 9 });
const tidy = parts.map((all) => all.join("\n\n"));
const texts = fc.oneof(fc.tuple(noise, noise, noise), fc.tuple(tidy, tidy, tidy));

function paragraphsOf(text: string): readonly string[] {
  return text.split(/(?:^|\n)(?:[ \t\r]*(?:\n|$))+/).filter((part) => /[^ \t\r\n]/.test(part));
}

describe("laws", () => {
  const law = (name: string, check: (base: string, kept: string, claimed: string) => void) =>
    test(name, () =>
      fc.assert(
        fc.property(texts, (three) => check(...three)),
        { numRuns: 5000 },
      ),
    );

  law("what only one side changed, and what both changed alike, is taken", (base, x) => {
    for (const merged of [paragraphs(base, base, x), paragraphs(base, x, base), paragraphs(base, x, x)])
      expect(merged).toEqual({ text: x, clean: true });
  });

  law("the sides may be exchanged", (base, kept, claimed) => {
    const one = paragraphs(base, kept, claimed);
    const other = paragraphs(base, claimed, kept);
    expect(other.clean).toBe(one.clean);
    expect(one.text).toBe(one.clean ? other.text : kept);
  });

  law("what one side put in is never lost by a clean merge", (base, kept, claimed) => {
    const { text, clean } = paragraphs(base, kept, claimed);
    const [was, has] = [paragraphsOf(base), paragraphsOf(text)];
    for (const side of clean ? [kept, claimed] : [])
      for (const part of paragraphsOf(side)) if (!was.includes(part)) expect(has).toContain(part);
  });
});

test("2,000 paragraphs are the limit", () => {
  // The same numbers as in text_test.go.
  const numbered = (first: string, last: string) =>
    [first, ...Array.from({ length: 1998 }, (_, i) => `paragraph ${i}`), last].join("\n\n");
  const edit = (text: string) => text.replace("paragraph 900\n", "new\n");
  const [base, within, beyond] = [numbered("first", "last"), numbered("a", "z"), numbered("a\n\nb", "z")];
  expect(paragraphs(base, within, edit(base))).toEqual({ text: edit(within), clean: true });
  expect(paragraphs(base, beyond, edit(base))).toEqual({ text: beyond, clean: false });
  expect(paragraphs(base, base, beyond)).toEqual({ text: beyond, clean: true });
});
