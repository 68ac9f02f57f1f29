import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { type Amended, amend, amendable, helpersIn } from "../../data/amend.ts";
import { space, today } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { membersIn } from "../../data/people.ts";
import { saved, tell } from "../../data/saved.ts";
import { goalsFor, type Task } from "../../data/tasks.ts";
import { valueWords } from "../../data/words.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { Check } from "../../parts/Check.tsx";
import { ManyChips } from "../../parts/Chips.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Amend.module.css";

/** Puts a task right: what, who and when. */
export function Amend({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  // What this person saw when they began; what changes under their hands is said, not overwritten unseen.
  const seen = useSignal(task).peek();
  const draft = useRevision<Amended>(`amend.${task.id}`, amendable(seen));
  const now = draft.values.value;
  const { title, due, responsible } = now;
  const isMissing = !title.trim();
  const close = () => {
    draft.clear();
    onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (isMissing) return;
    const done = await amend(seen, { ...now, title: title.trim() });
    if (done === null) tell("");
    if (done === null || saved(done, t("app.saved"))) close();
  };
  return (
    <form class={css.amend} onSubmit={onSave}>
      <Card>
        <TextField
          label={t("tasks.what")}
          hint={meanwhile(seen, task, "title")}
          error={isMissing ? t("tasks.needWhat") : undefined}
          value={title}
          onInput={(text) => draft.write("title", text)}
          max={limits.task.title}
        />
        <Who
          task={task}
          hint={meanwhile(seen, task, "responsible")}
          value={responsible}
          onChange={(who) => draft.write("responsible", who)}
        />
        <DayField
          label={t("tasks.by")}
          hint={meanwhile(seen, task, "due") ?? t("tasks.byHint")}
          min=""
          value={due}
          onInput={(day) => draft.write("due", day)}
        />
        {goalsFor(task).length > 0 && (
          <ChoiceField
            label={t("tasks.goal")}
            hint={meanwhile(seen, task, "goal")}
            value={now.goal}
            choices={[{ value: "", words: t("tasks.noGoal") }, ...goalsFor(task)]}
            onChange={(goal) => draft.write("goal", goal)}
          />
        )}
        <ChoiceField
          label={t("tasks.repeat")}
          value={now.recurring}
          choices={repeats.map((value) => ({ value, words: t(value ? `tasks.${value}` : "tasks.once") }))}
          onChange={(recurring) => draft.write("recurring", recurring)}
        />
        <Helpers now={now} onChange={(helpers) => draft.write("helpers", helpers)} />
        <Check
          label={t("tasks.forGroup")}
          hint={t("tasks.forGroupHint")}
          isOn={now.forGroup === "yes"}
          onChange={(isOn) => draft.write("forGroup", isOn ? "yes" : "")}
        />
        <Button submit look="main" wide>
          {t("tasks.amendSave")}
        </Button>
        <Button look="quiet" wide onClick={close}>
          {t("app.cancel")}
        </Button>
      </Card>
    </form>
  );
}

const repeats = ["", "daily", "weekly", "monthly"] as const;

function Helpers({ now, onChange }: { readonly now: Amended; readonly onChange: (helpers: string) => void }) {
  const helpers = new Set(helpersIn(now.helpers));
  const others = membersIn(space.value, today.value).filter(({ id }) => id !== now.responsible);
  const onPress = (who: string) => {
    if (!helpers.delete(who)) helpers.add(who);
    onChange([...helpers].sort().join(" "));
  };
  return (
    <ManyChips
      legend={t("tasks.whoHelps")}
      values={helpers}
      choices={others.map(({ id, name }) => ({ value: id as string, words: name }))}
      onPress={onPress}
    />
  );
}

interface WhoProps {
  readonly task: Task;
  readonly hint: string | undefined;
  readonly value: string;
  readonly onChange: (who: string) => void;
}

function Who({ task, hint, value, onChange }: WhoProps) {
  const choices = membersIn(space.value, today.value).map(({ id, name, isMe }) => ({
    value: id as string,
    words: isMe ? t("tasks.me", { navn: name }) : name,
  }));
  // Somebody who has left is still who it says.
  const now = task.f.responsible;
  const isThere = choices.some((one) => one.value === now);
  const all = now && !isThere ? [{ value: now, words: nameOf(now) }, ...choices] : choices;
  return <ChoiceField label={t("tasks.whoDoes")} hint={hint} value={value} choices={all} onChange={onChange} />;
}

function nameOf(who: string): string {
  return (space.value && valueWords(space.value, "responsible", who)) || t("app.someone");
}

function meanwhile(seen: Task, now: Task, field: keyof Amended): string | undefined {
  if (seen.f[field] === now.f[field] || !space.value) return undefined;
  return t("tasks.amendMeanwhile", { nu: valueWords(space.value, field, now.f[field]) || t("waiting.empty") });
}
