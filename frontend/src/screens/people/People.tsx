import type { PersonID } from "../../../../sync/plan/plan.gen.ts";
import { members } from "../../data/people.ts";
import { chooseLeader, leader, mayAddPerson, mayChooseLeader, type Place, places } from "../../data/persons.ts";
import { saved } from "../../data/saved.ts";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { ChoiceField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { Add } from "./Add.tsx";
import { One } from "./One.tsx";
import css from "./People.module.css";

/** Everybody in the plan: who they are, what their field is, and since when; the nearest first (PR4, NO8d). */
export function People() {
  const near = places.value.filter(({ isNear }) => isNear);
  const others = places.value.filter(({ isNear }) => !isNear);
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("people.title")}
      </h1>
      {places.value.length === 0 && <Empty>{t("people.none")}</Empty>}
      <List title={t("people.near")} text={t("people.nearText")} of={near} />
      <List title={t("people.others")} of={others} />
      <Leader />
      {mayAddPerson.value && <Add />}
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly text?: string;
  readonly of: readonly Place[];
}

function List({ title, text, of }: ListProps) {
  if (of.length === 0) return null;
  return (
    <Block title={title}>
      {text && <p class={`soft ${css.text}`}>{text}</p>}
      <Card tight>
        <ul>
          {of.map((place) => (
            <One key={place.rec.id} place={place} />
          ))}
        </ul>
      </Card>
    </Block>
  );
}

/** Who answers for the plan in the municipality (NO8). */
function Leader() {
  const now = leader.value;
  if (!now && !mayChooseLeader.value) return null;
  const choices = members.value
    .filter(({ sector }) => sector !== "family" && sector !== "network")
    .map(({ id, name }) => ({ value: id as PersonID | "", words: name }));
  return (
    <Block title={t("people.leader")}>
      <Card>
        {mayChooseLeader.value ? (
          <ChoiceField<PersonID | "">
            label={t("people.leaderWho")}
            hint={now ? undefined : t("people.leaderNone")}
            value={now?.id ?? ""}
            choices={[{ value: "", words: t("people.leaderChoose") }, ...choices]}
            onChange={async (who) => saved(await chooseLeader(who), t("app.saved"))}
          />
        ) : (
          <p>{[now?.name, now?.title].filter(Boolean).join(", ")}</p>
        )}
      </Card>
    </Block>
  );
}
