import { useSignal } from "@preact/signals";
import type { TaskState } from "../../../../sync/plan/plan.gen.ts";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { mayMake, me } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { saved } from "../../data/saved.ts";
import { bring, finish, mayBring, reopen, stateOf, type Task } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Acts.module.css";

/** What this person can do about a task; a button that would be refused is not here. */
export function Acts({ task }: { readonly task: Task }) {
  const isStuck = useSignal(false);
  const to = async (state: TaskState, words: string) => saved(await bring(task, state), words);
  const isDone = stateOf(task) === "done";
  if (isStuck.value) return <Stuck task={task} onClose={() => (isStuck.value = false)} />;
  return (
    <div class={css.acts}>
      {mayBring(task, "done") && (
        <Button look="main" icon="check" wide onClick={async () => saved(await finish(task), t("tasks.ticked"))}>
          {t("tasks.finish")}
        </Button>
      )}
      <Buttons>
        {isDone && mayBring(task, "open") && (
          <Button onClick={async () => saved(await reopen(task), t("tasks.undone"))}>{t("tasks.reopen")}</Button>
        )}
        {stateOf(task) === "blocked" && mayBring(task, "open") && (
          <Button onClick={() => to("open", t("app.saved"))}>{t("tasks.resume")}</Button>
        )}
        {mayBring(task, "in_progress") && !isDone && (
          <Button onClick={() => to("in_progress", t("app.saved"))}>{t("tasks.start")}</Button>
        )}
        {mayBring(task, "blocked") && !isDone && (
          <Button onClick={() => (isStuck.value = true)}>{t("tasks.stuck")}</Button>
        )}
      </Buttons>
    </div>
  );
}

function Stuck({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  const draft = useDraft(`stuck.${task.id}`);
  const onSend = async () => {
    if (!saved(await bring(task, "blocked", draft.text.value.trim()), t("tasks.stuckDone"))) return;
    draft.clear();
    onClose();
  };
  return (
    <div class={css.acts}>
      <Card>
        {mayMake(me.value, "note") && (
          <TextField
            label={t("tasks.stuck")}
            hint={t("tasks.stuckText")}
            value={draft.text.value}
            onInput={draft.write}
            max={limits.note.text}
            lines={3}
          />
        )}
        <Button look="main" wide onClick={onSend}>
          {t("tasks.stuckSend")}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t("app.cancel")}
        </Button>
      </Card>
    </div>
  );
}
