import { useSignal } from "@preact/signals";
import { LinkButton, tel } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Segments } from "../../parts/Segments.tsx";
import { language, lastCountry, t } from "../../text/catalogue.ts";
import css from "./Help.module.css";

type Land = "DK" | "NO";

// Numbers are the country's own; what they are for stands in text/help.json.
const lines = {
  DK: { now: ["112"], talk: ["116111"] },
  NO: { now: ["112", "113"], talk: ["116111"] },
} as const;

/** Who to call about violence or abuse. It works offline and signed out, and stores nothing at all. */
export function Help() {
  const land = useSignal<Land>(startLand());
  return (
    <>
      <h1 tabIndex={-1}>{t("help.title")}</h1>
      <p class={css.lead}>{t("help.lead")}</p>
      <Segments
        legend={t("help.country")}
        value={land.value}
        choices={[
          { value: "DK", words: t("help.countryDK") },
          { value: "NO", words: t("help.countryNO") },
        ]}
        onChange={(value) => (land.value = value)}
      />
      <Numbers land={land.value} when="now" />
      <Block title={t("help.municipality")}>
        <Card>
          <p>{t(`help.${land.value}local`)}</p>
          <p class={css.duty}>{t(`help.${land.value}duty`)}</p>
        </Card>
      </Block>
      <Numbers land={land.value} when="talk" />
      <p class="soft">{t("help.notHere")}</p>
      <p class={`soft ${css.stored}`}>{t("help.stored")}</p>
    </>
  );
}

function startLand(): Land {
  const last = lastCountry();
  if (last === "DK" || last === "NO") return last;
  return language.value === "nb" ? "NO" : "DK";
}

function Numbers({ land, when }: { readonly land: Land; readonly when: "now" | "talk" }) {
  return (
    <Block title={t(`help.${when}`)}>
      <Card>
        {lines[land][when].map((number) => (
          <div key={number} class={css.line}>
            <p>{t(`help.${land}${number}` as "help.DK112")}</p>
            <LinkButton href={tel(number)} icon="phone" look={when === "now" ? "main" : "other"} wide>
              {t("help.call", { nummer: spaced(number) })}
            </LinkButton>
          </div>
        ))}
      </Card>
    </Block>
  );
}

function spaced(number: string): string {
  return number.length > 3 ? `${number.slice(0, 3)} ${number.slice(3)}` : number;
}
