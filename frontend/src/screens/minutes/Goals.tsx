import { useSignal } from "@preact/signals";
import { limits, type PersonID } from "../../../../sync/plan/plan.gen.ts";
import { me, planName, space } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import type { Meeting } from "../../data/meetings.ts";
import { agreeGoal, draftGoals, dropDraft, present } from "../../data/minutes.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ManyChips } from "../../parts/Chips.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords } from "../../text/dates.ts";
import { quoted } from "../../text/names.ts";
import css from "./AgreementRow.module.css";

/** The goals that were agreed on in a meeting, with the child's own words. */
export function Goals({ meeting }: { readonly meeting: Meeting }) {
  const isAdding = useSignal(false);
  return (
    <Block title={t("minutes.goals")}>
      <Card>
        <ul>
          {draftGoals(meeting).map((goal) => (
            <li key={goal.id} class={css.row}>
              <div class={css.text}>
                {goal.f.title}
                {goal.f.childWords && <div class="soft">{quoted(goal.f.childWords)}</div>}
                <div class="soft">
                  {listWords((goal.f.agreedBy ?? []).map((id) => person(id)?.first ?? t("app.someone")))}
                </div>
              </div>
              <Button
                look="quiet"
                label={`${t("minutes.drop")}: ${goal.f.title}`}
                onClick={async () => saved(await dropDraft(goal), t("minutes.dropped"))}
              >
                {t("minutes.drop")}
              </Button>
            </li>
          ))}
        </ul>
        {isAdding.value ? (
          <NewGoal meeting={meeting} onClose={() => (isAdding.value = false)} />
        ) : (
          <Button look="quiet" icon="plus" onClick={() => (isAdding.value = true)}>
            {t("minutes.newGoal")}
          </Button>
        )}
      </Card>
    </Block>
  );
}

const empty = { title: "", childWords: "" };

function NewGoal({ meeting, onClose }: { readonly meeting: Meeting; readonly onClose: () => void }) {
  const draft = useRevision(`goal.${meeting.id}`, empty);
  const agreed = useSignal<ReadonlySet<PersonID>>(new Set(me.value ? [me.value.person] : []));
  const { title, childWords } = draft.values.value;
  const navn = space.value ? planName(space.value) : "";
  const people = present(meeting).flatMap(({ f }) => person(f.person) ?? []);
  const onPress = (who: PersonID) => {
    const next = new Set(agreed.value);
    if (!next.delete(who)) next.add(who);
    agreed.value = next;
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    const made = { title: title.trim(), childWords: childWords.trim(), agreedBy: [...agreed.value] };
    if (!made.title || !saved(await agreeGoal(meeting, made), t("minutes.goalSaved"))) return;
    draft.clear();
    onClose();
  };
  return (
    <form onSubmit={onSave}>
      <TextField
        label={t("minutes.goalTitle")}
        value={title}
        onInput={(text) => draft.write("title", text)}
        max={limits.goal.title}
      />
      <TextField
        label={t("minutes.childWords", { navn })}
        value={childWords}
        onInput={(text) => draft.write("childWords", text)}
        max={limits.goal.childWords}
        lines={2}
      />
      <ManyChips
        legend={t("minutes.goalWho")}
        values={agreed.value}
        choices={people.map(({ id, first }) => ({ value: id, words: first }))}
        onPress={onPress}
      />
      <Buttons>
        <Button submit look="main">
          {t("minutes.goalSave")}
        </Button>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
      </Buttons>
    </form>
  );
}
