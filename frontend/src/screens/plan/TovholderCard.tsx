import { me, path, today } from "../../data/case.ts";
import { handover, type Person, tovholders } from "../../data/people.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Beside } from "../../parts/Beside.tsx";
import { LinkButton, tel } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import { Knot } from "./Knot.tsx";
import css from "./TovholderCard.module.css";

/** Who holds the rope, and the widest button on the screen: call them. */
export function TovholderCard() {
  const [first, ...rest] = tovholders.value;
  if (!first) return <Nobody />;
  const over = first.isMe ? t("home.tovholderYou") : t(isFamily() ? "home.tovholder" : "home.tovholderOf");
  return (
    <Knot title={over} holds>
      <Card>
        <One person={first} over={over} />
        {rest.map((person) => (
          <div key={person.id} class={css.next}>
            <One person={person} over={t("home.tovholderOf")} />
          </div>
        ))}
        <Handover />
      </Card>
    </Knot>
  );
}

// "Din tovholder" is said to the family; to a colleague it is somebody's.
function isFamily(): boolean {
  const role = me.value?.role;
  return role === "child" || role === "guardian" || role === "guardian_limited" || role === "network_limited";
}

function One({ person, over }: { readonly person: Person; readonly over: string }) {
  const place = [person.title, person.organisation].filter(Boolean).join(", ");
  const best = person.bestTime && t("home.best", { tid: person.bestTime });
  return (
    <>
      <Beside mark={<Avatar initials={person.initials} size="large" holds />}>
        <div class="soft">{over}</div>
        <div class={css.name}>{person.name}</div>
        <div class={`soft ${css.place}`}>{[place, best].filter(Boolean).join(" · ")}</div>
      </Beside>
      <Call person={person} />
    </>
  );
}

function Call({ person }: { readonly person: Person }) {
  if (person.isMe) return null;
  if (!person.phone) return <p class={`soft ${css.call}`}>{t("home.noPhone")}</p>;
  return (
    <div class={css.call}>
      <LinkButton
        href={tel(person.phone)}
        look="main"
        icon="phone"
        wide
        label={t("home.callLong", { navn: person.name })}
      >
        {t("home.call", { navn: person.first })}
      </LinkButton>
    </div>
  );
}

function Handover() {
  const asked = handover.value;
  if (!asked) return null;
  const { from, to, on } = asked;
  const dato = on ? longDay(on, today.value) : "";
  const key = to.isMe ? "home.handoverMe" : from.isMe ? "home.handoverMine" : "home.handover";
  return <p class={css.handover}>{t(key, { fra: from.first, til: to.first, dato })}</p>;
}

function Nobody() {
  return (
    <Knot title={t("home.tovholderNone")} holds>
      <Card>
        <div class={css.name}>{t("home.tovholderNone")}</div>
        <p class="soft">{t("home.tovholderNoneText")}</p>
        <div class={css.call}>
          <LinkButton href={path("/contacts")} look="main" wide>
            {t("app.contacts")}
          </LinkButton>
        </div>
      </Card>
    </Knot>
  );
}
