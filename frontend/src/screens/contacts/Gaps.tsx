import { useSignal } from "@preact/signals";
import { type Gap, gaps, mayAddContact } from "../../data/contacts.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Contacts.module.css";
import { Write } from "./Write.tsx";

/** The places that take part and have no way in (CP1, CP4): said until somebody is written in. */
export function Gaps() {
  if (gaps.value.length === 0) return null;
  return (
    <Block title={t("people.gaps")}>
      <div class={css.list}>
        {gaps.value.map((gap) => (
          <One key={gap.sector} gap={gap} />
        ))}
      </div>
    </Block>
  );
}

function One({ gap }: { readonly gap: Gap }) {
  const isOpen = useSignal(false);
  const sektor = t(`sector.${gap.sector}`);
  if (isOpen.value) return <Write sector={gap.sector} gap={gap} onClose={() => (isOpen.value = false)} />;
  return (
    <Card>
      <div class={css.gap}>
        <p class={css.missing}>{t("people.gap", { sektor })}</p>
        {mayAddContact.value ? (
          <Button wide label={t("people.contactNewLong", { sektor })} onClick={() => (isOpen.value = true)}>
            {t("people.contactNew")}
          </Button>
        ) : (
          <p class="soft">{t("people.gapAsk")}</p>
        )}
      </div>
    </Card>
  );
}
