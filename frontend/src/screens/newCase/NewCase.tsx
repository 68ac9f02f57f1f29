import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { useDraft } from "../../data/draft.ts";
import { openers, openPlan } from "../../data/opening.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { ChoiceField, TextField } from "../../parts/Field.tsx";
import { Segments } from "../../parts/Segments.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./NewCase.module.css";

type Kind = "child" | "unnamed";

/** Opens a plan for a child, or for a group without names. */
export function NewCase() {
  const [first] = openers.value;
  if (!first) return <h1 tabIndex={-1}>{t("app.missingTitle")}</h1>;
  return <Form firstOrganisation={first.id} />;
}

function Form({ firstOrganisation }: { readonly firstOrganisation: (typeof openers.value)[number]["id"] }) {
  const { route } = useLocation();
  const kind = useSignal<Kind>("child");
  const organisation = useSignal(firstOrganisation);
  const name = useDraft("case.name");
  const group = useDraft("case.group");
  const needs = useDraft("case.needs");
  const involved = useDraft("case.involved");
  const isMissing = useSignal(false);
  const isChild = kind.value === "child";
  const onSave = async (event: Event) => {
    event.preventDefault();
    const child = isChild ? name.text.value.trim() : "";
    const needed = isChild ? child : group.text.value.trim();
    isMissing.value = !needed;
    if (!needed) return;
    const country = openers.value.find(({ id }) => id === organisation.value)?.country ?? "DK";
    const made = {
      organisation: organisation.value,
      child,
      group: group.text.value.trim(),
      needs: isChild ? needs.text.value.trim() : "",
      involved: isChild ? involved.text.value.trim() : "",
      tracks: tracks(isChild, country),
    };
    const opened = await openPlan(made);
    if (!saved(opened.saved, t("cases.opened"))) return;
    for (const draft of [name, group, needs, involved]) draft.clear();
    route(`/c/${opened.id}`, true);
  };
  return (
    <form onSubmit={onSave}>
      <h1 tabIndex={-1}>{t("cases.new")}</h1>
      <p class={`soft ${css.lead}`}>{t("cases.newLead")}</p>
      <Segments
        legend={t("cases.forWhom")}
        value={kind.value}
        choices={[
          { value: "child", words: t("cases.child") },
          { value: "unnamed", words: t("cases.unnamed") },
        ]}
        onChange={(value) => (kind.value = value)}
      />
      <Card>
        {isChild && (
          <TextField
            label={t("cases.firstName")}
            hint={t("cases.firstNameHint")}
            error={isMissing.value && !name.text.value.trim() ? t("cases.needName") : undefined}
            value={name.text.value}
            onInput={name.write}
            max={limits.child.name}
          />
        )}
        <TextField
          label={t(isChild ? "cases.where" : "cases.groupName")}
          hint={t(isChild ? "cases.whereHint" : "cases.groupHint")}
          error={isMissing.value && !isChild && !group.text.value.trim() ? t("cases.needName") : undefined}
          value={group.text.value}
          onInput={group.write}
          max={100}
        />
        {isChild && (
          <>
            <TextField
              label={t("situation.needs")}
              hint={t("cases.canWait")}
              value={needs.text.value}
              onInput={needs.write}
              max={limits.case.needs}
              lines={3}
            />
            <TextField
              label={t("situation.involved")}
              hint={t("situation.involvedHint")}
              value={involved.text.value}
              onInput={involved.write}
              max={limits.case.involved}
              lines={2}
            />
          </>
        )}
        {openers.value.length > 1 && (
          <ChoiceField
            label={t("cases.org")}
            value={organisation.value}
            choices={openers.value.map(({ id, name: words }) => ({ value: id, words }))}
            onChange={(value) => (organisation.value = value)}
          />
        )}
        <Button submit look="main" wide>
          {t("cases.open")}
        </Button>
      </Card>
    </form>
  );
}

// Norway's model has one track; a group without names has no home and no path through health care.
function tracks(isChild: boolean, country: string) {
  if (country === "NO") return [{ id: "pathway", label: t("cases.pathway") }];
  const school = { id: "institution", label: t("cases.institution") };
  const rest = [
    { id: "home", label: t("cases.home") },
    { id: "pathway", label: t("cases.pathway") },
  ];
  return isChild ? [school, ...rest] : [school];
}
