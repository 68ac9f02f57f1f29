import { useSignal } from "@preact/signals";
import { limits, type Sector } from "../../../../sync/plan/plan.gen.ts";
import { caseID } from "../../data/case.ts";
import { askConsent, categories, services, whoAnswers } from "../../data/consents.ts";
import { useDraft } from "../../data/draft.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ManyChips } from "../../parts/Chips.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords } from "../../text/dates.ts";
import css from "./Consents.module.css";

/** Asks the family: what for, what, from whom, to whom. Whom it is put to follows from custody and age (R34, R36). */
export function AskConsent({ onDone }: { readonly onDone: () => void }) {
  const draft = useDraft(`consent.${caseID.value}`);
  const from = useSignal<ReadonlySet<Sector>>(new Set());
  const to = useSignal<ReadonlySet<Sector>>(new Set());
  const what = useSignal<ReadonlySet<(typeof categories)[number]>>(new Set());
  const isMissing = useSignal(false);
  const purpose = draft.text.value.trim();
  const people = whoAnswers.value;
  const isWhole = purpose && from.value.size && to.value.size && what.value.size && people.length;
  const onSend = async (event: Event) => {
    event.preventDefault();
    isMissing.value = !isWhole;
    if (!isWhole) return;
    const wish = { purpose, from: from.value, to: to.value, categories: what.value };
    if (!saved(await askConsent(wish), t("consents.asked"))) return;
    draft.clear();
    onDone();
  };
  const choices = services.value.map((value) => ({ value, words: t(`sector.${value}`) }));
  return (
    <Block title={t("consents.ask")}>
      <Card>
        <form onSubmit={onSend}>
          <TextField
            label={t("consents.purpose")}
            hint={t("consents.purposeHint")}
            error={isMissing.value && !purpose ? t("consents.needPurpose") : undefined}
            value={draft.text.value}
            onInput={draft.write}
            max={limits.consent.purpose}
            lines={3}
          />
          <ManyChips
            legend={t("consents.what")}
            choices={categories.map((value) => ({ value, words: t(`consents.cat_${value}`) }))}
            values={what.value}
            onPress={(one) => (what.value = turned(what.value, one))}
          />
          <ManyChips
            legend={t("consents.from")}
            choices={choices}
            values={from.value}
            onPress={(one) => (from.value = turned(from.value, one))}
          />
          <ManyChips
            legend={t("consents.to")}
            choices={choices}
            values={to.value}
            onPress={(one) => (to.value = turned(to.value, one))}
          />
          <p class={css.promise}>
            {people.length > 0
              ? t("consents.whoIs", { navne: listWords(people.map(({ name }) => name)) })
              : t("consents.nobody")}
          </p>
          {isMissing.value && !isWhole && <p role="alert">{t("consents.needAll")}</p>}
          <Button submit look="main" wide>
            {t("consents.send")}
          </Button>
          <Button look="quiet" wide onClick={onDone}>
            {t("consents.notNow")}
          </Button>
        </form>
      </Card>
    </Block>
  );
}

function turned<V>(had: ReadonlySet<V>, one: V): ReadonlySet<V> {
  const now = new Set(had);
  if (!now.delete(one)) now.add(one);
  return now;
}
