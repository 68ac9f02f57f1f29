import { chooseLanguage, language, languages, t } from "../text/catalogue.ts";
import { Segments } from "./Segments.tsx";

/** The three languages, each in its own words; the choice holds at once. */
export function Languages() {
  return (
    <Segments
      legend={t("app.language")}
      value={language.value}
      choices={languages.map(({ code, name }) => ({ value: code, words: name }))}
      onChange={chooseLanguage}
    />
  );
}
