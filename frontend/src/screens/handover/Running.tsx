import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { today } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { accept, decline, know, type Passing, withdraw } from "../../data/handover.ts";
import type { Person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Baton } from "../../parts/Baton.tsx";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Handover.module.css";
import { NoteSheet } from "./NoteSheet.tsx";

/** One handover that is not over: what is asked, the answer to give, and who does not know yet. */
export function Running({ one }: { readonly one: Passing }) {
  const { from, to, on, state } = one;
  const isTaken = state === "accepted" && (!on || on <= today.value);
  return (
    <Block title={t(state === "accepted" ? "handover.headTaken" : "handover.headAsked", { til: to?.first ?? "" })}>
      <Card>
        <Baton from={from?.first ?? ""} to={to?.first ?? ""} isTaken={isTaken} />
        <p>{lead(one)}</p>
        {state === "proposed" && from && <p class="soft">{stays(one, from)}</p>}
        {state === "accepted" && from && (
          <p class="soft">{t(from.isMe ? "handover.tellsMe" : "handover.tells", { fra: from.first })}</p>
        )}
        {one.waiting && <p class="soft">{t("app.waits")}</p>}
        {one.owesSeen && (
          <div class={css.gap}>
            <Button look="main" wide onClick={async () => saved(await know(one), t("handover.seenDone"))}>
              {t("handover.seen")}
            </Button>
          </div>
        )}
        {one.mayAnswer && <Answer one={one} />}
        {state === "accepted" && <Untold one={one} />}
        <NoteSheet one={one} />
        {one.mayWithdraw && (
          <Button look="quiet" wide onClick={async () => saved(await withdraw(one), t("handover.withdrawn"))}>
            {t("handover.withdraw")}
          </Button>
        )}
      </Card>
    </Block>
  );
}

function lead({ from, to, on, state }: Passing): string {
  const blanks = { navn: from?.first ?? "", til: to?.first ?? "", dato: on ? longDay(on, today.value) : "" };
  if (state === "accepted") return t(to?.isMe ? "handover.fromMe" : "handover.from", blanks);
  if (to?.isMe) return t(from ? "handover.ask" : "handover.askedMeNone", blanks);
  return t("handover.askOther", blanks);
}

function stays({ to }: Passing, from: Person): string {
  if (to?.isMe) return t("handover.keep", { navn: from.first });
  return from.isMe
    ? t("handover.keepMine", { til: to?.first ?? "" })
    : t("handover.keepOther", { navn: from.first, til: to?.first ?? "" });
}

function Answer({ one }: { readonly one: Passing }) {
  const isRefusing = useSignal(false);
  // An answer that comes late begins today, as the server will have it.
  const isLate = !one.on || one.on < today.value;
  const dato = longDay(isLate ? today.value : (one.on ?? ""), today.value);
  if (isRefusing.value) return <Refuse one={one} onClose={() => (isRefusing.value = false)} />;
  return (
    <div class={css.gap}>
      <Button look="main" wide onClick={async () => saved(await accept(one), t("handover.accepted"))}>
        {t("handover.accept", { dato })}
      </Button>
      <Button look="quiet" wide onClick={() => (isRefusing.value = true)}>
        {t("handover.refuse")}
      </Button>
    </div>
  );
}

function Refuse({ one, onClose }: { readonly one: Passing; readonly onClose: () => void }) {
  const draft = useDraft(`refuse.${one.rec.id}`);
  const isMissing = useSignal(false);
  const onSend = async (event: Event) => {
    event.preventDefault();
    const why = draft.text.value.trim();
    isMissing.value = !why;
    if (why && saved(await decline(one, why), t("handover.refused"))) draft.clear();
  };
  return (
    <form class={css.gap} onSubmit={onSend}>
      <TextField
        label={t("handover.refuseWhy")}
        error={isMissing.value ? t("handover.needWhy") : undefined}
        value={draft.text.value}
        onInput={draft.write}
        max={limits.note.text}
        lines={2}
      />
      <Button submit look="main" wide>
        {t("handover.refuseSend")}
      </Button>
      <Button look="quiet" wide onClick={onClose}>
        {t("app.cancel")}
      </Button>
    </form>
  );
}

/** Who does not know yet (R3); the outgoing one says who was told on the phone. */
function Untold({ one }: { readonly one: Passing }) {
  if (one.untold.length === 0) return <p class={css.gap}>{t("handover.allTold")}</p>;
  return (
    <div class={css.gap}>
      <h3>{t("handover.untold")}</h3>
      <ul class={css.list}>
        {one.untold.map((person) => (
          <li key={person.id}>
            <span>{person.isMe ? t("tasks.me", { navn: person.name }) : person.name}</span>
            {one.mayTell && (
              <Button
                label={t("handover.toldLong", { navn: person.name })}
                onClick={async () => saved(await know(one, person.id), t("handover.toldDone", { navn: person.first }))}
              >
                {t("handover.told")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
