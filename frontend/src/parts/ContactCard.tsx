import type { ComponentChildren } from "preact";
import { t } from "../text/catalogue.ts";
import { Avatar } from "./Avatar.tsx";
import { Beside } from "./Beside.tsx";
import { LinkButton, tel } from "./Button.tsx";
import { Card } from "./Card.tsx";
import css from "./ContactCard.module.css";

interface Props {
  readonly person: {
    readonly name: string;
    readonly first: string;
    readonly initials: string;
    readonly title: string;
    readonly organisation: string;
    readonly phone: string | null;
    readonly bestTime: string | null;
    readonly isMe: boolean;
  };
  /** A sentence about this person's place, above the name. */
  readonly over?: string;
  /** A sentence to heed before calling. */
  readonly note?: string | undefined;
  readonly holds?: boolean;
  readonly main?: boolean;
  /** Not a way in: without a number there is nothing to say about calling. */
  readonly aside?: boolean;
  /** More to know about calling, one line each: fixed times, who answers meanwhile. */
  readonly lines?: readonly string[];
  /** What can be done about the contact, under the call. */
  readonly children?: ComponentChildren;
}

/** One person to call. */
export function ContactCard({ person, over, note, holds = false, main = false, aside = false, ...more }: Props) {
  const place = [person.title, person.organisation].filter(Boolean).join(", ");
  return (
    <Card>
      <Beside mark={<Avatar initials={person.initials} size={main ? "large" : "small"} holds={holds} />}>
        {over && <div class={css.soft}>{over}</div>}
        <h3 class={css.name}>{person.name}</h3>
        {place && <div class={`${css.soft} ${css.place}`}>{place}</div>}
        {person.bestTime && <div class={css.soft}>{t("contacts.best", { tid: person.bestTime })}</div>}
        {more.lines?.map((line) => (
          <div key={line} class={css.soft}>
            {line}
          </div>
        ))}
      </Beside>
      {note && <p class={css.note}>{note}</p>}
      {(person.phone || !aside) && <Call person={person} main={main} />}
      {more.children}
    </Card>
  );
}

function Call({ person, main }: Pick<Props, "person" | "main">) {
  if (person.isMe) return <p class={css.none}>{t("contacts.you")}</p>;
  if (!person.phone) return <p class={css.none}>{t("contacts.noPhone")}</p>;
  return (
    <div class={css.call}>
      <LinkButton
        href={tel(person.phone)}
        icon="phone"
        look={main ? "main" : "other"}
        wide
        label={t("contacts.call", { navn: person.name })}
      >
        {t("contacts.call", { navn: person.first })}
      </LinkButton>
      <div class={css.number} dir="ltr">
        {person.phone}
      </div>
    </div>
  );
}
