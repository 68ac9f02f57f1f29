import { limits, type PersonID, type Recurring } from "../../../../sync/plan/plan.gen.ts";
import { put } from "../../data/keep.ts";
import type { Meeting } from "../../data/meetings.ts";
import { members } from "../../data/people.ts";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Call.module.css";
import { Kept } from "./Kept.tsx";
import { told } from "./told.ts";

/** What most meetings do not need to say, folded away. */
export function More({ one }: { readonly one: Meeting }) {
  const people = members.value.map(({ id, name }) => ({ value: id, words: name }));
  return (
    <div class={css.more}>
      <Card tight>
        <details class={css.row}>
          <summary>{t("call.more")}</summary>
          <Kept rec={one} field="title" label={t("call.name")} max={limits.meeting.title} />
          <Kept rec={one} field="access" label={t("call.access")} max={limits.meeting.access} lines={2} />
          <Repeats one={one} />
          {(["chair", "minuteTaker"] as const).map((field) => (
            <ChoiceField<PersonID>
              key={field}
              label={t(`call.${field}`)}
              value={one.f[field] ?? ("" as PersonID)}
              choices={people}
              onChange={(who) => told(put(one, { [field]: who }))}
            />
          ))}
        </details>
      </Card>
    </div>
  );
}

function Repeats({ one }: { readonly one: Meeting }) {
  const choices = [
    { value: "", words: t("tasks.once") },
    { value: "weekly", words: t("tasks.weekly") },
    { value: "monthly", words: t("tasks.monthly") },
  ] as const;
  return (
    <ChoiceField<Recurring | "">
      label={t("call.recurring")}
      value={one.f.recurring ?? ""}
      choices={choices}
      onChange={(recurring) => told(put(one, { recurring: recurring || null }))}
    />
  );
}
