import { useLocation } from "preact-iso/router";
import { mayMake, me, path, today } from "../../data/case.ts";
import { beginEvaluation, dayOfEvaluation, type Evaluation, evaluations } from "../../data/evaluations.ts";
import { trackName, tracks } from "../../data/goals.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Evaluation.module.css";

/** Every time somebody looked back, and the way to do it again: one track at a time (PT9). */
export function Evaluations() {
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("evaluation.title")}
      </h1>
      {mayMake(me.value, "evaluation") && <Begin />}
      {evaluations.value.length > 0 && (
        <Block title={t("evaluation.list")}>
          <Card tight>
            <ul>
              {evaluations.value.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </ul>
          </Card>
        </Block>
      )}
    </>
  );
}

function Begin() {
  const { route, query } = useLocation();
  const onBegin = async (track: string) => {
    const about = { track, ...(query.meeting && { meeting: query.meeting }) };
    const done = await beginEvaluation(about);
    if (saved(done.saved, t("evaluation.begun"))) route(path(`/evaluations/${done.id}`));
  };
  if (tracks.value.length === 0) {
    return (
      <div class={css.begin}>
        <Button wide onClick={() => onBegin("")}>
          {t("evaluation.begin")}
        </Button>
      </div>
    );
  }
  return (
    <div class={css.begin}>
      {tracks.value.map(({ value, words }) => (
        <Button key={value} wide onClick={() => onBegin(value)}>
          {t("evaluation.beginFor", { spor: words })}
        </Button>
      ))}
    </div>
  );
}

function Row({ one }: { readonly one: Evaluation }) {
  const { next, track } = one.f;
  const words = { spor: trackName(track) ?? t("evaluation.whole"), dato: longDay(dayOfEvaluation(one), today.value) };
  return (
    <li class={css.row}>
      <a class={css.link} href={path(`/evaluations/${one.id}`)}>
        {t("evaluation.of", words)}
        <span class="soft">{next ? t(`evaluation.next_${next}`) : t("evaluation.notChosen")}</span>
      </a>
    </li>
  );
}
