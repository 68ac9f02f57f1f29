import { useSignal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import type { Saved } from "../../../../sync/client/types.ts";
import { type Day, limits, type MeetingID } from "../../../../sync/plan/plan.gen.ts";
import { path, today } from "../../data/case.ts";
import { deadlineWords } from "../../data/deadlines.ts";
import { useDraft } from "../../data/draft.ts";
import { mayMeetAgain, meetAgain, nextDay } from "../../data/followup.ts";
import {
  beginningAt,
  callOff,
  keeps,
  mayCallOff,
  missingIn,
  momentsOf,
  setWhen,
  type When,
  whenOf,
} from "../../data/invite.ts";
import type { Meeting } from "../../data/meetings.ts";
import { saved } from "../../data/saved.ts";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Card } from "../../parts/Card.tsx";
import { DayField, TextField, TimeField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Meeting.module.css";

/** What is still to be done by the one who calls a meeting; nothing for everybody else. */
export function Unsent({ one }: { readonly one: Meeting }) {
  if (one.f.state !== "draft") return null;
  const words = deadlineWords(one);
  const n = keeps(one) ? missingIn(one).length : 0;
  return (
    <div class={css.unsent}>
      <p class={css.state}>{[t("home.nextDraft"), ...words].join(" ")}</p>
      {keeps(one) && (
        <>
          {n > 0 && <p class="soft">{t("meetings.missingN", { n })}</p>}
          <LinkButton href={path(`/meetings/${one.id}/call`)} look="main" wide>
            {t("meetings.finish")}
          </LinkButton>
        </>
      )}
    </div>
  );
}

/** What the one who calls a meeting can do about it afterwards: change, move, call off, meet again. */
export function Host({ one }: { readonly one: Meeting }) {
  const open = useSignal<"move" | "off" | null>(null);
  const onClose = () => (open.value = null);
  if (open.value === "move") return <Move one={one} onClose={onClose} />;
  if (open.value === "off") return <Off one={one} onClose={onClose} />;
  const isInvited = one.f.state === "invited" && keeps(one);
  return (
    <div class={css.host}>
      <Again one={one} />
      {isInvited && (
        <LinkButton href={path(`/meetings/${one.id}/call`)} wide>
          {t("meetings.edit")}
        </LinkButton>
      )}
      {isInvited && (
        <Button wide onClick={() => (open.value = "move")}>
          {t("meetings.move")}
        </Button>
      )}
      {mayCallOff(one) && (
        <Button wide onClick={() => (open.value = "off")}>
          {t("meetings.callOff")}
        </Button>
      )}
    </div>
  );
}

function Again({ one }: { readonly one: Meeting }) {
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const next = keeps(one) ? nextDay(one) : null;
  const go = async (made: Promise<{ readonly saved: Saved; readonly id: MeetingID }>) => {
    isBusy.value = true; // a second tap would make a second draft
    const done = await made;
    isBusy.value = false;
    if (saved(done.saved, t("call.begun"))) route(path(`/meetings/${done.id}/call`));
  };
  return (
    <>
      {next && (
        <Button wide busy={isBusy.value} onClick={() => go(meetAgain(one, next as Day))}>
          {t("meetings.nextOf", { dato: longDay(next, today.value) })}
        </Button>
      )}
      {mayMeetAgain(one) && (
        <Button wide busy={isBusy.value} onClick={() => go(meetAgain(one))}>
          {t("meetings.again")}
        </Button>
      )}
    </>
  );
}

interface OpenProps {
  readonly one: Meeting;
  readonly onClose: () => void;
}

function Move({ one, onClose }: OpenProps) {
  const when = useSignal<When>(whenOf(one));
  const now = when.value;
  const isReady = momentsOf(now) !== null;
  const onMove = async (event: Event) => {
    event.preventDefault();
    if (!isReady) return;
    const done = await setWhen(one, now);
    if (!done || saved(done, t("meetings.moveDone"))) onClose();
  };
  return (
    <Card>
      <form onSubmit={onMove}>
        <h2>{t("meetings.move")}</h2>
        <p class={css.after}>{t("meetings.moveText")}</p>
        <DayField
          label={t("call.day")}
          min={today.value}
          value={now.day}
          onInput={(day) => (when.value = { ...now, day })}
        />
        <TimeField label={t("call.from")} value={now.from} onInput={(from) => (when.value = beginningAt(now, from))} />
        <TimeField label={t("call.to")} value={now.to} onInput={(to) => (when.value = { ...now, to })} />
        <Buttons>
          <Button submit look="main">
            {t("meetings.moveSend")}
          </Button>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
        </Buttons>
      </form>
    </Card>
  );
}

function Off({ one, onClose }: OpenProps) {
  const draft = useDraft(`off.${one.id}`);
  const isMissing = useSignal(false);
  const text = draft.text.value.trim();
  const onOff = async (event: Event) => {
    event.preventDefault();
    isMissing.value = !text;
    if (!text || !saved(await callOff(one, text), t("meetings.calledOff"))) return;
    draft.clear();
    onClose();
  };
  return (
    <Card>
      <form onSubmit={onOff}>
        <TextField
          label={t("meetings.callOffWhy")}
          hint={t("meetings.callOffWho")}
          error={isMissing.value && !text ? t("fault.meeting.noReason") : undefined}
          value={draft.text.value}
          onInput={draft.write}
          max={limits.meeting.cancelled}
          lines={2}
        />
        <Buttons>
          <Button submit look="main">
            {t("meetings.callOff")}
          </Button>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
        </Buttons>
      </form>
    </Card>
  );
}
