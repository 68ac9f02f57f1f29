import { useSignal } from "@preact/signals";
import { limits, type PersonID, type Sector } from "../../../../sync/plan/plan.gen.ts";
import { caseID } from "../../data/case.ts";
import { addContact, type Contact, type Gap, type NewContact, replaceContact } from "../../data/contacts.ts";
import { useRevision } from "../../data/draft.ts";
import { members } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";

interface Props {
  readonly sector: Sector;
  /** What is filled, or whose place is taken. */
  readonly gap?: Gap;
  readonly contact?: Contact;
  readonly onClose: () => void;
}

const texts = ["person", "name", "title", "organisation", "phone", "bestTime", "times", "deputy", "single"] as const;
type Form = Readonly<Record<(typeof texts)[number], string>>;
type Write = (name: keyof Form, text: string) => void;

/** Writes in who is to be called in a sector: somebody of the plan, or somebody new. */
export function Write({ sector, gap, contact, onClose }: Props) {
  const draft = useRevision<Form>(`contact.${caseID.value}.${contact?.key ?? sector}`, begin(sector, contact));
  const isTried = useSignal(false);
  const form = draft.values.value;
  const navn = form.person ? members.value.find(({ id }) => id === form.person)?.name : form.name.trim();
  const close = () => {
    draft.clear();
    onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    isTried.value = true;
    if (!navn) return;
    const made = contactIn(form);
    const done = contact ? replaceContact(contact, made) : gap && addContact(gap, made);
    if (done && saved(await done, t("people.contactSaved", { navn }))) close();
  };
  return (
    <form onSubmit={onSave}>
      <Card>
        <h3>{t(`sector.${sector}`)}</h3>
        <Who form={form} write={draft.write} isMissing={isTried.value && !navn} />
        <Reached form={form} write={draft.write} />
        <Button submit look="main" wide>
          {t("people.contactSave")}
        </Button>
        <Button look="quiet" wide onClick={close}>
          {t("app.cancel")}
        </Button>
      </Card>
    </form>
  );
}

// Whoever of the sector is in the plan comes to mind first; of a contact, what stands is put right.
function begin(sector: Sector, contact: Contact | undefined): Form {
  const empty = Object.fromEntries(texts.map((name) => [name, ""])) as unknown as Form;
  const { f } = contact?.rec ?? {};
  if (!f) return { ...empty, person: members.value.find((one) => one.sector === sector)?.id ?? "" };
  const { person = "", bestTime = "", meetingTimes: times = "", deputy = "", singleEntry } = f;
  return { ...empty, person, bestTime, times, deputy, single: singleEntry ? "yes" : "" };
}

function contactIn(form: Form): NewContact {
  const trimmed = (name: keyof Form) => form[name].trim();
  return {
    person: form.person as PersonID | "",
    deputy: form.deputy as PersonID | "",
    name: trimmed("name"),
    title: trimmed("title"),
    organisation: trimmed("organisation"),
    phone: trimmed("phone"),
    bestTime: trimmed("bestTime"),
    times: trimmed("times"),
    isSingleEntry: form.single === "yes",
  };
}

interface PartProps {
  readonly form: Form;
  readonly write: Write;
}

function Who({ form, write, isMissing }: PartProps & { readonly isMissing: boolean }) {
  return (
    <>
      <ChoiceField
        label={t("people.contactWho")}
        value={form.person}
        choices={[...named(), { value: "", words: t("people.contactSomeoneNew") }]}
        onChange={(who) => write("person", who)}
      />
      {!form.person && (
        <>
          <Line
            name="name"
            label={t("people.name")}
            max={limits.person.name}
            form={form}
            write={write}
            isMissing={isMissing}
          />
          <Line name="title" label={t("people.titleField")} max={limits.person.title} form={form} write={write} />
          <Line
            name="organisation"
            label={t("people.organisation")}
            max={limits.person.organisation}
            form={form}
            write={write}
          />
          <Line name="phone" label={t("people.phone")} max={limits.reach.phone} form={form} write={write} />
        </>
      )}
    </>
  );
}

function Reached({ form, write }: PartProps) {
  const others = named().filter(({ value }) => value !== form.person);
  return (
    <>
      <Line
        name="bestTime"
        label={t("people.contactBest")}
        max={limits.contactPerson.bestTime}
        form={form}
        write={write}
      />
      <TextField
        label={t("people.contactTimes")}
        hint={t("people.contactTimesHint")}
        value={form.times}
        onInput={(text) => write("times", text)}
        max={limits.contactPerson.meetingTimes}
      />
      <ChoiceField
        label={t("people.contactDeputy")}
        value={form.deputy}
        choices={[{ value: "", words: t("people.contactNoDeputy") }, ...others]}
        onChange={(who) => write("deputy", who)}
      />
      <ChoiceField
        label={t("people.contactSingle")}
        value={form.single}
        choices={[
          { value: "", words: t("people.contactSingleNo") },
          { value: "yes", words: t("people.contactSingleYes") },
        ]}
        onChange={(single) => write("single", single)}
      />
    </>
  );
}

interface LineProps extends PartProps {
  readonly name: keyof Form;
  readonly label: string;
  readonly max: number;
  readonly isMissing?: boolean;
}

function Line({ name, label, max, form, write, isMissing = false }: LineProps) {
  return (
    <TextField
      label={label}
      error={isMissing ? t("people.needName") : undefined}
      value={form[name]}
      onInput={(text) => write(name, text)}
      max={max}
    />
  );
}

function named(): readonly { readonly value: string; readonly words: string }[] {
  return members.value
    .filter(({ sector }) => sector !== "family" && sector !== "network")
    .map(({ id, name, isMe }) => ({ value: id as string, words: isMe ? t("tasks.me", { navn: name }) : name }));
}
