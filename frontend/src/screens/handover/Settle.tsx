import { today } from "../../data/case.ts";
import { outgoing } from "../../data/handover.ts";
import type { Person } from "../../data/people.ts";
import { type Form, type Settled, settledIn, toSettle } from "../../data/proposal.ts";
import type { Task } from "../../data/tasks.ts";
import { Segments } from "../../parts/Segments.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Handover.module.css";

interface Props {
  readonly form: Form;
  readonly write: (name: string, text: string) => void;
  readonly to: Person | null;
}

/** A word for each open agreement: it moves unless somebody says otherwise (TH2). */
export function Settle({ form, write, to }: Props) {
  if (toSettle.value.length === 0) return null;
  return (
    <>
      <h3>{t("handover.tasks")}</h3>
      <p class="soft">{t("handover.tasksHint")}</p>
      <ul>
        {toSettle.value.map((task) => (
          <li key={task.id} class={css.gap}>
            <One task={task} value={settledIn(form, task)} to={to} onChange={(how) => write(`task.${task.id}`, how)} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface OneProps {
  readonly task: Task;
  readonly value: Settled;
  readonly to: Person | null;
  readonly onChange: (how: Settled) => void;
}

function One({ task, value, to, onChange }: OneProps) {
  const title = task.f.title ?? t("tasks.hidden");
  const holder = outgoing();
  const due = task.f.due && t("tasks.due", { dato: longDay(task.f.due, today.value) });
  const keeps = holder?.isMe ? t("handover.keepTask") : t("handover.stays", { fra: holder?.first ?? "" });
  return (
    <>
      <div class={css.task}>{title}</div>
      {due && <div class="soft">{due}</div>}
      <Segments
        legend={title}
        value={value}
        choices={[
          { value: "move", words: to ? t("handover.moves", { til: to.first }) : t("handover.moveTask") },
          { value: "keep", words: keeps },
          { value: "end", words: t("handover.ends") },
        ]}
        onChange={onChange}
      />
    </>
  );
}
