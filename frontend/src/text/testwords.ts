import da from "virtual:text/da";
import daRest from "virtual:text/da.rest";
import en from "virtual:text/en";
import enRest from "virtual:text/en.rest";
import nb from "virtual:text/nb";
import nbRest from "virtual:text/nb.rest";
import { type Language, use } from "./catalogue.ts";

/** Every language at once, which only tests load. */
export const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  da: { ...da, ...daRest },
  nb: { ...nb, ...nbRest },
  en: { ...en, ...enRest },
};

/** Puts a language on the screen without waiting. */
export function speak(language: Language): void {
  use(language, catalogues[language]);
}
