import { limits, type PersonID } from "../../../../sync/plan/plan.gen.ts";
import { addPoint, type Item, isFamilys, moveUp, removePoint, suggestAgenda } from "../../data/agenda.ts";
import { useDraft } from "../../data/draft.ts";
import { put } from "../../data/keep.ts";
import { agenda, type Meeting } from "../../data/meetings.ts";
import { members, person } from "../../data/people.ts";
import { AddLine } from "../../parts/AddLine.tsx";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Call.module.css";
import { Kept } from "./Kept.tsx";
import { told } from "./told.ts";

/** The agenda while it is written: the family's points first, a suggestion for the rest. */
export function Points({ one }: { readonly one: Meeting }) {
  const items = agenda(one);
  const draft = useDraft(`point.${one.id}`);
  const onAdd = async (text: string) => {
    if (await told(addPoint(one, text))) draft.clear();
  };
  return (
    <Block title={t("call.agenda")}>
      <Card>
        <p class="soft">{t("call.agendaHint")}</p>
        <ol class={css.rows}>
          {items.map((item, i) => (
            <Point key={item.id} one={one} item={item} n={i + 1} />
          ))}
        </ol>
        {items.every(isFamilys) && (
          <div class={css.suggest}>
            <Button look="main" wide onClick={() => told(suggestAgenda(one))}>
              {t("call.suggest")}
            </Button>
          </div>
        )}
        <AddLine
          label={t("call.point")}
          button={t("call.pointAdd")}
          max={limits.agendaItem.title}
          value={draft.text.value}
          onInput={draft.write}
          onAdd={onAdd}
        />
      </Card>
    </Block>
  );
}

interface PointProps {
  readonly one: Meeting;
  readonly item: Item;
  readonly n: number;
}

function Point({ one, item, n }: PointProps) {
  const { title, minutes, lead, proposedBy } = item.f;
  const about = [
    minutes && t("meetings.minutes", { n: minutes }),
    person(lead)?.name,
    isFamilys(item) && proposedBy && t("meetings.pointBy", { navn: person(proposedBy)?.first ?? t("app.someone") }),
  ];
  return (
    <li>
      <details class={css.row}>
        <summary>
          <span class={css.summary}>
            <span>{`${n}. ${title ?? ""}`}</span>
            <span class="soft">{about.filter(Boolean).join(" · ")}</span>
          </span>
        </summary>
        <Kept rec={item} field="title" label={t("call.pointTitle")} max={limits.agendaItem.title} />
        <Length item={item} />
        <Lead item={item} />
        <Buttons>
          {n > 1 && <Button onClick={() => told(moveUp(one, item))}>{t("call.up")}</Button>}
          <Button onClick={() => told(removePoint(item), t("call.removed"))}>{t("call.remove")}</Button>
        </Buttons>
      </details>
    </li>
  );
}

const lengths = [5, 10, 15, 20, 30, 45, 60];

function Length({ item }: { readonly item: Item }) {
  const now = item.f.minutes;
  const known = now && !lengths.includes(now) ? [...lengths, now].sort((a, b) => a - b) : lengths;
  const choices = [
    { value: "", words: t("call.nobody") },
    ...known.map((n) => ({ value: String(n), words: t("meetings.minutes", { n }) })),
  ];
  return (
    <ChoiceField
      label={t("call.pointMinutes")}
      value={now ? String(now) : ""}
      choices={choices}
      onChange={(value) => told(put(item, { minutes: value ? Number(value) : null }))}
    />
  );
}

function Lead({ item }: { readonly item: Item }) {
  const choices = [
    { value: "" as PersonID | "", words: t("call.nobody") },
    ...members.value.map(({ id, name }) => ({ value: id as PersonID | "", words: name })),
  ];
  return (
    <ChoiceField
      label={t("call.pointLead")}
      value={item.f.lead ?? ""}
      choices={choices}
      onChange={(lead) => told(put(item, { lead: lead || null }))}
    />
  );
}
