import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";

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

/** Serves `virtual:text/da` and its sisters, so that a phone loads one language, in one chunk. */
export function text(): Plugin {
  return {
    name: "samspor-text",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      const language = languages.find((l) => id === `\0${prefix}${l}`);
      if (!language) return null;
      for (const file of files()) this.addWatchFile(file);
      return `export default ${JSON.stringify(catalogue(language))}`;
    },
  };
}

function files(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}
