import { useSignal } from "@preact/signals";
import { useState } from "preact/hooks";
import { limits, type RecordID } from "../../../../sync/plan/plan.gen.ts";
import type { Meeting } from "../../data/meetings.ts";
import { draftAgreements, type Part, partsOf, writePart } from "../../data/minutes.ts";
import { newID } from "../../data/store.ts";
import type { Task } from "../../data/tasks.ts";
import { useWriting } from "../../data/writing.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { AgreementForm } from "./AgreementForm.tsx";
import { AgreementRow } from "./AgreementRow.tsx";
import css from "./OnePart.module.css";

interface Props {
  readonly meeting: Meeting;
  readonly part: Part;
}

/** One point of the agenda: what was said about it, and under it what was agreed. */
export function OnePart({ meeting, part }: Props) {
  const isAdding = useSignal(false);
  const { heading, item } = part;
  return (
    <section class={css.part} id={`part-${part.key}`} aria-label={heading}>
      <h2>{heading}</h2>
      <Card>
        <Text meeting={meeting} part={part} />
        <ul>
          {agreedUnder(meeting, part).map((task) => (
            <AgreementRow key={task.id} meeting={meeting} task={task} />
          ))}
        </ul>
        {isAdding.value ? (
          <AgreementForm meeting={meeting} item={item} onClose={() => (isAdding.value = false)} />
        ) : (
          <Button
            look="quiet"
            icon="plus"
            label={t("minutes.newAgreementIn", { punkt: heading })}
            onClick={() => (isAdding.value = true)}
          >
            {t("minutes.newAgreement")}
          </Button>
        )}
      </Card>
    </section>
  );
}

// Under its point of the agenda, once; what belongs to none, or to one that is gone, stands last.
function agreedUnder(meeting: Meeting, part: Part): readonly Task[] {
  const all = draftAgreements(meeting);
  if (part.item) return part.key === part.item.id ? all.filter(({ f }) => f.item === (part.item?.id as string)) : [];
  const items = partsOf(meeting).map(({ item }) => item?.id as string | undefined);
  return part.key === "loose" ? all.filter(({ f }) => !f.item || !items.includes(f.item)) : [];
}

/** What is typed stays in this component: the page is drawn anew only when it is saved. */
function Text({ meeting, part }: Props) {
  const [fresh] = useState(() => newID<RecordID>());
  const id = part.section?.id ?? fresh;
  const { text, write, keep } = useWriting(`minutes.${meeting.id}.${part.key}`, {
    read: () => part.section?.f.text ?? "",
    save: (next) => writePart(meeting, id, part, next),
  });
  return (
    <div class={css.text}>
      <TextField
        label={t("minutes.text")}
        value={text.value}
        onInput={write}
        onDone={() => void keep()}
        max={limits.minutesSection.text}
        lines={4}
      />
    </div>
  );
}
