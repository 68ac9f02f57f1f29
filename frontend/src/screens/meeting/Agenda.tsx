import { limits } from "../../../../sync/plan/plan.gen.ts";
import { addPoint, isFamilys, mayAddPoint } from "../../data/agenda.ts";
import { useDraft } from "../../data/draft.ts";
import { agenda, type Meeting } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { AddLine } from "../../parts/AddLine.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Meeting.module.css";

/** What the meeting is about, point by point, with room for one's own. */
export function Agenda({ one }: { readonly one: Meeting }) {
  const items = agenda(one);
  if (items.length === 0 && !mayAddPoint(one)) return null;
  return (
    <Block title={t("meetings.agenda")}>
      <Card tight>
        <ol class={css.agenda}>
          {items.map((item) => (
            <li key={item.id}>
              {item.f.title}
              <div class="soft">{aboutPoint(item).filter(Boolean).join(" · ")}</div>
            </li>
          ))}
        </ol>
        {mayAddPoint(one) && <OwnPoint one={one} />}
      </Card>
    </Block>
  );
}

function aboutPoint(item: ReturnType<typeof agenda>[number]) {
  const { minutes, lead, proposedBy } = item.f;
  const by = person(proposedBy);
  return [
    minutes && t("meetings.minutes", { n: minutes }),
    person(lead)?.name,
    isFamilys(item) && by && t("meetings.pointBy", { navn: by.first }),
    item.waiting && t("app.waits"),
  ];
}

function OwnPoint({ one }: { readonly one: Meeting }) {
  const draft = useDraft(`ownPoint.${one.id}`);
  const onAdd = async (text: string) => {
    if (saved(await addPoint(one, text), t("meetings.ownPointAdded"))) draft.clear();
  };
  return (
    <div class={css.own}>
      <AddLine
        label={t("meetings.ownPoint")}
        button={t("meetings.ownPointAdd")}
        max={limits.agendaItem.title}
        value={draft.text.value}
        onInput={draft.write}
        onAdd={onAdd}
      />
    </div>
  );
}
