import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { path, today } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { type Lane, type Level, said } from "../../data/levels.ts";
import {
  askedFor,
  choicesOf,
  laneOf,
  latestReview,
  type MoveForm,
  mayMove,
  missing,
  move,
  newMove,
} from "../../data/moves.ts";
import { members } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { type Key, language, t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Move.module.css";

interface Props {
  readonly lane: Lane;
  readonly form: MoveForm;
  readonly write: (name: string, text: string) => void;
}

/** Moves one track to another level: which, why, and just what this move needs. It needs no network. */
export function Move({ id = "" }: { readonly id?: string }) {
  const lane = laneOf(id);
  if (!lane || !mayMove()) return <h1 tabIndex={-1}>{t("moves.notHere")}</h1>;
  return <Form key={lane.key} lane={lane} />;
}

function Form({ lane }: { readonly lane: Lane }) {
  const { route } = useLocation();
  const draft = useRevision<MoveForm>(`move.${lane.now.id}`, newMove());
  const isTried = useSignal(false);
  const form = draft.values.value;
  const lacks = missing(lane, form);
  const onSave = async (event: Event) => {
    event.preventDefault();
    isTried.value = true;
    if (lacks.length > 0) return;
    if (!saved(await move(lane, form), t("moves.moved"))) return;
    draft.clear();
    route(path("/levels"), true);
  };
  const props = { lane, form, write: (name: string, text: string) => draft.write(name, text) };
  return (
    <form onSubmit={onSave}>
      <h1 tabIndex={-1} class={css.title}>
        {t("moves.title", { spor: lane.label })}
      </h1>
      <Card>
        <Which {...props} />
        <DayField
          label={t("moves.from")}
          min={lane.now.f.from ?? ""}
          value={form.from ?? ""}
          onInput={(day) => draft.write("from", day)}
        />
        <TextField
          label={t("moves.reason")}
          hint={t("moves.reasonHint")}
          value={form.reason ?? ""}
          onInput={(text) => draft.write("reason", text)}
          max={limits.levelEntry.reason}
          lines={3}
        />
        {askedFor(lane, form).map((one) => (
          <Asked key={one} one={one} {...props} />
        ))}
        <Outcome {...props} />
        {form.to && lacks.length > 0 && (
          <ul class={isTried.value ? `${css.lacks} ${css.tried}` : css.lacks}>
            {lacks.map((code) => (
              <li key={code}>{t(`fault.${code}`)}</li>
            ))}
          </ul>
        )}
        <Button submit look="main" wide>
          {t("moves.save")}
        </Button>
      </Card>
    </form>
  );
}

function Which({ lane, form, write }: Props) {
  const { expected, others } = choicesOf(lane);
  const word = said(lane.word, language.value).text;
  const words = ({ n, name }: Level) => `${word} ${n}: ${said(name, language.value).text}`;
  const isHere = (one: Level) => one.n === lane.now.f.level;
  return (
    <ChoiceField
      label={t("moves.which")}
      hint={t("moves.whichHint", { ord: word, n: lane.now.f.level ?? 0 })}
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

const lines: Readonly<Record<string, Key>> = {
  skipReason: "moves.skipReason",
  leaderRole: "moves.leaderRole",
  assessments: "moves.assessments",
};
const days: Readonly<Record<string, Key>> = {
  discussed: "moves.discussed",
  followUp: "moves.followUp",
  conveyed: "moves.conveyed",
};
const people: Readonly<Record<string, { readonly field: string; readonly label: Key }>> = {
  leader: { field: "leaderInvolved", label: "moves.leader" },
  tovholder: { field: "nextTovholder", label: "moves.tovholder" },
};
const fields: Readonly<Record<string, string>> = { discussed: "discussedAt", conveyed: "conveyedAt" };

/** One thing that just this move needs. */
function Asked({ one, lane, form, write }: Props & { readonly one: string }) {
  const field = fields[one] ?? one;
  const value = form[field] ?? "";
  if (lines[one]) {
    return (
      <TextField label={t(lines[one])} value={value} onInput={(text) => write(field, text)} max={2_000} lines={2} />
    );
  }
  if (days[one]) return <DayField label={t(days[one])} min="" value={value} onInput={(day) => write(field, day)} />;
  const who = people[one];
  if (who) return <Person label={t(who.label)} value={form[who.field] ?? ""} onChange={(id) => write(who.field, id)} />;
  if (one === "review") {
    const latest = latestReview(lane, form);
    return (
      <DayField
        label={t("moves.review")}
        hint={latest ? t("moves.reviewHint", { dato: longDay(latest, today.value) }) : undefined}
        min={form.from ?? ""}
        value={form.review || latest}
        onInput={(day) => write("review", day)}
      />
    );
  }
  if (one === "adviser") return <Adviser form={form} write={write} lane={lane} />;
  return <Choice one={one} value={value} onChange={(to) => write(field, to)} />;
}

function Adviser({ form, write }: Props) {
  return (
    <>
      <Person label={t("moves.adviser")} value={form.adviser ?? ""} onChange={(id) => write("adviser", id)} />
      {!form.adviser && (
        <TextField
          label={t("moves.noAdviser")}
          value={form.noAdviser ?? ""}
          onInput={(text) => write("noAdviser", text)}
          max={2_000}
          lines={2}
        />
      )}
    </>
  );
}

interface PersonProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function Person({ label, value, onChange }: PersonProps) {
  const choices = members.value.map(({ id, name }) => ({ value: id as string, words: name }));
  return (
    <ChoiceField
      label={label}
      value={value}
      choices={[{ value: "", words: t("moves.choose") }, ...choices]}
      onChange={onChange}
    />
  );
}

const choices: Readonly<Record<string, { readonly label: Key; readonly values: Readonly<Record<string, Key>> }>> = {
  startingPoint: {
    label: "moves.startingPoint",
    values: { meeting: "moves.startMeeting", assessment: "moves.startAssessment" },
  },
  entryWay: {
    label: "moves.entryWay",
    values: { family: "moves.wayFamily", adviser: "moves.wayAdviser", report: "moves.wayReport" },
  },
  referredTo: {
    label: "moves.referredTo",
    values: {
      child_psychiatry: "sector.child_psychiatry",
      hospital_paediatrics: "sector.hospital_paediatrics",
      other: "sector.other",
    },
  },
};

function Choice({
  one,
  value,
  onChange,
}: {
  readonly one: string;
  readonly value: string;
  readonly onChange: (to: string) => void;
}) {
  const asked = choices[one];
  if (!asked) return null;
  return (
    <ChoiceField
      label={t(asked.label)}
      value={value}
      choices={[
        { value: "", words: t("moves.choose") },
        ...Object.entries(asked.values).map(([key, words]) => ({ value: key, words: t(words) })),
      ]}
      onChange={onChange}
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
