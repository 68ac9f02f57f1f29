import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importsIn } from "./imports.ts";

const root = join(import.meta.dirname, "../..");
const entry = "frontend/src/app/main.tsx";

/**
 * Tells which sentences the first screens can say: those that the code says which loads at once. The rest travels
 * with the rest of the screens.
 */
export function firstWords(): (key: string) => boolean {
  const code = firstFiles()
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  const whole = new Set([...code.matchAll(/"([a-zA-Z]+\.\w+)"/g)].map(([, key = ""]) => key));
  // A key may be put together: `sector.${sector}`, or from a topic and a name.
  const begun = [...code.matchAll(/`([a-zA-Z]+\.\w*)\$\{/g), ...code.matchAll(/wordsOf\("(\w+)"/g)].map(
    ([, start = ""]) => (start.includes(".") ? start : `${start}.`),
  );
  return (key) => whole.has(key) || begun.some((start) => key.startsWith(start));
}

/** Every file of ours that the page loads before anybody has gone anywhere. */
function firstFiles(): readonly string[] {
  const found = new Set([entry]);
  for (const file of found) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const { to, isType, isLater } of importsIn(file, readFileSync(join(root, file), "utf8"))) {
      if (!isType && !isLater && /^(frontend|sync)\//.test(to)) found.add(to);
    }
  }
  return [...found].filter((file) => /\.tsx?$/.test(file));
}
