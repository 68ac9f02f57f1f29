import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { limits, type PersonID, type Recurring } from "../../../../sync/plan/plan.gen.ts";
import { caseID, me, path, today } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { saved } from "../../data/saved.ts";
import { addTask, doers, goals } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { Check } from "../../parts/Check.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./NewTask.module.css";

/** A new task: what, who and when; the rest is folded away. */
export function NewTask() {
  const { route } = useLocation();
  const draft = useDraft(`task.${caseID.value}`);
  const who = useSignal<PersonID | "">(me.value?.person ?? "");
  const due = useSignal("");
  const goal = useSignal("");
  const recurring = useSignal<Recurring | "">("");
  const forGroup = useSignal(false);
  const isMissing = useSignal(false);
  const onSave = async (event: Event) => {
    event.preventDefault();
    const title = draft.text.value.trim();
    isMissing.value = !title;
    if (!title || !who.value) return;
    const more = { goal: goal.value, recurring: recurring.value, forGroup: forGroup.value };
    const made = { title, responsible: who.value, due: due.value, ...more };
    if (!saved(await addTask(made), t("tasks.added"))) return;
    draft.clear();
    route(path(who.value === me.value?.person ? "/tasks" : "/tasks?all"), true);
  };
  return (
    <form onSubmit={onSave}>
      <h1 tabIndex={-1} class={css.title}>
        {t("tasks.new")}
      </h1>
      <Card>
        <TextField
          label={t("tasks.what")}
          hint={t("tasks.whatHint")}
          error={isMissing.value && !draft.text.value.trim() ? t("tasks.needWhat") : undefined}
          value={draft.text.value}
          onInput={draft.write}
          max={limits.task.title}
        />
        <Who who={who.value} onChange={(value) => (who.value = value)} />
        <DayField
          label={t("tasks.by")}
          hint={t("tasks.byHint")}
          min={today.value}
          value={due.value}
          onInput={(value) => (due.value = value)}
        />
        <details class={css.more}>
          <summary>{t("app.more")}</summary>
          {goals.value.length > 0 && (
            <ChoiceField
              label={t("tasks.goal")}
              value={goal.value}
              choices={[{ value: "", words: t("tasks.noGoal") }, ...goals.value]}
              onChange={(value) => (goal.value = value)}
            />
          )}
          <Repeat recurring={recurring.value} onChange={(value) => (recurring.value = value)} />
          <Check
            label={t("tasks.forGroup")}
            hint={t("tasks.forGroupHint")}
            isOn={forGroup.value}
            onChange={(isOn) => (forGroup.value = isOn)}
          />
        </details>
        <Button submit look="main" wide>
          {t("tasks.save")}
        </Button>
      </Card>
    </form>
  );
}

function Who({ who, onChange }: { readonly who: PersonID | ""; readonly onChange: (who: PersonID) => void }) {
  const people = doers.value;
  // Who may only make tasks for themself is not asked.
  if (people.length < 2) return null;
  const choices = people.map(({ id, name, isMe }) => ({
    value: id,
    words: isMe ? t("tasks.me", { navn: name }) : name,
  }));
  return <ChoiceField label={t("tasks.whoDoes")} value={who as PersonID} choices={choices} onChange={onChange} />;
}

function Repeat({
  recurring,
  onChange,
}: {
  readonly recurring: Recurring | "";
  readonly onChange: (one: Recurring | "") => void;
}) {
  const choices = [
    { value: "", words: t("tasks.once") },
    { value: "daily", words: t("tasks.daily") },
    { value: "weekly", words: t("tasks.weekly") },
    { value: "monthly", words: t("tasks.monthly") },
  ] as const;
  return (
    <ChoiceField<Recurring | ""> label={t("tasks.repeat")} value={recurring} choices={choices} onChange={onChange} />
  );
}
