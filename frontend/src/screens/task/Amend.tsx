import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { type Amended, amend, amendable } from "../../data/amend.ts";
import { space, today } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { membersIn } from "../../data/people.ts";
import { saved, tell } from "../../data/saved.ts";
import type { Task } from "../../data/tasks.ts";
import { valueWords } from "../../data/words.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Amend.module.css";

/** Puts a task right: what, who and when. */
export function Amend({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  // What this person saw when they began; what changes under their hands is said, not overwritten unseen.
  const seen = useSignal(task).peek();
  const draft = useRevision<Amended>(`amend.${task.id}`, amendable(seen));
  const { title, due, responsible } = draft.values.value;
  const isMissing = !title.trim();
  const close = () => {
    draft.clear();
    onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (isMissing) return;
    const done = await amend(seen, { title: title.trim(), due, responsible });
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
