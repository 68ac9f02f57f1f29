import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { firstWords } from "./first-words.ts";

export const languages = ["da", "nb", "en"] as const;
export type Language = (typeof languages)[number];

const folder = join(import.meta.dirname, "../src/text");
const prefix = "virtual:text/";

/** The whole catalogue of one language; a missing word or a stray key stops the build. */
export function catalogue(language: Language): Record<string, string> {
  const words: Record<string, string> = {};
  for (const file of files()) {
    const topic = `${basename(file, ".json")}.`;
    const entries = JSON.parse(readFileSync(file, "utf8")) as Record<string, Partial<Record<Language, string>>>;
    for (const [key, entry] of Object.entries(entries)) {
      const word = entry[language];
      if (!word) throw new Error(`${file}: "${key}" has no ${language}`);
      if (!key.startsWith(topic)) throw new Error(`${file}: "${key}" does not start with ${topic}`);
      words[key] = word;
    }
  }
  return words;
}

/**
 * Serves `virtual:text/da` with the words of the first screens and `virtual:text/da.rest` with all others, and their
 * sisters, so that a phone loads one language, and what it needs first of it first.
 */
export function text(): Plugin {
  return {
    name: "samspor-text",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      const language = languages.find((l) => id === `\0${prefix}${l}` || id === `\0${prefix}${l}.rest`);
      if (!language) return null;
      for (const file of files()) this.addWatchFile(file);
      const isFirst = firstWords();
      const isRest = id.endsWith(".rest");
      const wanted = Object.entries(catalogue(language)).filter(([key]) => isFirst(key) !== isRest);
      return `export default ${JSON.stringify(Object.fromEntries(wanted))}`;
    },
  };
}

function files(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}
