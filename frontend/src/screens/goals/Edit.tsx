import { limits } from "../../../../sync/plan/plan.gen.ts";
import { planName, space, today } from "../../data/case.ts";
import { agreeTo, type Goal, tracks } from "../../data/goals.ts";
import { put } from "../../data/keep.ts";
import { members } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { useField } from "../../data/writing.ts";
import { Card } from "../../parts/Card.tsx";
import { ManyChips } from "../../parts/Chips.tsx";
import { ChoiceField, DayField } from "../../parts/Field.tsx";
import { Written } from "../../parts/Written.tsx";
import { t } from "../../text/catalogue.ts";

/** A goal to put right, saved as one goes. */
export function Edit({ goal }: { readonly goal: Goal }) {
  const navn = space.value ? planName(space.value) : "";
  const keep = async (values: Readonly<Record<string, string>>) => {
    const done = await put(goal, values);
    if (done) saved(done, t("app.saved"));
  };
  const line = (field: "latest" | "measure" | "baseline") => (
    <Written rec={goal} field={field} useField={useField} label={t(`goals.${field}`)} max={limits.goal[field]} />
  );
  return (
    <Card>
      <Written rec={goal} field="title" useField={useField} label={t("goals.what")} max={limits.goal.title} />
      <Written
        rec={goal}
        field="childWords"
        useField={useField}
        label={t("goals.words", { navn })}
        hint={t("goals.wordsHint")}
        max={limits.goal.childWords}
        lines={2}
      />
      {line("latest")}
      {line("measure")}
      {line("baseline")}
      <DayField
        label={t("goals.target")}
        min={today.value}
        value={goal.f.targetDate ?? ""}
        onInput={(targetDate) => keep({ targetDate })}
      />
      {tracks.value.length > 0 && (
        <ChoiceField
          label={t("goals.track")}
          value={goal.f.track ?? ""}
          choices={[{ value: "", words: t("goals.noTrack") }, ...tracks.value]}
          onChange={(track) => keep({ track })}
        />
      )}
      <Who goal={goal} />
    </Card>
  );
}

function Who({ goal }: { readonly goal: Goal }) {
  const agreed = new Set(goal.f.agreedBy ?? []);
  return (
    <ManyChips
      legend={t("goals.who")}
      values={agreed}
      choices={members.value.map(({ id, name }) => ({ value: id, words: name }))}
      onPress={async (who) => saved(await agreeTo(goal, who, !agreed.has(who)), t("app.saved"))}
    />
  );
}
