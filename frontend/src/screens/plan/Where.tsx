import { path, seesAll } from "../../data/case.ts";
import { type Lane, lanes, said } from "../../data/levels.ts";
import { Card } from "../../parts/Card.tsx";
import { Ladder, Ladders } from "../../parts/Ladder.tsx";
import { language, t } from "../../text/catalogue.ts";
import { listWords } from "../../text/dates.ts";
import { Knot } from "./Knot.tsx";
import css from "./Where.module.css";

/** Where we are now: one ladder for each track, and what it means in one sentence each. */
export function Where() {
  const shown = lanes.value;
  if (shown.length === 0 && !seesAll.value) return null;
  return (
    <Knot title={t("home.where")}>
      <Card>
        {shown.length === 0 && <p class="soft">{t("levels.none")}</p>}
        <Ladders>
          {shown.map((lane) => (
            <Ladder
              key={lane.key}
              label={lane.label}
              levels={lane.levels.map(({ n }) => n)}
              now={lane.now.f.level ?? 0}
              words={laneWords(lane)}
            />
          ))}
        </Ladders>
        {together(shown).map((same) => (
          <Meaning key={same[0]?.key} same={same} />
        ))}
        {shown.length > 0 && (
          <a class={css.more} href={path("/levels")}>
            {t("home.whereMore")}
          </a>
        )}
        {seesAll.value && (
          <>
            <a class={css.more} href={path("/goals")}>
              {t("goals.link")}
            </a>
            <a class={css.more} href={path("/situation")}>
              {t("situation.link")}
            </a>
          </>
        )}
      </Card>
    </Knot>
  );
}

function laneWords(lane: Lane): string {
  const ord = said(lane.word, language.value).text;
  return t("levels.of", { spor: lane.label, ord, n: lane.now.f.level ?? 0, alle: lane.levels.length });
}

// Tracks on the same level of the same model share one sentence.
function together(all: readonly Lane[]): readonly (readonly Lane[])[] {
  const same = new Map<string, Lane[]>();
  for (const lane of all) {
    const key = `${lane.model} ${lane.now.f.level}`;
    same.set(key, [...(same.get(key) ?? []), lane]);
  }
  return [...same.values()];
}

function Meaning({ same }: { readonly same: readonly Lane[] }) {
  const [first] = same;
  const sentence = said(first?.level?.sentence, language.value);
  if (!first || !sentence.text) return null;
  const spor = listWords(same.map((lane, i) => (i ? lane.label.toLocaleLowerCase() : lane.label)));
  return (
    <p class={css.meaning}>
      <b>{t("levels.line", { spor, ord: said(first.word, language.value).text, n: first.now.f.level ?? 0 })}</b>{" "}
      <span lang={sentence.lang}>{sentence.text}</span>
    </p>
  );
}
