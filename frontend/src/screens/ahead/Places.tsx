import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, today } from "../../data/case.ts";
import { finishTransition, planTransition, transitions } from "../../data/path.ts";
import { members, person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Ahead.module.css";

/** Changes of place that are planned: from where, to where, when, and who sees to it. */
export function Places() {
  const mayPlan = mayMake(me.value, "transition");
  if (transitions.value.length === 0 && !mayPlan) return null;
  return (
    <Block title={t("ahead.places")}>
      {transitions.value.length > 0 && (
        <Card tight>
          <ul>
            {transitions.value.map((one) => (
              <li key={one.id} class={css.one}>
                <b>{[one.f.from, one.f.to].filter(Boolean).join(" → ")}</b>
                <div class="soft">
                  {[one.f.date && longDay(one.f.date, today.value), person(one.f.owner)?.name]
                    .filter(Boolean)
                    .join(" · ")}
                </div>
                {one.f.state === "done" ? (
                  <div class="soft">{t("ahead.placeDone")}</div>
                ) : (
                  may(me.value, one, "state") && (
                    <Button onClick={async () => void saved(await finishTransition(one), t("app.saved"))}>
                      {t("ahead.placeFinish")}
                    </Button>
                  )
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {mayPlan && <New />}
    </Block>
  );
}

function New() {
  const form = useSignal<Readonly<Record<"from" | "to" | "date" | "owner", string>>>({
    from: "",
    to: "",
    date: "",
    owner: "",
  });
  const { from, to, date, owner } = form.value;
  const write = (name: keyof typeof form.value) => (value: string) => {
    form.value = { ...form.value, [name]: value };
  };
  const onPlan = async () => {
    if (!to || !date || !saved(await planTransition(from, to, date, owner), t("ahead.placed"))) return;
    form.value = { from: "", to: "", date: "", owner: "" };
  };
  return (
    <details class={css.fold}>
      <summary>{t("ahead.place")}</summary>
      <Card>
        <TextField label={t("ahead.placeFrom")} value={from} onInput={write("from")} max={limits.transition.from} />
        <TextField label={t("ahead.placeTo")} value={to} onInput={write("to")} max={limits.transition.to} />
        <DayField label={t("ahead.placeWhen")} min={today.value} value={date} onInput={write("date")} />
        <ChoiceField
          label={t("ahead.placeWho")}
          value={owner}
          choices={[
            { value: "", words: t("moves.choose") },
            ...members.value.map(({ id, name }) => ({ value: id as string, words: name })),
          ]}
          onChange={write("owner")}
        />
        <Button wide onClick={() => void onPlan()}>
          {t("ahead.placeSave")}
        </Button>
      </Card>
    </details>
  );
}
