import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { planName, space, today } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { type GoalText, tracks } from "../../data/goals.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";

interface Props {
  /** What is not sent yet is kept under this name. */
  readonly name: string;
  readonly from: GoalText;
  readonly button: string;
  /** Sends it; whether that went well. */
  readonly onSend: (made: GoalText) => Promise<boolean>;
  readonly onCancel?: () => void;
}

/** A goal before it is everybody's: what is typed is kept with every key. */
export function GoalForm({ name, from, button, onSend, onCancel }: Props) {
  const draft = useRevision<GoalText>(name, from);
  const isMissing = useSignal(false);
  const now = draft.values.value;
  const isEmpty = !now.title.trim();
  const navn = space.value ? planName(space.value) : "";
  const line = (field: "measure" | "baseline") => (
    <TextField
      label={t(`goals.${field}`)}
      value={now[field]}
      onInput={(text) => draft.write(field, text)}
      max={limits.goal[field]}
    />
  );
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    isMissing.value = isEmpty;
    if (!isEmpty && (await onSend({ ...now, title: now.title.trim() }))) draft.clear();
  };
  return (
    <form onSubmit={onSubmit}>
      <Card>
        <TextField
          label={t("goals.what")}
          error={isMissing.value && isEmpty ? t("goals.needWhat") : undefined}
          value={now.title}
          onInput={(text) => draft.write("title", text)}
          max={limits.goal.title}
        />
        <TextField
          label={t("goals.words", { navn })}
          hint={t("goals.wordsHint")}
          value={now.childWords}
          onInput={(text) => draft.write("childWords", text)}
          max={limits.goal.childWords}
          lines={2}
        />
        <Track track={now.track} onChange={(track) => draft.write("track", track)} />
        {line("measure")}
        {line("baseline")}
        <DayField
          label={t("goals.target")}
          hint={t("tasks.byHint")}
          min={today.value}
          value={now.targetDate}
          onInput={(day) => draft.write("targetDate", day)}
        />
        <Button submit look="main" wide>
          {button}
        </Button>
        {onCancel && (
          <Button look="quiet" wide onClick={onCancel}>
            {t("app.cancel")}
          </Button>
        )}
      </Card>
    </form>
  );
}

function Track({ track, onChange }: { readonly track: string; readonly onChange: (track: string) => void }) {
  if (tracks.value.length === 0) return null;
  const choices = [{ value: "", words: t("goals.noTrack") }, ...tracks.value];
  return <ChoiceField label={t("goals.track")} value={track} choices={choices} onChange={onChange} />;
}
