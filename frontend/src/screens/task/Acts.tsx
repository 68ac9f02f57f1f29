import { useSignal } from "@preact/signals";
import type { TaskState } from "../../../../sync/plan/plan.gen.ts";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { mayMake, me } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { saved } from "../../data/saved.ts";
import { bring, finish, mayBring, mayTake, reopen, stateOf, type Task, take } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Acts.module.css";

/** What this person can do about a task; a button that would be refused is not here. */
export function Acts({ task }: { readonly task: Task }) {
  const asking = useSignal<Turn | null>(null);
  const to = async (state: TaskState, words: string) => saved(await bring(task, state), words);
  const isDone = stateOf(task) === "done";
  // Who turns it this way owes the others a reason, and can only do it where a reason can be written.
  const mayAsk = (turn: Turn) => !isDone && mayBring(task, turn) && mayMake(me.value, "note");
  if (asking.value) return <Why task={task} turn={asking.value} onClose={() => (asking.value = null)} />;
  return (
    <div class={css.acts}>
      <Take task={task} />
      {mayBring(task, "done") && (
        <Button
          look={mayTake(task) ? "other" : "main"}
          icon="check"
          wide
          onClick={async () => saved(await finish(task), t("tasks.ticked"))}
        >
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
        {mayAsk("blocked") && <Button onClick={() => (asking.value = "blocked")}>{t("tasks.stuck")}</Button>}
        {mayAsk("cancelled") && <Button onClick={() => (asking.value = "cancelled")}>{t("tasks.callOff")}</Button>}
      </Buttons>
    </div>
  );
}

// Only the one who is to do it can say yes (PT8).
function Take({ task }: { readonly task: Task }) {
  if (!mayTake(task)) return null;
  const onTake = async () => {
    const done = await take(task);
    if (done) saved(done, t("tasks.taken"));
  };
  return (
    <div class={css.take}>
      <Button look="main" wide onClick={onTake}>
        {t("tasks.take")}
      </Button>
    </div>
  );
}

type Turn = "blocked" | "cancelled";
const words = {
  blocked: { label: "tasks.stuck", hint: "tasks.stuckText", send: "tasks.stuckSend", done: "tasks.stuckDone" },
  cancelled: { label: "tasks.callOffWhy", hint: undefined, send: "tasks.callOff", done: "tasks.calledOff" },
} as const;

interface WhyProps {
  readonly task: Task;
  readonly turn: Turn;
  readonly onClose: () => void;
}

/** The reason, in the same change as the turn. */
function Why({ task, turn, onClose }: WhyProps) {
  const draft = useDraft(`${turn}.${task.id}`);
  const isMissing = useSignal(false);
  const text = draft.text.value.trim();
  const { label, hint, send, done } = words[turn];
  const onSend = async () => {
    isMissing.value = !text;
    if (!text || !saved(await bring(task, turn, text), t(done))) return;
    draft.clear();
    onClose();
  };
  return (
    <div class={css.acts}>
      <Card>
        <TextField
          label={t(label)}
          hint={hint && t(hint)}
          error={isMissing.value && !text ? t("tasks.needWhy") : undefined}
          value={draft.text.value}
          onInput={draft.write}
          max={limits.note.text}
          lines={3}
        />
        <Button look="main" wide onClick={onSend}>
          {t(send)}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t("app.cancel")}
        </Button>
      </Card>
    </div>
  );
}
