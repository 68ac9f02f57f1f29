import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { caseID, path } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { tovholders } from "../../data/people.ts";
import { askForMeeting } from "../../data/requests.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Ask.module.css";

/** Somebody's wish for a meeting: what it is about, and who answers by when. */
export function Ask() {
  const { route } = useLocation();
  const draft = useDraft(`ask.${caseID.value}`);
  const isMissing = useSignal(false);
  const text = draft.text.value.trim();
  const holder = tovholders.value[0];
  const onSend = async (event: Event) => {
    event.preventDefault();
    isMissing.value = !text;
    if (!text || !saved(await askForMeeting(text), t("ask.sent"))) return;
    draft.clear();
    route(path("/meetings"), true);
  };
  return (
    <form onSubmit={onSend}>
      <h1 tabIndex={-1} class={css.title}>
        {t("ask.title")}
      </h1>
      <Card>
        <TextField
          label={t("ask.what")}
          hint={t("ask.whatHint")}
          error={isMissing.value && !text ? t("ask.needWhat") : undefined}
          value={draft.text.value}
          onInput={draft.write}
          max={limits.meetingRequest.background}
          lines={4}
        />
        <p class={`soft ${css.promise}`}>
          {holder && !holder.isMe ? t("ask.promise", { navn: holder.name }) : t("ask.promiseAll")}
        </p>
        <Button submit look="main" wide>
          {t("ask.send")}
        </Button>
      </Card>
    </form>
  );
}
