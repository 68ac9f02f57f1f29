import type { LevelEntry } from "../../../../sync/plan/plan.gen.ts";
import { path, today } from "../../data/case.ts";
import { type Lane, type Level, lanes, type ModelWords, said } from "../../data/levels.ts";
import { mayMove } from "../../data/moves.ts";
import { person } from "../../data/people.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { Ladder, Ladders } from "../../parts/Ladder.tsx";
import { language, t } from "../../text/catalogue.ts";
import { longDay, shortDay } from "../../text/dates.ts";
import css from "./Levels.module.css";
import { Time } from "./Time.tsx";

/** Every track on its ladder: where it is, why, how it came there, and what the words mean. */
export function Levels() {
  return (
    <>
      <h1 tabIndex={-1}>{t("levels.title")}</h1>
      {lanes.value.length === 0 && <Empty>{t("levels.none")}</Empty>}
      {haveTracks() && <p class={`soft ${css.lead}`}>{t("levels.tracks")}</p>}
      {lanes.value.map((lane) => (
        <One key={lane.key} lane={lane} />
      ))}
      <Time />
      <Words />
    </>
  );
}

// School and home on one model, as in Denmark.
function haveTracks(): boolean {
  return new Set(lanes.value.map((lane) => lane.model)).size < lanes.value.length;
}

function One({ lane }: { readonly lane: Lane }) {
  const n = lane.now.f.level ?? 0;
  const ord = said(lane.word, language.value).text;
  return (
    <Block title={lane.label}>
      <Card>
        <Ladders>
          <Ladder
            label={`${capital(ord)} ${n}`}
            levels={lane.levels.map((level) => level.n)}
            now={n}
            words={t("levels.of", { spor: lane.label, ord, n, alle: lane.levels.length })}
          />
        </Ladders>
        <h3 class={css.name}>
          <Said words={lane.level?.name} />
        </h3>
        <p>
          <Said words={lane.level?.sentence} />
        </p>
        <Reason entry={lane.now.f} ord={ord} />
        <Outcomes level={lane.level} />
        {mayMove() && (
          <LinkButton href={path(`/levels/${lane.now.f.track}`)}>
            {t("moves.link")}
            <span class="sr"> {lane.label}</span>
          </LinkButton>
        )}
        <History lane={lane} ord={capital(ord)} />
      </Card>
    </Block>
  );
}

function Reason({ entry, ord }: { readonly entry: LevelEntry; readonly ord: string }) {
  const { reason, decidedBy, from, nextReview, skipReason } = entry;
  const by = person(decidedBy);
  const lines = [
    from && t("levels.since", { dato: longDay(from, today.value) }),
    by && t("levels.decided", { navn: by.name }),
    nextReview && t("levels.review", { dato: longDay(nextReview, today.value) }),
  ].filter(Boolean);
  return (
    <>
      <h4 class={css.head}>{t("levels.why", { ord })}</h4>
      <p>{reason}</p>
      {skipReason && (
        <p>
          <b>{t("levels.skipped")}:</b> {skipReason}
        </p>
      )}
      {lines.map((line) => (
        <div key={line} class="soft">
          {line}
        </div>
      ))}
    </>
  );
}

function Outcomes({ level }: { readonly level: Level | undefined }) {
  if (!level?.outcomes?.length) return null;
  return (
    <details class={css.fold}>
      <summary>{t("levels.whatNext")}</summary>
      <ul class={css.outcomes}>
        {level.outcomes.map((outcome) => (
          <li key={outcome.text.da}>
            <Said words={outcome.text} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function History({ lane, ord }: { readonly lane: Lane; readonly ord: string }) {
  const past = lane.history.filter((entry) => entry.id !== lane.now.id);
  if (past.length === 0) return null;
  return (
    <details class={css.fold}>
      <summary>{t("levels.history")}</summary>
      <ol class={css.outcomes}>
        {past.map(({ id, f }) => (
          <li key={id}>
            <b>{`${ord} ${f.level}`}</b>
            <div class="soft">
              {f.from &&
                f.to &&
                t("levels.between", { fra: shortDay(f.from, today.value), til: shortDay(f.to, today.value) })}
            </div>
            {f.reason}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Words() {
  const models = new Map(lanes.value.map((lane) => [lane.model, lane]));
  return (
    <Block title={t("levels.words")}>
      {[...models.values()].map((lane) => (
        <details key={lane.model} class={css.fold}>
          <summary>
            <Said words={lane.modelName} />
          </summary>
          <ol class={css.outcomes}>
            {lane.levels.map((level) => (
              <li key={level.n}>
                <b>
                  {`${level.n}. `}
                  <Said words={level.name} />
                </b>
                <p>
                  <Said words={level.purpose ?? level.sentence} />
                </p>
              </li>
            ))}
          </ol>
        </details>
      ))}
    </Block>
  );
}

function Said({ words }: { readonly words: ModelWords | undefined }) {
  const { text, lang } = said(words, language.value);
  return <span lang={lang}>{text}</span>;
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
