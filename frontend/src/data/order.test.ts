import { expect, test } from "vitest";
import { between, byOrder, placesAfter } from "./order.ts";

test("there is always room between two neighbours, and before the first", () => {
  let low = "a0";
  const high = "a1";
  for (let i = 0; i < 30; i++) {
    const place = between(low, high);
    expect(low < place && place < high, `${low} < ${place} < ${high}`).toBe(true);
    low = place;
  }
  let first = "a0";
  for (let i = 0; i < 20; i++) {
    const place = between("", first);
    expect(place < first, `${place} < ${first}`).toBe(true);
    first = place;
  }
});

test("places follow each other, and a list of forty stays short", () => {
  const places = placesAfter("a3", 40);
  expect([...places].sort(byOrder)).toEqual(places);
  expect(places[0]).toBe("a4");
  expect(Math.max(...places.map((place) => place.length))).toBeLessThan(8);
  expect(placesAfter("", 2)).toEqual(["a1", "a2"]);
});
