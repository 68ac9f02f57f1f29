import { path, today } from "../../data/case.ts";
import { know, type Passing, running } from "../../data/handover.ts";
import { saved } from "../../data/saved.ts";
import { Baton } from "../../parts/Baton.tsx";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Handovers.module.css";
import { Knot } from "./Knot.tsx";

/**
 * What is under way with the rope: who is asked, who takes over, and who makes sure that everybody knows. It stands
 * below the next event, so that whom to call and what happens next stay in sight on the smallest phone.
 */
export function Handovers() {
  const shown = running.value.filter(({ to }) => to !== null);
  if (shown.length === 0) return null;
  return (
    <Knot title={t("handover.way")}>
      <Card>
        {shown.map((one) => (
          <One key={one.rec.id} one={one} />
        ))}
      </Card>
    </Knot>
  );
}

function One({ one }: { readonly one: Passing }) {
  const { from, to, on, mayAnswer, owesSeen, waiting } = one;
  if (!to) return null;
  const dato = on ? longDay(on, today.value) : "";
  const isTaken = one.state === "accepted" && (!on || on <= today.value);
  return (
    <div class={css.handover}>
      <Baton from={from?.first ?? ""} to={to.first} isTaken={isTaken} />
      <p>{t(sentence(one), { fra: from?.first ?? "", til: to.first, dato })}</p>
      {one.state === "accepted" && from && (
        <p class="soft">{t(from.isMe ? "handover.tellsMe" : "handover.tells", { fra: from.first })}</p>
      )}
      {waiting && <p class="soft">{t("app.waits")}</p>}
      {owesSeen && (
        <div class={css.act}>
          <Button wide onClick={async () => saved(await know(one), t("handover.seenDone"))}>
            {t("handover.seen")}
          </Button>
        </div>
      )}
      {mayAnswer ? (
        <div class={css.act}>
          <LinkButton href={path("/handover")} look="main" wide>
            {t("handover.readAnswer")}
          </LinkButton>
        </div>
      ) : (
        <a class={css.more} href={path("/handover")}>
          {t("handover.more")}
        </a>
      )}
    </div>
  );
}

function sentence({ state, from, to, on }: Passing): Key {
  if (state === "accepted") {
    if (on && on > today.value)
      return to?.isMe ? "handover.willMe" : from?.isMe ? "handover.willMine" : "handover.will";
    return to?.isMe ? "handover.isMe" : "handover.is";
  }
  if (!from) return to?.isMe ? "handover.askedMeNone" : "handover.askedNone";
  return to?.isMe ? "home.handoverMe" : from.isMe ? "home.handoverMine" : "home.handover";
}
