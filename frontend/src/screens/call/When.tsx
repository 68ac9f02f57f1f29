import { limits } from "../../../../sync/plan/plan.gen.ts";
import { today } from "../../data/case.ts";
import { deadlineWords } from "../../data/deadlines.ts";
import { useRevision } from "../../data/draft.ts";
import { beginningAt, type When as Moment, missingIn, momentsOf, setWhen, whenOf } from "../../data/invite.ts";
import type { Meeting } from "../../data/meetings.ts";
import { saved } from "../../data/saved.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { DayField, TimeField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Call.module.css";
import { Kept } from "./Kept.tsx";

/** The time of a meeting, and what must happen before it. */
export function When({ one }: { readonly one: Meeting }) {
  const held = whenOf(one);
  const { values, write, clear } = useRevision(`when.${one.id}`, { ...held } as Record<keyof Moment, string>);
  const onChange = async (next: Moment) => {
    for (const name of ["day", "from", "to"] as const) write(name, next[name]);
    const done = await setWhen(one, next);
    if (done && saved(done, t("app.saved"))) clear();
    else if (momentsOf(next)) clear();
  };
  const now = values.value as Moment;
  return (
    <Block title={t("call.when")}>
      <Card>
        <DayField
          label={t("call.day")}
          min={today.value}
          value={now.day}
          onInput={(day) => onChange({ ...now, day })}
        />
        <div class={css.times}>
          <TimeField label={t("call.from")} value={now.from} onInput={(from) => onChange(beginningAt(now, from))} />
          <TimeField label={t("call.to")} value={now.to} onInput={(to) => onChange({ ...now, to })} />
        </div>
        <Deadlines one={one} />
      </Card>
    </Block>
  );
}

function Deadlines({ one }: { readonly one: Meeting }) {
  const missing = missingIn(one);
  const isAgendaLate = missing.includes("meeting.agendaLate") || Boolean(one.f.agendaLate);
  const isHeldLate = missing.includes("meeting.heldLate") || Boolean(one.f.heldLate);
  return (
    <>
      {deadlineWords(one).map((words) => (
        <p key={words} class={css.deadline}>
          {words}
        </p>
      ))}
      {isAgendaLate && (
        <Kept
          rec={one}
          field="agendaLate"
          label={t("call.agendaLate")}
          hint={t("call.lateWho")}
          max={limits.meeting.agendaLate}
          lines={2}
        />
      )}
      {isHeldLate && (
        <Kept
          rec={one}
          field="heldLate"
          label={t("call.heldLate")}
          hint={t("call.lateWho")}
          max={limits.meeting.heldLate}
          lines={2}
        />
      )}
    </>
  );
}
