import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { space, today } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import type { Meeting } from "../../data/meetings.ts";
import {
  type Agreed,
  agree,
  agreedIn,
  agreementTypes,
  changeAgreement,
  goalsAt,
  type Item,
  nothingAgreed,
  present,
} from "../../data/minutes.ts";
import { membersIn } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import type { Task } from "../../data/tasks.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { OneChip } from "../../parts/Chips.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { addDays } from "../../text/dates.ts";
import css from "./AgreementForm.module.css";

interface Props {
  readonly meeting: Meeting;
  readonly item: Item | null;
  /** The agreement to put right; without one, a new one is made. */
  readonly task?: Task;
  readonly onClose: () => void;
}

/** One agreement: what, who, when, and what kind. What is filled in survives a call or a crash. */
export function AgreementForm({ meeting, item, task, onClose }: Props) {
  const draft = useRevision<Agreed>(
    `agreed.${task?.id ?? `${meeting.id}.${item?.id ?? ""}`}`,
    task ? agreedIn(task) : nothingAgreed,
  );
  const form = useRef<HTMLFormElement>(null);
  const isMissing = useSignal(false);
  const { title, responsible, due, type, goal } = draft.values.value;
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const close = () => {
    draft.clear();
    onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    isMissing.value = !title.trim();
    if (isMissing.value) return;
    const made = { title: title.trim(), responsible, due, type, goal };
    const done = task ? await changeAgreement(meeting, task, made) : await agree(meeting, item, made);
    if (done === null || saved(done, t("minutes.saved"))) close();
  };
  return (
    <form class={css.form} ref={form} onSubmit={onSave}>
      <TextField
        label={t("minutes.what")}
        error={isMissing.value && !title.trim() ? t("minutes.needWhat") : undefined}
        value={title}
        onInput={(text) => draft.write("title", text)}
        max={limits.task.title}
      />
      <Who meeting={meeting} who={responsible} onChange={(who) => draft.write("responsible", who)} />
      <When due={due} onChange={(day) => draft.write("due", day)} />
      <OneChip
        legend={t("minutes.type")}
        value={type}
        choices={agreementTypes.map((value) => ({ value: value as string, words: t(`minutes.type_${value}`) }))}
        onPress={(value) => draft.write("type", value)}
      />
      <ToGoal meeting={meeting} goal={goal} onChange={(id) => draft.write("goal", id)} />
      <Buttons>
        <Button submit look="main">
          {t("minutes.save")}
        </Button>
        <Button onClick={close}>{t("app.cancel")}</Button>
      </Buttons>
    </form>
  );
}

interface WhoProps {
  readonly meeting: Meeting;
  readonly who: string;
  readonly onChange: (who: string) => void;
}

// Who was there is one press away; everybody else in the plan is in a list.
function Who({ meeting, who, onChange }: WhoProps) {
  const members = membersIn(space.value, today.value);
  const there = new Set(present(meeting).map(({ f }) => f.person));
  const near = members.filter(({ id }) => there.has(id));
  const far = members.filter(({ id }) => !there.has(id));
  const isTwice = (first: string) => near.filter((one) => one.first === first).length > 1;
  const chips = near.map(({ id, first, name }) => ({ value: id as string, words: isTwice(first) ? name : first }));
  const rest = far.map(({ id, name }) => ({ value: id as string, words: name }));
  return (
    <>
      <OneChip legend={t("minutes.who")} value={who} choices={chips} onPress={onChange} />
      {rest.length > 0 && (
        <ChoiceField
          label={t("minutes.whoElse")}
          value={rest.some(({ value }) => value === who) ? who : ""}
          choices={[{ value: "", words: t("minutes.choose") }, ...rest]}
          onChange={onChange}
        />
      )}
    </>
  );
}

// What it is done for (PT2): of the plan's goals, or one that was just agreed on.
function ToGoal({
  meeting,
  goal,
  onChange,
}: {
  readonly meeting: Meeting;
  readonly goal: string;
  readonly onChange: (goal: string) => void;
}) {
  const choices = goalsAt(meeting);
  if (choices.length === 0) return null;
  return (
    <ChoiceField<string>
      label={t("tasks.goal")}
      value={goal}
      choices={[{ value: "", words: t("tasks.noGoal") }, ...choices]}
      onChange={onChange}
    />
  );
}

const quick = [
  [7, "minutes.inWeek"],
  [14, "minutes.inTwoWeeks"],
  [28, "minutes.inMonth"],
] as const;

function When({ due, onChange }: { readonly due: string; readonly onChange: (day: string) => void }) {
  const choices = quick.map(([days, words]) => ({ value: addDays(today.value, days), words: t(words) }));
  return (
    <>
      <OneChip legend={t("minutes.by")} value={due} choices={choices} onPress={onChange} />
      <DayField label={t("minutes.otherDay")} min={today.value} value={due} onInput={onChange} />
    </>
  );
}
