import type { ComponentChildren } from "preact";
import { type EvaluationNext, limits } from "../../../../sync/plan/plan.gen.ts";
import { path, planName, space, today } from "../../data/case.ts";
import {
  dayOfEvaluation,
  evaluation,
  goalsIn,
  leadsToLevel,
  mayEvaluate,
  nextSteps,
  type Evaluation as One,
  proposeNext,
  rate,
  ratingOf,
  ratingValues,
} from "../../data/evaluations.ts";
import { type Goal, trackName } from "../../data/goals.ts";
import { mayMove, spotOf } from "../../data/moves.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { useField } from "../../data/writing.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { OneChip } from "../../parts/Chips.tsx";
import { DayField } from "../../parts/Field.tsx";
import { Written } from "../../parts/Written.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import { quoted } from "../../text/names.ts";
import css from "./Evaluation.module.css";

/** One look back: how the goals stand, what child and parents say, and what comes next. */
export function Evaluation({ id = "" }: { readonly id?: string }) {
  const one = evaluation(id);
  if (!one) return <h1 tabIndex={-1}>{t("evaluation.missing")}</h1>;
  const by = person(one.f.person);
  const words = {
    spor: trackName(one.f.track) ?? t("evaluation.whole"),
    dato: longDay(dayOfEvaluation(one), today.value),
  };
  const isMine = mayEvaluate(one);
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("evaluation.title")}
      </h1>
      <p class="soft">{t("evaluation.of", words)}</p>
      <p class="soft">{by && t("evaluation.by", { navn: by.name })}</p>
      {isMine && <p class={css.lead}>{t("evaluation.text")}</p>}
      <Goals one={one} isMine={isMine} />
      <Voices one={one} isMine={isMine} />
      <Next one={one} isMine={isMine} />
    </>
  );
}

interface Props {
  readonly one: One;
  readonly isMine: boolean;
}

function Goals({ one, isMine }: Props) {
  const goals = goalsIn(one);
  return (
    <Block title={t("evaluation.goals")}>
      <Card>
        {goals.length === 0 && <p class="soft">{t("evaluation.noGoals")}</p>}
        {goals.map((goal) => (
          <div key={goal.id} class={css.goal}>
            <Rate one={one} goal={goal} isMine={isMine} />
          </div>
        ))}
      </Card>
    </Block>
  );
}

function Rate({ one, goal, isMine }: Props & { readonly goal: Goal }) {
  const rating = ratingOf(one, goal);
  const { title = "", childWords } = goal.f;
  if (!isMine) {
    return (
      <>
        <h3>{title}</h3>
        <p>{t(rating ? `evaluation.rating_${rating}` : "evaluation.notRated")}</p>
      </>
    );
  }
  return (
    <OneChip
      legend={title}
      hint={childWords && quoted(childWords)}
      value={rating}
      choices={ratingValues.map((value) => ({ value, words: t(`evaluation.rating_${value}`) }))}
      onPress={async (value) => {
        const done = await rate(one, goal, value);
        if (done) saved(done, t("app.saved"));
      }}
    />
  );
}

function Voices({ one, isMine }: Props) {
  const navn = space.value ? planName(space.value) : "";
  return (
    <div class={css.voices}>
      <Voice one={one} isMine={isMine} field="childVoice" label={t("evaluation.child", { navn })} />
      <Voice one={one} isMine={isMine} field="parentsVoice" label={t("evaluation.parents")} />
    </div>
  );
}

interface VoiceProps extends Props {
  readonly field: "childVoice" | "parentsVoice";
  readonly label: string;
}

function Voice({ one, isMine, field, label }: VoiceProps) {
  const text = one.f[field];
  if (!isMine) return text ? <Said title={label}>{quoted(text)}</Said> : null;
  return (
    <Card>
      <Written rec={one} field={field} useField={useField} label={label} max={limits.evaluation[field]} lines={3} />
    </Card>
  );
}

function Said({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <Block title={title}>
      <Card>
        <p class={css.text}>{children}</p>
      </Card>
    </Block>
  );
}

function Next({ one, isMine }: Props) {
  const { next, nextReview } = one.f;
  const keep = async (what: { readonly next?: string; readonly nextReview?: string }) => {
    const done = await proposeNext(one, what);
    if (done) saved(done, t("app.saved"));
  };
  return (
    <Block title={t("evaluation.next")}>
      <Card>
        {isMine ? (
          <>
            <OneChip<EvaluationNext>
              legend={t("evaluation.next")}
              isQuiet
              value={next}
              choices={nextSteps.map((value) => ({ value, words: t(`evaluation.next_${value}`) }))}
              onPress={(value) => keep({ next: value })}
            />
            <DayField
              label={t("evaluation.review")}
              min={today.value}
              value={nextReview ?? ""}
              onInput={(day) => keep({ nextReview: day })}
            />
          </>
        ) : (
          <p>{t(next ? `evaluation.next_${next}` : "evaluation.notChosen")}</p>
        )}
        {!isMine && nextReview && (
          <p class="soft">{`${t("evaluation.review")}: ${longDay(nextReview, today.value)}`}</p>
        )}
        {leadsToLevel(next) && <ToLevel one={one} />}
      </Card>
    </Block>
  );
}

// What it proposes is decided elsewhere, by those who answer for the level (R8).
function ToLevel({ one }: { readonly one: One }) {
  const spot = spotOf(one.f.track ?? "");
  const to = spot && mayMove(spot) ? `/levels/${spot.track}?evaluation=${one.id}` : "/levels";
  return (
    <div class={css.level}>
      <p class="soft">{t("evaluation.levelText")}</p>
      <LinkButton href={path(to)} wide>
        {t("evaluation.toLevel")}
      </LinkButton>
    </div>
  );
}
