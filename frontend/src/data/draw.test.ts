import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sources } from "./draw.ts";

const folder = new URL("../../../sync/forms/", import.meta.url);

test("every source that a form names has its drawer, and every drawer its form", () => {
  // FM1: the forms draw from the plan instead of asking twice.
  const named = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const form = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
      sections: readonly { fields: readonly { from?: string }[] }[];
    };
    for (const { fields } of form.sections) for (const { from } of fields) if (from) named.add(from);
  }
  expect([...sources].sort()).toEqual([...named].sort());
});
