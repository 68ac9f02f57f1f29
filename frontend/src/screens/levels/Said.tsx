import { type ModelWords, said } from "../../data/levels.ts";
import { language } from "../../text/catalogue.ts";

/** Words of a model in the language on the screen, marked where they are in another one. */
export function Said({ words }: { readonly words: ModelWords | undefined }) {
  const { text, lang } = said(words, language.value);
  return <span lang={lang}>{text}</span>;
}

/** What a level is called in a model, at the beginning of a sentence: "Niveau", "Trin". */
export function wordOf(words: ModelWords): string {
  const { text } = said(words, language.value);
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
