import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { caseID, today } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { outgoing } from "../../data/handover.ts";
import { members } from "../../data/people.ts";
import { askable, emptyForm, type Form, heldTracks, propose } from "../../data/proposal.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { Along, Barred } from "./Along.tsx";
import css from "./Handover.module.css";
import { Settle } from "./Settle.tsx";

/** What the parts of the form share: what stands in it, and how to write there. */
export interface FormProps {
  readonly form: Form;
  readonly write: (name: string, text: string) => void;
}

/** Asks somebody to take over: who, why, from when, and what becomes of each agreement. It needs no network. */
export function Propose() {
  const draft = useRevision<Form>(`handover.${caseID.value}`, emptyForm());
  const isTried = useSignal(false);
  const form = draft.values.value;
  const to = askable.value.find(({ id }) => id === form.to);
  const reason = (form.reason ?? "").trim();
  const onSend = async (event: Event) => {
    event.preventDefault();
    isTried.value = true;
    if (!to || !reason) return;
    if (saved(await propose(form), t("handover.asked", { navn: to.first }))) draft.clear();
  };
  const props = { form, write: draft.write };
  return (
    <form onSubmit={onSend}>
      <Block title={t("handover.new")}>
        <Card>
          <p class={`soft ${css.lead}`}>{lead()}</p>
          <Who {...props} isMissing={isTried.value && !to} />
          <TextField
            label={t("handover.why")}
            error={isTried.value && !reason ? t("handover.needWhy") : undefined}
            value={form.reason ?? ""}
            onInput={(text) => draft.write("reason", text)}
            max={limits.handover.reason}
            lines={2}
          />
          <DayField
            label={t("handover.when")}
            min={today.value}
            value={form.effectiveFrom ?? ""}
            onInput={(day) => draft.write("effectiveFrom", day)}
          />
          <Scope {...props} />
          <Settle {...props} to={to ?? null} />
          <Note {...props} />
          <Along />
          <Button submit look="main" wide>
            {to ? t("handover.send", { navn: to.first }) : t("handover.sendNobody")}
          </Button>
        </Card>
      </Block>
    </form>
  );
}

function lead(): string {
  const holder = outgoing();
  if (!holder) return t("handover.newNone");
  return holder.isMe ? t("handover.newMine") : t("handover.newOther", { navn: holder.first });
}

function Who({ form, write, isMissing }: FormProps & { readonly isMissing: boolean }) {
  const choices = askable.value.map(({ id, name, isMe }) => ({
    value: id as string,
    words: isMe ? t("tasks.me", { navn: name }) : name,
  }));
  return (
    <>
      <ChoiceField
        label={t("handover.who")}
        value={form.to ?? ""}
        choices={[{ value: "", words: t("handover.choose") }, ...choices]}
        onChange={(who) => write("to", who)}
      />
      {isMissing && <p class={css.error}>{t("handover.needWho")}</p>}
      <Barred />
    </>
  );
}

/** Only of several tracks can a part be handed over. */
function Scope({ form, write }: FormProps) {
  if (heldTracks.value.length < 2) return null;
  const choices = heldTracks.value.map(({ id, label }) => ({
    value: id as string,
    words: t("handover.only", { spor: label }),
  }));
  return (
    <ChoiceField
      label={t("handover.scope")}
      value={form.scope ?? ""}
      choices={[{ value: "", words: t("handover.scopeAll") }, ...choices]}
      onChange={(track) => write("scope", track)}
    />
  );
}

function Note({ form, write }: FormProps) {
  const choices = members.value.map(({ id, name }) => ({ value: id as string, words: name }));
  return (
    <>
      <TextField
        label={t("handover.important")}
        hint={t("handover.importantHint")}
        value={form.importantNow ?? ""}
        onInput={(text) => write("importantNow", text)}
        max={limits.handover.importantNow}
        lines={3}
      />
      <TextField
        label={t("handover.wishes")}
        hint={t("handover.wishesHint")}
        value={form.familyWishes ?? ""}
        onInput={(text) => write("familyWishes", text)}
        max={limits.handover.familyWishes}
        lines={2}
      />
      <ChoiceField
        label={t("handover.childWho")}
        value={form.childToldBy ?? ""}
        choices={[{ value: "", words: t("handover.childNobody") }, ...choices]}
        onChange={(who) => write("childToldBy", who)}
      />
      {form.childToldBy && (
        <DayField
          label={t("handover.childWhen")}
          min={today.value}
          value={form.childToldOn ?? ""}
          onInput={(day) => write("childToldOn", day)}
        />
      )}
    </>
  );
}
