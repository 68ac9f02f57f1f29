import { useSignal } from "@preact/signals";
import { today } from "../../data/case.ts";
import { type Consent, consents, mayAskConsent } from "../../data/consents.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords, longDay } from "../../text/dates.ts";
import { Answers } from "./Answers.tsx";
import { AskConsent } from "./AskConsent.tsx";
import css from "./Consents.module.css";

/** What may be shared with whom: what the family is asked, what it has said, and the way to take a yes back. */
export function Consents() {
  const isAsking = useSignal(false);
  const waits = consents.value.filter(({ standing }) => standing === "requested");
  const rest = consents.value.filter(({ standing }) => standing !== "requested");
  return (
    <>
      <h1 tabIndex={-1}>{t("consents.title")}</h1>
      <p class={css.lead}>{t("consents.lead")}</p>
      {waits.length > 0 && (
        <Block title={t("consents.waits")}>
          {waits.map((one) => (
            <One key={one.rec.id} one={one} />
          ))}
        </Block>
      )}
      <Block title={t("consents.all")}>
        {rest.length === 0 && <Card>{t("consents.none")}</Card>}
        {rest.map((one) => (
          <One key={one.rec.id} one={one} />
        ))}
      </Block>
      {mayAskConsent.value &&
        (isAsking.value ? (
          <AskConsent onDone={() => (isAsking.value = false)} />
        ) : (
          <Button wide onClick={() => (isAsking.value = true)}>
            {t("consents.ask")}
          </Button>
        ))}
    </>
  );
}

function One({ one }: { readonly one: Consent }) {
  const { f } = one.rec;
  const words = (sectors: Consent["rec"]["f"]["toSectors"]) => listWords((sectors ?? []).map((s) => t(`sector.${s}`)));
  const what = listWords((f.categories ?? []).map((c) => t(`consents.cat_${c}`)));
  return (
    <Card label={f.purpose}>
      <div class={css.head}>
        <h3 class={css.purpose}>{f.purpose}</h3>
        <span class={css[one.standing] ? `${css.state} ${css[one.standing]}` : css.state}>
          {t(`consents.is_${one.standing}`)}
        </span>
      </div>
      <dl class={css.facts}>
        <dt>{t("consents.what")}</dt>
        <dd>{what}</dd>
        <dt>{t("consents.from")}</dt>
        <dd>{words(f.fromSectors)}</dd>
        <dt>{t("consents.to")}</dt>
        <dd>{words(f.toSectors)}</dd>
        {one.standing === "given" && f.validTo && (
          <>
            <dt>{t("consents.until")}</dt>
            <dd>{longDay(f.validTo, today.value)}</dd>
          </>
        )}
      </dl>
      <Answers one={one} />
    </Card>
  );
}
