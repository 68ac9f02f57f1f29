import { useSignal } from "@preact/signals";
import type { Country } from "../../../../sync/plan/plan.gen.ts";
import { caseWorkers, countries, lines, waysHere } from "../../data/concern.ts";
import { LinkButton, tel } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { Segments } from "../../parts/Segments.tsx";
import { language, lastCountry, t } from "../../text/catalogue.ts";
import css from "./Help.module.css";

/** Who to call about violence or abuse. It works offline and signed out, and stores nothing at all (R29-R31). */
export function Help() {
  const chosen = useSignal<Country>(startLand());
  const [only, ...others] = countries.value;
  // Who has plans in one country has nothing to choose.
  const isChoice = only === undefined || others.length > 0;
  const land = isChoice ? chosen.value : only;
  return (
    <>
      <h1 tabIndex={-1}>{t("help.title")}</h1>
      <p class={css.lead}>{t("help.lead")}</p>
      {isChoice && (
        <Segments
          legend={t("help.country")}
          value={land}
          choices={[
            { value: "DK", words: t("help.countryDK") },
            { value: "NO", words: t("help.countryNO") },
          ]}
          onChange={(value) => (chosen.value = value)}
        />
      )}
      <Numbers land={land} when="now" />
      <CaseWorkers />
      <Municipality land={land} />
      <Numbers land={land} when="talk" />
      <p class="soft">{t("help.notHere")}</p>
      <p class={`soft ${css.stored}`}>{t("help.stored")}</p>
    </>
  );
}

function startLand(): Country {
  const last = lastCountry();
  if (last === "DK" || last === "NO") return last;
  return language.value === "nb" ? "NO" : "DK";
}

/** Where the family has a case already, a concern goes to whoever has it (EX5). */
function CaseWorkers() {
  if (caseWorkers.value.length === 0) return null;
  return (
    <Block title={t("help.worker")}>
      <Card>
        {caseWorkers.value.map(({ child, person }) => (
          <div key={child} class={css.line}>
            <p>{t("help.workerOf", { barn: child, navn: person.name })}</p>
            {person.phone && (
              <LinkButton href={tel(person.phone)} icon="phone" wide label={t("contacts.call", { navn: person.name })}>
                {t("contacts.call", { navn: person.first })}
              </LinkButton>
            )}
          </div>
        ))}
      </Card>
    </Block>
  );
}

/** The municipality's way, its template, and the duty, which is one's own (R30, R31, FM6). */
function Municipality({ land }: { readonly land: Country }) {
  const { guide } = lines[land];
  return (
    <Block title={t("help.municipality")}>
      <Card>
        <p>{t(`help.${land}local`)}</p>
        {land === "DK" && <LocalWays />}
        {guide && <Out href={guide} words={t("help.guide")} />}
        <p class={css.duty}>{t(`help.${land}duty`)}</p>
        {land === "DK" && <p class={css.duty}>{t("help.adviser")}</p>}
      </Card>
    </Block>
  );
}

function LocalWays() {
  return (
    <>
      {waysHere.value.map(({ municipality, page, mail }) => (
        <div key={municipality} class={css.way}>
          <Out href={page} words={t("help.template", { kommune: municipality })} />
          {mail && <Out href={`mailto:${mail}`} words={mail} />}
        </div>
      ))}
    </>
  );
}

/** A way out of the app; where it leads hears nothing of where one came from. */
function Out({ href, words }: { readonly href: string; readonly words: string }) {
  return (
    <a class={css.out} href={href} rel="noreferrer">
      {words}
    </a>
  );
}

function Numbers({ land, when }: { readonly land: Country; readonly when: "now" | "talk" }) {
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

// "116 111", as it is said; the police's number is said as one.
function spaced(number: string): string {
  return number.length === 6 ? `${number.slice(0, 3)} ${number.slice(3)}` : number;
}
