import { useSignal } from "@preact/signals";
import { today } from "../../data/case.ts";
import { agenda, type Meeting } from "../../data/meetings.ts";
import { dropDraft } from "../../data/minutes.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import type { Task } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import { AgreementForm } from "./AgreementForm.tsx";
import css from "./AgreementRow.module.css";

interface Props {
  readonly meeting: Meeting;
  readonly task: Task;
}

/** One agreement of the meeting, to read and to put right. */
export function AgreementRow({ meeting, task }: Props) {
  const isOpen = useSignal(false);
  const onClose = () => (isOpen.value = false);
  const item = agenda(meeting).find(({ id }) => task.f.item === (id as string)) ?? null;
  const titel = task.f.title ?? "";
  if (isOpen.value) {
    return (
      <li class={css.row}>
        <AgreementForm meeting={meeting} item={item} task={task} onClose={onClose} />
      </li>
    );
  }
  return (
    <li class={css.row}>
      <div class={css.text}>
        {titel}
        <div class="soft">{underWords(task)}</div>
      </div>
      <Button look="quiet" label={t("minutes.edit", { titel })} onClick={() => (isOpen.value = true)}>
        {t("minutes.editShort")}
      </Button>
      <Button
        look="quiet"
        label={`${t("minutes.drop")}: ${titel}`}
        onClick={async () => saved(await dropDraft(task), t("minutes.dropped"))}
      >
        {t("minutes.drop")}
      </Button>
    </li>
  );
}

function underWords({ f, waiting }: Task): string {
  const kind = f.type && f.type !== "agreement" ? t(`minutes.type_${f.type}`) : null;
  const who = person(f.responsible)?.name ?? t("minutes.noWho");
  const when = f.due ? t("tasks.due", { dato: longDay(f.due, today.value) }) : t("minutes.noDay");
  return [kind, who, when, waiting && t("app.waits")].filter(Boolean).join(" · ");
}
