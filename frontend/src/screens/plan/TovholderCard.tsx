import { mayMake, me, path } from "../../data/case.ts";
import type { Person } from "../../data/people.ts";
import { type Holder, holders, looseTracks } from "../../data/tovholder.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Beside } from "../../parts/Beside.tsx";
import { LinkButton, tel } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords } from "../../text/dates.ts";
import { Knot } from "./Knot.tsx";
import css from "./TovholderCard.module.css";

/** Who holds the rope, and the widest button on the screen: call them. */
export function TovholderCard() {
  const [first, ...rest] = holders.value;
  if (!first) return <Nobody />;
  const over = first.person.isMe ? t("home.tovholderYou") : t(isFamily() ? "home.tovholder" : "home.tovholderOf");
  return (
    <Knot title={over} holds>
      <Card>
        <One holder={first} over={over} />
        {rest.map((holder) => (
          <div key={holder.person.id} class={css.next}>
            <One holder={holder} over={t("home.tovholderOf")} />
          </div>
        ))}
        {looseTracks.value.length > 0 && <Loose tracks={looseTracks.value} />}
      </Card>
    </Knot>
  );
}

// "Din tovholder" is said to the family; to a colleague it is somebody's.
function isFamily(): boolean {
  const role = me.value?.role;
  return role === "child" || role === "guardian" || role === "guardian_limited" || role === "network_limited";
}

function One({ holder, over }: { readonly holder: Holder; readonly over: string }) {
  const { person, tracks, isFirst, legalRole } = holder;
  const place = [person.title, person.organisation].filter(Boolean).join(", ");
  const best = person.bestTime && t("home.best", { tid: person.bestTime });
  return (
    <>
      <Beside mark={<Avatar initials={person.initials} size="large" holds />}>
        <div class="soft">{over}</div>
        <div class={css.name}>{person.name}</div>
        <div class={`soft ${css.place}`}>{[place, best].filter(Boolean).join(" · ")}</div>
        {tracks.length > 0 && <div>{t("handover.for", { spor: listWords(tracks) })}</div>}
        {legalRole && <div class="soft">{t(`handover.legal_${legalRole}`)}</div>}
      </Beside>
      {isFirst && !person.isMe && <p class={css.first}>{t("handover.callFirst", { navn: person.first })}</p>}
      <Call person={person} isMain={isFirst || tracks.length === 0} />
      <BackUp holder={holder} />
    </>
  );
}

/** Who steps in, and who answers when the person is gone (TH6). */
function BackUp({ holder: { person, substitute, unit } }: { readonly holder: Holder }) {
  if (!substitute && !unit) return null;
  const key = person.isMe ? "handover.substituteMine" : "handover.substitute";
  return (
    <div class={`soft ${css.backUp}`}>
      {substitute && <div>{t(key, { navn: person.first, afloeser: substitute.name })}</div>}
      {unit && <div>{t("handover.unitIs", { enhed: unit })}</div>}
    </div>
  );
}

function Call({ person, isMain }: { readonly person: Person; readonly isMain: boolean }) {
  if (person.isMe) return null;
  if (!person.phone) return <p class={`soft ${css.call}`}>{t("home.noPhone")}</p>;
  return (
    <div class={css.call}>
      <LinkButton
        href={tel(person.phone)}
        look={isMain ? "main" : "other"}
        icon="phone"
        wide
        label={t("home.callLong", { navn: person.name })}
      >
        {t("home.call", { navn: person.first })}
      </LinkButton>
    </div>
  );
}

/** A track that nobody holds is said where everybody looks first (R1). */
function Loose({ tracks }: { readonly tracks: readonly string[] }) {
  return (
    <div class={css.flag}>
      <p>{t("handover.loose", { spor: listWords(tracks) })}</p>
      {mayMake(me.value, "handover") && <a href={path("/handover")}>{t("handover.find")}</a>}
    </div>
  );
}

function Nobody() {
  const mayFind = mayMake(me.value, "handover");
  return (
    <Knot title={t("home.tovholderNone")} holds>
      <Card>
        <div class={css.name}>{t("home.tovholderNone")}</div>
        <p class={css.flag}>{t(mayFind ? "handover.noneText" : "home.tovholderNoneText")}</p>
        {mayFind && (
          <div class={css.call}>
            <LinkButton href={path("/handover")} look="main" wide>
              {t("handover.find")}
            </LinkButton>
          </div>
        )}
        <div class={css.call}>
          <LinkButton href={path("/contacts")} look={mayFind ? "other" : "main"} wide>
            {t("app.contacts")}
          </LinkButton>
        </div>
      </Card>
    </Knot>
  );
}
