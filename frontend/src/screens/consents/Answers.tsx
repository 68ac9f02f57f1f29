import { useSignal } from "@preact/signals";
import type { Answer, PersonID } from "../../../../sync/plan/plan.gen.ts";
import { answer, type Consent } from "../../data/consents.ts";
import { saved } from "../../data/saved.ts";
import { sync } from "../../data/store.ts";
import { Button } from "../../parts/Button.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Consents.module.css";

/** Who has said what, and one's own answer. A yes needs the network: it must count at once, and for what is asked now (R52). */
export function Answers({ one }: { readonly one: Consent }) {
  const isTakingBack = useSignal(false);
  const isOffline = !sync.value.reachable;
  const say = async (what: Answer, person?: PersonID) => {
    if (saved(await answer(one.rec.id, what, person), t(`consents.said_${what}`))) isTakingBack.value = false;
  };
  return (
    <>
      <ul class={css.answers}>
        {one.asked.map(({ person, answer: what }) => (
          <li key={person.id}>
            <span>{person.name}</span> <b>{t(`consents.answer_${what ?? "none"}`)}</b>
          </li>
        ))}
      </ul>
      {one.isOwed && (
        <div class={css.own}>
          <p class="soft">{t(isOffline ? "consents.needsNet" : "consents.free")}</p>
          <Button look="main" wide busy={isOffline} onClick={() => void say("yes")}>
            {t("consents.yes")}
          </Button>
          <Button wide onClick={() => void say("no")}>
            {t("consents.no")}
          </Button>
        </div>
      )}
      {one.mayWithdraw &&
        (isTakingBack.value ? (
          <div class={css.own}>
            <p>{t("consents.backText")}</p>
            <Button look="main" wide onClick={() => void say("withdrawn")}>
              {t("consents.backYes")}
            </Button>
            <Button look="quiet" wide onClick={() => (isTakingBack.value = false)}>
              {t("consents.backNo")}
            </Button>
          </div>
        ) : (
          <Button look="quiet" onClick={() => (isTakingBack.value = true)}>
            {t("consents.back")}
          </Button>
        ))}
      {one.mayRecord.length > 0 && (
        <details class={css.oral}>
          <summary>{t("consents.oral")}</summary>
          <p class="soft">{t("consents.oralText")}</p>
          {one.mayRecord.map(({ id, name }) => (
            <div key={id} class={css.heard}>
              <Button busy={isOffline} onClick={() => void say("yes", id)}>
                {t("consents.oralYes", { navn: name })}
              </Button>
              <Button look="quiet" onClick={() => void say("no", id)}>
                {t("consents.oralNo", { navn: name })}
              </Button>
            </div>
          ))}
        </details>
      )}
    </>
  );
}
