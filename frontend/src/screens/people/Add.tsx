import { useSignal } from "@preact/signals";
import { limits, type Sector } from "../../../../sync/plan/plan.gen.ts";
import { caseID } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { addPerson } from "../../data/persons.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, Doubt, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./People.module.css";

const sectors: readonly Sector[] = [
  "school",
  "daycare",
  "educational_psychology",
  "health_visiting",
  "social_services",
  "municipal_treatment",
  "general_practice",
  "child_psychiatry",
  "hospital_paediatrics",
  "specialist",
  "child_welfare",
  "coordinating_unit",
  "leisure",
  "network",
  "family",
  "other",
];

type Form = Readonly<Record<"name" | "title" | "organisation" | "phone" | "sector", string>>;
const empty: Form = { name: "", title: "", organisation: "", phone: "", sector: "school" };

/** Writes somebody in who has no sign-in: they are on the list, and see nothing (R45). */
export function Add() {
  const draft = useRevision<Form>(`person.${caseID.value}`, empty);
  const isTried = useSignal(false);
  const form = draft.values.value;
  const name = form.name.trim();
  const onSave = async (event: Event) => {
    event.preventDefault();
    isTried.value = true;
    if (!name) return;
    const made = {
      ...form,
      name,
      title: form.title.trim(),
      organisation: form.organisation.trim(),
      phone: form.phone.trim(),
    };
    if (!saved(await addPerson({ ...made, sector: form.sector as Sector }), t("people.added", { navn: name }))) return;
    draft.clear();
    draft.values.value = empty;
    isTried.value = false;
  };
  const line = (field: keyof Form) => ({ value: form[field], onInput: (text: string) => draft.write(field, text) });
  return (
    <Block title={t("people.add")}>
      {/* Here names belong, also in the plan of a group. */}
      <Doubt.Provider value={null}>
        <form onSubmit={onSave}>
          <Card>
            <p class={`soft ${css.text}`}>{t("people.addText")}</p>
            <TextField
              label={t("people.name")}
              error={isTried.value && !name ? t("people.needName") : undefined}
              max={limits.person.name}
              {...line("name")}
            />
            <TextField label={t("people.titleField")} max={limits.person.title} {...line("title")} />
            <TextField label={t("people.organisation")} max={limits.person.organisation} {...line("organisation")} />
            <ChoiceField
              label={t("people.sector")}
              value={form.sector}
              choices={sectors.map((sector) => ({ value: sector as string, words: t(`sector.${sector}`) }))}
              onChange={(sector) => draft.write("sector", sector)}
            />
            <TextField label={t("people.phone")} max={limits.reach.phone} {...line("phone")} />
            <Button submit look="main" wide>
              {t("people.save")}
            </Button>
          </Card>
        </form>
      </Doubt.Provider>
    </Block>
  );
}
