import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Calendar,
  isWorkday,
  monthsAfter,
  weekdaysAfter,
  workdaysAfter,
  workdaysBefore,
  workdaysBetween,
} from "./workdays.ts";

interface Vector {
  readonly name: string;
  readonly op: "before" | "after" | "months" | "weekdays" | "isWorkday";
  readonly profile: Calendar["profile"];
  readonly date: string;
  readonly n: number;
  readonly closing?: readonly string[];
  readonly want: string | boolean;
}
const vectors = JSON.parse(
  readFileSync(new URL("./vectors/workdays.json", import.meta.url), "utf8"),
) as readonly Vector[];

// R13, R14, R26, R27, R28
test("there are enough vectors", () => expect(vectors.length).toBeGreaterThanOrEqual(76));
for (const { name, op, date, n, want, ...calendar } of vectors) {
  test(name, () => {
    const asked = {
      before: () => workdaysBefore(calendar, date, n),
      after: () => workdaysAfter(calendar, date, n),
      months: () => monthsAfter(date, n),
      weekdays: () => weekdaysAfter(calendar, date, n),
      isWorkday: () => isWorkday(calendar, date),
    };
    expect(asked[op]()).toBe(want);
  });
}

test("steps there and back meet", () => {
  const days = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  const profiles = fc.constantFrom("DK", "DK-kommune", "NO") as fc.Arbitrary<Calendar["profile"]>;
  fc.assert(
    fc.property(days, profiles, fc.integer({ min: 0, max: 15 }), (at, profile, n) => {
      const calendar = { profile };
      const day = workdaysAfter(calendar, at.toISOString().slice(0, 10), 1);
      const later = workdaysAfter(calendar, day, n);
      expect(workdaysBefore(calendar, later, n)).toBe(day);
      expect(workdaysBetween(calendar, day, later)).toBe(n);
    }),
  );
});
