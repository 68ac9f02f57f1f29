import { saved } from "../../data/saved.ts";
import { type HandedOver, markReviewed, type Review } from "../../data/waiting.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { Head } from "./Head.tsx";
import css from "./OneReview.module.css";
import { Texts } from "./Texts.tsx";

/** What somebody wrote before their access ended, for the tovholder to look through. */
export function OneReview({ one }: { readonly one: Review }) {
  const navn = one.who ?? t("history.someone");
  return (
    <Card>
      <h3>{t("waiting.reviewBy", { navn })}</h3>
      <p class="soft">
        {[one.plan, one.until && t("waiting.reviewUntil", { tid: one.until })].filter(Boolean).join(" · ")}
      </p>
      <ul class={css.changes}>
        {one.changes.map((change) => (
          <li key={change.key}>
            <Handed change={change} plan={one.plan} />
          </li>
        ))}
      </ul>
      <Buttons>
        <Button
          onClick={async () => saved(await markReviewed(one), t("waiting.reviewedDone"))}
          label={`${t("waiting.reviewed")}: ${navn}`}
        >
          {t("waiting.reviewed")}
        </Button>
      </Buttons>
    </Card>
  );
}

function Handed({ change, plan }: { readonly change: HandedOver; readonly plan: string }) {
  return (
    <>
      <Head one={{ ...change, plan }} />
      <Texts written={change.written} />
    </>
  );
}
