import { expect, test } from "vitest";
import { mayMove } from "./moves.ts";
import vectors from "./vectors/moves.json" with { type: "json" };

test.each(vectors)("$name", ({ kind, field, from, to, want }) => {
  expect(mayMove(kind, field, from, to)).toBe(want);
});
