import { contacts, otherPeople } from "../../data/contacts.ts";
import { tovholders } from "../../data/people.ts";
import { Block, Empty } from "../../parts/Card.tsx";
import { ContactCard } from "../../parts/ContactCard.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Contacts.module.css";

/** Whom to call: the tovholder first, then one way in for each place. */
export function Contacts() {
  const isEmpty = tovholders.value.length + contacts.value.length + otherPeople.value.length === 0;
  if (isEmpty) return <Empty>{t("contacts.none")}</Empty>;
  return (
    <>
      <Block title={t("contacts.tovholder")}>
        <div class={css.list}>
          {tovholders.value.map((person) => (
            <ContactCard
              key={person.id}
              person={person}
              over={person.isMe ? "" : t("contacts.tovholderText")}
              holds
              main
            />
          ))}
        </div>
      </Block>
      {contacts.value.length > 0 && <Ways />}
      {otherPeople.value.length > 0 && (
        <Block title={t("contacts.others")}>
          <div class={css.list}>
            {otherPeople.value.map((person) => (
              <ContactCard key={person.id} person={person} aside />
            ))}
          </div>
        </Block>
      )}
    </>
  );
}

function Ways() {
  return (
    <Block title={t("contacts.ways")}>
      <div class={css.list}>
        {contacts.value.map(({ key, sector, person, isSingleEntry }) => (
          <ContactCard
            key={key}
            person={person}
            over={t(`sector.${sector}`)}
            note={isSingleEntry ? t("contacts.single", { navn: person.first }) : undefined}
          />
        ))}
      </div>
    </Block>
  );
}
