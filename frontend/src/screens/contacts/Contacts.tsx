import { useSignal } from "@preact/signals";
import { askToCall, mayAskToCall } from "../../data/callback.ts";
import { path } from "../../data/case.ts";
import { type Contact, caseWorker, contacts, gaps, mayReplace, otherPeople } from "../../data/contacts.ts";
import { said } from "../../data/levels.ts";
import { tovholders } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { ContactCard } from "../../parts/ContactCard.tsx";
import { language, t } from "../../text/catalogue.ts";
import css from "./Contacts.module.css";
import { Gaps } from "./Gaps.tsx";
import { Write } from "./Write.tsx";

/** Whom to call: the tovholder first, then one way in for each place, and where a way in is missing. */
export function Contacts() {
  const isEmpty = tovholders.value.length + contacts.value.length + otherPeople.value.length + gaps.value.length === 0;
  if (isEmpty) return <Empty>{t("contacts.none")}</Empty>;
  return (
    <>
      <Authority />
      <Block title={t("contacts.tovholder")}>
        <div class={css.list}>
          {tovholders.value.length === 0 && <Card>{t("home.tovholderNone")}</Card>}
          {tovholders.value.map((person, i) => (
            <ContactCard
              key={person.id}
              person={person}
              over={person.isMe || i > 0 ? "" : t("contacts.tovholderText")}
              holds
              main={i === 0}
            />
          ))}
        </div>
        <a class={css.link} href={path("/handover")}>
          {t(tovholders.value.some(({ isMe }) => isMe) ? "handover.toHere" : "handover.toHereOther")}
        </a>
      </Block>
      <Gaps />
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
      <a class={css.link} href={path("/people")}>
        {t("people.toHere")}
      </a>
    </>
  );
}

/** About a case at the authority it is who has it that one calls (CP7); in all else the tovholder, who says so (CP6). */
function Authority() {
  const worker = caseWorker.value;
  if (!worker || worker.isMe) return null;
  return <p class={css.authority}>{t("people.caseWorker", { navn: worker.name })}</p>;
}

function Ways() {
  return (
    <Block title={t("contacts.ways")}>
      <div class={css.list}>
        {contacts.value.map((contact) => (
          <Way key={contact.key} contact={contact} />
        ))}
      </div>
    </Block>
  );
}

function Way({ contact }: { readonly contact: Contact }) {
  const isOpen = useSignal(false);
  const { person, isSingleEntry } = contact;
  if (isOpen.value) {
    return <Write sector={contact.sector} contact={contact} onClose={() => (isOpen.value = false)} />;
  }
  return (
    <ContactCard
      person={person}
      over={place(contact)}
      note={isSingleEntry ? t("contacts.single", { navn: person.first }) : undefined}
      lines={more(contact)}
    >
      {mayAskToCall(person.id) && <AskToCall contact={contact} />}
      {mayReplace(contact) && (
        <Button
          look="quiet"
          label={t("people.contactReplaceLong", { navn: person.name })}
          onClick={() => (isOpen.value = true)}
        >
          {t("people.contactReplace")}
        </Button>
      )}
    </ContactCard>
  );
}

// Asked twice is asked once too often: it is said, and stands among their agreements.
function AskToCall({ contact: { person } }: { readonly contact: Contact }) {
  const isAsked = useSignal(false);
  const onAsk = async () => {
    const asked = await askToCall(person.id, t("contacts.askCallTitle"));
    isAsked.value = saved(asked, t("contacts.askCallDone", { navn: person.first }));
  };
  if (isAsked.value) return <p class="soft">{t("contacts.askCallDone", { navn: person.first })}</p>;
  return (
    <Button look="quiet" onClick={() => void onAsk()}>
      {t("contacts.askCall", { navn: person.first })}
    </Button>
  );
}

function place({ sector, step }: Contact): string {
  const where = t(`sector.${sector}`);
  return step ? `${where} · ${said(step.word, language.value).text} ${step.n}` : where;
}

function more({ person, times, deputy }: Contact): readonly string[] {
  const fixed = times ? [t("people.timesAre", { tid: times })] : [];
  return deputy ? [...fixed, t("people.deputyIs", { navn: person.first, afloeser: deputy.name })] : fixed;
}
