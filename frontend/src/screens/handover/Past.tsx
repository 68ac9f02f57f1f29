import { today } from "../../data/case.ts";
import { type Passing, past } from "../../data/handover.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Handover.module.css";
import { NoteSheet } from "./NoteSheet.tsx";

/** Handovers that are over, with the notes they left. */
export function Past() {
  return (
    <Block title={t("handover.past")}>
      {past.value.map((one) => (
        <Card key={one.rec.id} tight>
          <details>
            <summary class={css.summary}>{line(one)}</summary>
            <NoteSheet one={one} />
          </details>
        </Card>
      ))}
    </Block>
  );
}

function line({ from, to, on, state }: Passing): string {
  const dato = on ? longDay(on, today.value) : "";
  const isTaken = state === "completed" || state === "accepted";
  const key = isTaken ? "handover.pastTaken" : state === "declined" ? "handover.pastNo" : "handover.pastBack";
  return t(key, { fra: from?.first ?? "", til: to?.first ?? "", dato });
}
