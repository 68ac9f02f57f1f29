import { useSignal } from "@preact/signals";
import { limits, type PersonID } from "../../../../sync/plan/plan.gen.ts";
import { useRevision } from "../../data/draft.ts";
import { members, tovholders } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { backUp, chooseFirst, type Holder, holders, mayBackUp, mayChooseFirst } from "../../data/tovholder.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";

/** Of several who hold the rope, the one whom the family calls first (TN5). */
export function First() {
  if (holders.value.length < 2 || !mayChooseFirst.value) return null;
  return (
    <Block title={t("handover.first")}>
      <Card>
        <ChoiceField
          label={t("handover.firstWho")}
          value={tovholders.value[0]?.id as string}
          choices={tovholders.value.map(({ id, name }) => ({ value: id as string, words: name }))}
          onChange={async (who) => saved(await chooseFirst(who as PersonID), t("app.saved"))}
        />
      </Card>
    </Block>
  );
}

/** Who steps in for a tovholder, and which unit answers when the person is gone (TH6). */
export function BackUp({ holder }: { readonly holder: Holder }) {
  const isOpen = useSignal(false);
  const { person, substitute, unit } = holder;
  const mayWrite = mayBackUp(holder);
  if (!mayWrite && !substitute && !unit) return null;
  return (
    <Block title={t("handover.backUp", { navn: person.first })}>
      <Card>
        {isOpen.value ? (
          <Form holder={holder} onClose={() => (isOpen.value = false)} />
        ) : (
          <>
            <p>{substitute ? substitute.name : t("handover.noSubstitute")}</p>
            <p class="soft">{unit ? t("handover.unitIs", { enhed: unit }) : t("handover.noUnit")}</p>
            {mayWrite && (
              <Button look="quiet" label={t("handover.backUpEdit")} onClick={() => (isOpen.value = true)}>
                {t("handover.backUpEdit")}
              </Button>
            )}
          </>
        )}
      </Card>
    </Block>
  );
}

function Form({ holder, onClose }: { readonly holder: Holder; readonly onClose: () => void }) {
  const from: Readonly<Record<"substitute" | "unit", string>> = {
    substitute: holder.substitute?.id ?? "",
    unit: holder.unit,
  };
  const draft = useRevision(`backup.${holder.rec.id}`, from);
  const { substitute, unit } = draft.values.value;
  const choices = members.value
    .filter(({ id }) => id !== holder.person.id)
    .map(({ id, name }) => ({ value: id as string, words: name }));
  const close = () => {
    draft.clear();
    onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (saved(await backUp(holder, substitute as PersonID | "", unit.trim()), t("app.saved"))) close();
  };
  return (
    <form onSubmit={onSave}>
      <ChoiceField
        label={t("handover.substituteWho")}
        value={substitute}
        choices={[{ value: "", words: t("handover.noSubstitute") }, ...choices]}
        onChange={(who) => draft.write("substitute", who)}
      />
      <TextField
        label={t("handover.unit")}
        hint={t("handover.unitHint")}
        value={unit}
        onInput={(text) => draft.write("unit", text)}
        max={limits.tovholder.unit}
      />
      <Button submit look="main" wide>
        {t("handover.save")}
      </Button>
      <Button look="quiet" wide onClick={close}>
        {t("app.cancel")}
      </Button>
    </form>
  );
}
