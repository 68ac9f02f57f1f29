import { past, running } from "../../data/handover.ts";
import { mayPropose } from "../../data/proposal.ts";
import { holders } from "../../data/tovholder.ts";
import { Empty } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { BackUp, First } from "./BackUp.tsx";
import css from "./Handover.module.css";
import { Past } from "./Past.tsx";
import { Propose } from "./Propose.tsx";
import { Running } from "./Running.tsx";

/** The rope: who holds it, who is asked to take it, who knows, and the form that asks somebody. */
export function Handover() {
  const isQuiet = running.value.length === 0 && !mayPropose.value;
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("handover.title")}
      </h1>
      {running.value.map((one) => (
        <Running key={one.rec.id} one={one} />
      ))}
      {mayPropose.value && <Propose />}
      {isQuiet && <Empty>{t("handover.none")}</Empty>}
      <First />
      {holders.value.map((holder) => (
        <BackUp key={holder.rec.id} holder={holder} />
      ))}
      {past.value.length > 0 && <Past />}
    </>
  );
}
