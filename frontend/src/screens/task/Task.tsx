import { useSignal } from "@preact/signals";
import { mayAmend } from "../../data/amend.ts";
import { clashOn } from "../../data/attention.ts";
import { isCall } from "../../data/callback.ts";
import { path, today } from "../../data/case.ts";
import { meeting } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { goalOf, isOpen, kindOf, type Task as OneTask, stateOf, task, taskLine } from "../../data/tasks.ts";
import { taskStates } from "../../data/words.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Button } from "../../parts/Button.tsx";
import { Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { fromNow, listWords, longDay } from "../../text/dates.ts";
import { Acts } from "./Acts.tsx";
import { Amend } from "./Amend.tsx";
import { Callback } from "./Callback.tsx";
import { History } from "./History.tsx";
import { Notes } from "./Notes.tsx";
import css from "./Task.module.css";

/** One task: what, who, when, why, and what I can do about it. */
export function Task({ id = "" }: { readonly id?: string }) {
  const one = task(id);
  if (!one) return <h1 tabIndex={-1}>{t("tasks.missing")}</h1>;
  const line = taskLine(one);
  const clash = clashOn(one.id);
  return (
    <>
      <h1 tabIndex={-1} class={css.title}>
        {line.title ?? t("tasks.hidden")}
      </h1>
      {line.waiting && <p class="soft">{t("app.waits")}</p>}
      {line.isLate && line.isMine && <p class={css.late}>{t("tasks.lateHelp")}</p>}
      {clash && (
        <a class={css.clash} href={clash.href}>
          {t(clash.words)}
        </a>
      )}
      {isCall(one) && isOpen(one) && line.isMine && <Callback task={one} />}
      <Sheet one={one} />
      {line.title && <Notes about={one.id} />}
      {line.title && <History task={one} />}
    </>
  );
}

/** What is agreed and what can be done about it, or the form that puts it right; never both at once. */
function Sheet({ one }: { readonly one: OneTask }) {
  const isAmending = useSignal(false);
  if (isAmending.value) return <Amend task={one} onClose={() => (isAmending.value = false)} />;
  return (
    <>
      <Card>
        <Facts one={one} />
        {mayAmend(one) && (
          <div class={css.amend}>
            <Button look="quiet" label={t("tasks.amendLong")} onClick={() => (isAmending.value = true)}>
              {t("tasks.amend")}
            </Button>
          </div>
        )}
      </Card>
      <Acts task={one} />
    </>
  );
}

function Facts({ one }: { readonly one: OneTask }) {
  const { due, doneAt, recurring } = one.f;
  const who = person(one.f.responsible);
  const helpers = (one.f.helpers ?? []).map((id) => person(id)?.name).filter((name) => name !== undefined);
  const when = [
    due ? `${longDay(due, today.value)}${isOpen(one) ? ` (${fromNow(due, today.value)})` : ""}` : t("tasks.noDate"),
  ];
  if (recurring) when.push(t(`tasks.${recurring}`));
  const kind = kindOf(one);
  return (
    <dl class={css.facts}>
      <dt>{t("tasks.who")}</dt>
      <dd class={css.who}>
        <Avatar initials={who?.initials ?? "·"} />
        <span>
          {who ? who.name : t("app.someone")}
          {who?.isMe && ` (${t("app.you")})`}
          <Taken one={one} />
        </span>
      </dd>
      {helpers.length > 0 && (
        <>
          <dt>{t("tasks.helpers")}</dt>
          <dd>{listWords(helpers)}</dd>
        </>
      )}
      {kind && (
        <>
          <dt>{t("tasks.type")}</dt>
          <dd>{t(kind)}</dd>
        </>
      )}
      {one.f.forGroup && <dd>{t("tasks.forGroup")}</dd>}
      <dt>{t("tasks.when")}</dt>
      <dd>{when.join(" · ")}</dd>
      <dt>{t("tasks.status")}</dt>
      <dd>
        {doneAt && stateOf(one) === "done"
          ? t("tasks.doneOn", { dato: longDay(doneAt, today.value) })
          : t(taskStates[stateOf(one)] ?? "tasks.open")}
      </dd>
      <Why one={one} />
    </dl>
  );
}

// Whether the one who does it has said yes; it is asked only of what a meeting has handed out (PT8).
function Taken({ one }: { readonly one: OneTask }) {
  const { takenOn, sourceMeeting } = one.f;
  const who = person(one.f.responsible);
  if (takenOn) return <div class="soft">{t("tasks.takenOn", { dato: longDay(takenOn, today.value) })}</div>;
  if (!sourceMeeting || !who || who.isMe || stateOf(one) !== "open") return null;
  return <div class="soft">{t("tasks.notTaken", { navn: who.first })}</div>;
}

function Why({ one }: { readonly one: OneTask }) {
  const goal = goalOf(one);
  const from = meeting(one.f.sourceMeeting ?? "");
  return (
    <>
      {goal && (
        <>
          <dt>{t("tasks.why")}</dt>
          <dd>{goal}</dd>
        </>
      )}
      {from && (
        <>
          <dt>{t("tasks.from")}</dt>
          <dd>
            <a class={css.link} href={path(`/meetings/${from.id}`)}>
              {from.f.title}
            </a>
          </dd>
        </>
      )}
    </>
  );
}
