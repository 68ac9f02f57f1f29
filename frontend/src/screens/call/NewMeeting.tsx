import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { MeetingKind } from "../../../../sync/plan/plan.gen.ts";
import { path } from "../../data/case.ts";
import { beginMeeting } from "../../data/invite.ts";
import { kindsToCall } from "../../data/kinds.ts";
import { request } from "../../data/requests.ts";
import { saved } from "../../data/saved.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Card, Empty } from "../../parts/Card.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./NewMeeting.module.css";

/** The kinds of meetings that this person may call here; one tap makes the draft. */
export function NewMeeting() {
  const { route, query } = useLocation();
  const isBusy = useSignal(false);
  const asked = request(query.request);
  const kinds = kindsToCall();
  const onChoose = async (kind: MeetingKind) => {
    if (isBusy.peek()) return; // a second tap would make a second draft
    isBusy.value = true;
    const made = await beginMeeting(kind, query.request);
    isBusy.value = false;
    if (saved(made.saved, t("call.begun"))) route(path(`/meetings/${made.id}/call`), true);
  };
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {t("call.title")}
      </h1>
      {asked && (
        <div class={css.asked}>
          <Card>
            <p class="soft">{t("ask.about")}</p>
            <p class={css.text}>{asked.f.background}</p>
          </Card>
        </div>
      )}
      {kinds.length === 0 && <None />}
      {kinds.length > 0 && <h2 class={css.title}>{t("call.kind")}</h2>}
      <ul class={css.kinds}>
        {kinds.map(({ kind }) => (
          <li key={kind}>
            <button type="button" class={css.kind} onClick={() => onChoose(kind)}>
              <span>
                <b>{t(`meetings.kind_${kind}`)}</b>
                <span class={css.about}>{t(`call.about_${kind}`)}</span>
              </span>
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function None() {
  return (
    <>
      <Empty>{t("call.none")}</Empty>
      <LinkButton href={path("/meetings/ask")} wide>
        {t("meetings.ask")}
      </LinkButton>
    </>
  );
}
