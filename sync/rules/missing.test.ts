import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { holdsPersonNumber } from "./group.ts";
import { type Invitation, missingToInvite } from "./invite.ts";
import { askedOf, type LevelMove, missingToMove } from "./level.ts";

interface Vectors<T> {
  readonly whole: T;
  readonly cases: readonly {
    readonly name: string;
    readonly but: Partial<T>;
    readonly today: string;
    readonly want: readonly string[];
  }[];
}

const read = <T>(name: string): Vectors<T> =>
  JSON.parse(readFileSync(new URL(`./vectors/${name}.json`, import.meta.url), "utf8")) as Vectors<T>;

describe("what an invitation lacks", () => {
  const { whole, cases } = read<Invitation>("invite");
  test("there are enough vectors", () => expect(cases.length).toBeGreaterThanOrEqual(25));
  for (const { name, but, today, want } of cases) {
    test(name, () => expect(missingToInvite({ ...whole, ...but }, today)).toEqual(want));
  }
});

describe("what a move on the ladder lacks", () => {
  const { whole, cases } = read<LevelMove>("level");
  test("there are enough vectors", () => expect(cases.length).toBeGreaterThanOrEqual(30));
  for (const { name, but, want } of cases) {
    test(name, () => expect(missingToMove({ ...whole, ...but })).toEqual(want));
  }
  test("a form asks for just what a move needs", () => {
    expect(askedOf({ model: "randers-5x2", from: 3, to: 4 })).toEqual(["assessments", "followUp", "startingPoint"]);
    expect(askedOf({ model: "randers-5x2", from: 4, to: 4 })).toEqual([]);
  });
});

describe("what a group without names must not hold", () => {
  const vectors = JSON.parse(readFileSync(new URL("./vectors/group.json", import.meta.url), "utf8")) as readonly {
    readonly name: string;
    readonly text: string;
    readonly want: boolean;
  }[];
  for (const { name, text, want } of vectors) test(name, () => expect(holdsPersonNumber(text)).toBe(want));
});
