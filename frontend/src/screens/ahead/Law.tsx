import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { may, mayMake, me, today } from "../../data/case.ts";
import { said } from "../../data/levels.ts";
import { daysLeft, endMarker, laws, type Marker, markers, startMarker } from "../../data/path.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { language, t } from "../../text/catalogue.ts";
import { fromNow, longDay } from "../../text/dates.ts";
import css from "./Ahead.module.css";

/** What the law gives the authority time for, as a day; the plan shows it and decides nothing. */
export function Law() {
  const all = markers.value;
  const mayStart = mayMake(me.value, "legalMarker") && laws.value.size > 0;
  if (all.length === 0 && !mayStart) return null;
  return (
    <Block title={t("ahead.law")}>
      <p class="soft">{t("ahead.lawText")}</p>
      {all.length > 0 && (
        <Card tight>
          <ul>
            {all.map((one) => (
              <One key={one.id} one={one} />
            ))}
          </ul>
        </Card>
      )}
      {mayStart && <Start />}
    </Block>
  );
}

function One({ one }: { readonly one: Marker }) {
  const { type = "", law, due, from, informedAt, endedAt, result } = one.f;
  const known = laws.value.get(type);
  const ending = useSignal("");
  const onEnd = async () => void saved(await endMarker(one, ending.value.trim()), t("ahead.ended"));
  return (
    <li class={css.one}>
      <b>{known ? said(known.text, language.value).text : type}</b>
      {due && !endedAt && (
        <div class={daysLeft(due) < 0 ? css.late : ""}>
          {t("ahead.by", { dato: longDay(due, today.value), siden: fromNow(due, today.value) })}
        </div>
      )}
      {from && <div class="soft">{t("ahead.from", { dato: longDay(from, today.value) })}</div>}
      {informedAt && <div class="soft">{t("ahead.informed", { dato: longDay(informedAt, today.value) })}</div>}
      {endedAt && <div class="soft">{t("ahead.endedOn", { dato: longDay(endedAt, today.value) })}</div>}
      {result && <p>{result}</p>}
      <div class="soft">{known?.law ?? law}</div>
      {!endedAt && due && may(me.value, one, "endedAt") && (
        <details>
          <summary>{t("ahead.end")}</summary>
          <TextField
            label={t("ahead.result")}
            value={ending.value}
            onInput={(text) => {
              ending.value = text;
            }}
            max={limits.legalMarker.result}
            lines={2}
          />
          <Button onClick={() => void onEnd()}>{t("ahead.end")}</Button>
        </details>
      )}
    </li>
  );
}

function Start() {
  const type = useSignal("");
  const from = useSignal(today.value);
  const choices = [...laws.value.values()]
    .filter(({ kind }) => kind === "countdown")
    .map(({ id, text }) => ({ value: id, words: said(text, language.value).text }));
  const onStart = async () => {
    if (type.value && saved(await startMarker(type.value, from.value), t("ahead.started"))) type.value = "";
  };
  return (
    <details class={css.fold}>
      <summary>{t("ahead.start")}</summary>
      <Card>
        <ChoiceField
          label={t("ahead.which")}
          value={type.value}
          choices={[{ value: "", words: t("moves.choose") }, ...choices]}
          onChange={(value) => {
            type.value = value;
          }}
        />
        <DayField
          label={t("ahead.since")}
          min=""
          value={from.value}
          onInput={(value) => {
            from.value = value;
          }}
        />
        <Button wide onClick={() => void onStart()}>
          {t("ahead.startNow")}
        </Button>
      </Card>
    </details>
  );
}
