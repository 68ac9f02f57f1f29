import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { path, today } from "../../data/case.ts";
import { familyOf } from "../../data/circle.ts";
import { useRevision } from "../../data/draft.ts";
import { type Level, said } from "../../data/levels.ts";
import {
  askedFor,
  choicesOf,
  evaluationsFor,
  type MoveForm,
  mayMove,
  missing,
  move,
  newMove,
  procedureOf,
  type Spot,
  spotOf,
} from "../../data/moves.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { type Key, language, t } from "../../text/catalogue.ts";
import { listWords, shortDay } from "../../text/dates.ts";
import { Asked } from "./Asked.tsx";
import css from "./Move.module.css";
import { Said, wordOf } from "./Said.tsx";

interface Props {
  readonly spot: Spot;
  readonly form: MoveForm;
  readonly write: (name: string, text: string) => void;
}

/** Moves one track to another level: which, why, and just what this move needs. It needs no network. */
export function Move({ id = "" }: { readonly id?: string }) {
  const { query } = useLocation();
  const spot = spotOf(id);
  if (!spot || !mayMove(spot)) return <h1 tabIndex={-1}>{t("moves.notHere")}</h1>;
  // Who comes from an evaluation has it filled in.
  const { id: evaluation = "" } =
    evaluationsFor(spot.track).find((one) => (one.id as string) === query.evaluation) ?? {};
  return <Form key={spot.track} spot={spot} begun={{ ...newMove(), evaluation }} />;
}

function Form({ spot, begun }: { readonly spot: Spot; readonly begun: MoveForm }) {
  const { route } = useLocation();
  const draft = useRevision<MoveForm>(`move.${spot.now?.id ?? spot.track}`, begun);
  const isTried = useSignal(false);
  const form = draft.values.value;
  const lacks = missing(spot, form);
  const onSave = async (event: Event) => {
    event.preventDefault();
    isTried.value = true;
    if (lacks.length > 0) return;
    if (!saved(await move(spot, form), t("moves.moved"))) return;
    draft.clear();
    route(path("/levels"), true);
  };
  const props = { spot, form, write: (name: string, text: string) => draft.write(name, text) };
  return (
    <form onSubmit={onSave}>
      <h1 tabIndex={-1} class={css.title}>
        {t(spot.now ? "moves.title" : "moves.firstLong", { spor: spot.label })}
      </h1>
      <Card>
        <Which {...props} />
        <Before {...props} />
        <DayField
          label={t("moves.from")}
          min={spot.now?.f.from ?? ""}
          value={form.from ?? ""}
          onInput={(day) => draft.write("from", day)}
        />
        <TextField
          label={t("moves.reason")}
          hint={familyOf().length > 0 ? t("moves.reasonHint") : undefined}
          value={form.reason ?? ""}
          onInput={(text) => draft.write("reason", text)}
          max={limits.levelEntry.reason}
          lines={3}
        />
        {askedFor(spot, form).map((one) => (
          <Asked key={one} one={one} {...props} />
        ))}
        {spot.now && <Outcome {...props} />}
        <Evaluation {...props} />
        <Told {...props} />
        {form.to && lacks.length > 0 && (
          <ul class={isTried.value ? `${css.lacks} ${css.tried}` : css.lacks}>
            {lacks.map((code) => (
              <li key={code}>{t(`fault.${code}`)}</li>
            ))}
          </ul>
        )}
        <Button submit look="main" wide>
          {t(spot.now ? "moves.save" : "moves.first")}
        </Button>
      </Card>
    </form>
  );
}

function Which({ spot, form, write }: Props) {
  const { expected, others } = choicesOf(spot);
  const now = spot.now?.f.level;
  const word = said(spot.word, language.value).text;
  const words = ({ n, name }: Level) => `${wordOf(spot.word)} ${n}: ${said(name, language.value).text}`;
  const isHere = (one: Level) => one.n === now;
  return (
    <ChoiceField
      label={t("moves.which")}
      hint={now === undefined ? undefined : t("moves.whichHint", { ord: word, n: now })}
      value={form.to ?? ""}
      choices={[
        { value: "", words: t("moves.choose") },
        ...expected.map((one) => ({
          value: String(one.n),
          words: isHere(one) ? t("moves.stay", { hvad: words(one) }) : words(one),
        })),
        ...others.map((one) => ({ value: String(one.n), words: t("moves.other", { hvad: words(one) }) })),
      ]}
      onChange={(to) => write("to", to)}
    />
  );
}

/** What the model says is done before this move (LS2c, LS20). */
function Before({ spot, form }: Props) {
  const lines = form.to ? procedureOf(spot.level, Number(form.to)) : [];
  if (lines.length === 0) return null;
  return (
    <div class={css.before}>
      <p>{t("moves.before")}</p>
      <ul>
        {lines.map((line) => (
          <li key={line.id}>
            <Said words={line.text} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The evaluation that the move rests on, where there is one (LS3, LS30). */
function Evaluation({ spot, form, write }: Props) {
  const all = evaluationsFor(spot.track);
  if (all.length === 0) return null;
  return (
    <ChoiceField
      label={t("moves.evaluation")}
      value={form.evaluation ?? ""}
      choices={[
        { value: "", words: t("moves.noEvaluation") },
        ...all.map(({ id, f }) => ({
          value: id as string,
          words: f.at ? t("moves.evaluationOf", { dato: shortDay(f.at, today.value) }) : t("moves.evaluationNew"),
        })),
      ]}
      onChange={(id) => write("evaluation", id)}
    />
  );
}

/** Who is told, and when the family has been (R8). */
function Told({ form, write }: Props) {
  const family = familyOf().map(({ first }) => first);
  if (family.length === 0) return <p class={`soft ${css.told}`}>{t("moves.toldAll")}</p>;
  return (
    <DayField
      label={t("moves.toldOn")}
      hint={t("moves.told", { navne: listWords(family) })}
      min=""
      value={form.familyInformedAt ?? ""}
      onInput={(day) => write("familyInformedAt", day)}
    />
  );
}

const outcomes: Readonly<Record<string, Key>> = {
  sufficient: "moves.outcomeSufficient",
  progress_continue: "moves.outcomeProgress",
  insufficient: "moves.outcomeInsufficient",
  step_down: "moves.outcomeDown",
};

/** How the level that is left has ended. */
function Outcome({ form, write }: Props) {
  return (
    <ChoiceField
      label={t("moves.outcome")}
      value={form.outcome ?? ""}
      choices={[
        { value: "", words: t("moves.outcomeNone") },
        ...Object.entries(outcomes).map(([value, words]) => ({ value, words: t(words) })),
      ]}
      onChange={(value) => write("outcome", value)}
    />
  );
}
