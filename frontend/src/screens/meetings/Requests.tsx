import { useSignal } from "@preact/signals";
import { limits } from "../../../../sync/plan/plan.gen.ts";
import { path, today } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { kindsToCall } from "../../data/kinds.ts";
import { answerRequest, askerOf, isOpen, mayAnswer, ownerOf, type Request, requests } from "../../data/requests.ts";
import { saved } from "../../data/saved.ts";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Meetings.module.css";

/** Wishes for a meeting, and who owes each its answer (R21); none is without an owner. */
export function Requests() {
  if (requests.value.length === 0) return null;
  return (
    <Block title={t("ask.list")}>
      <ul class={css.list}>
        {requests.value.map((request) => (
          <li key={request.id}>
            <One request={request} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function One({ request }: { readonly request: Request }) {
  const asker = askerOf(request);
  const { answer, background, reason } = request.f;
  return (
    <Card>
      <b>{asker?.isMe ? t("ask.you") : t("ask.who", { navn: asker?.name ?? t("app.someone") })}</b>
      {request.waiting && <span class="soft"> · {t("app.waits")}</span>}
      <p class={css.text}>{background}</p>
      {isOpen(request) && <p class={css.state}>{owed(request)}</p>}
      {(answer === "talk" || answer === "no") && (
        <p class={css.state}>{[t(`ask.is_${answer}`), reason].filter(Boolean).join(" ")}</p>
      )}
      <Answers request={request} />
    </Card>
  );
}

function owed(request: Request): string {
  const owner = ownerOf(request);
  const due = request.f.answerDue;
  const blanks = { navn: owner?.name ?? t("app.someone"), dato: due ? longDay(due, today.value) : "" };
  if (owner?.isMe) return t(due ? "ask.youOwe" : "ask.youOweSoon", blanks);
  return t(due ? "ask.owes" : "ask.owesSoon", blanks);
}

function Answers({ request }: { readonly request: Request }) {
  const chosen = useSignal<"talk" | "no" | null>(null);
  const mayCall = mayAnswer(request, "meeting") && kindsToCall().length > 0;
  const others = (["talk", "no"] as const).filter(
    (answer) => mayAnswer(request, answer) && request.f.answer !== answer,
  );
  if (!mayCall && others.length === 0) return null;
  if (chosen.value) return <Reason request={request} answer={chosen.value} onClose={() => (chosen.value = null)} />;
  return (
    <Buttons>
      {mayCall && (
        <LinkButton href={path(`/meetings/new?request=${request.id}`)} look="main">
          {t("ask.meeting")}
        </LinkButton>
      )}
      {others.map((answer) => (
        <Button key={answer} onClick={() => (chosen.value = answer)}>
          {t(`ask.${answer}`)}
        </Button>
      ))}
    </Buttons>
  );
}

interface ReasonProps {
  readonly request: Request;
  readonly answer: "talk" | "no";
  readonly onClose: () => void;
}

function Reason({ request, answer, onClose }: ReasonProps) {
  const draft = useDraft(`answer.${request.id}`);
  const isMissing = useSignal(false);
  const text = draft.text.value.trim();
  const onSend = async (event: Event) => {
    event.preventDefault();
    // A no without a reason would be a silent refusal (R21).
    isMissing.value = !text && answer === "no";
    if (isMissing.value) return;
    const done = await answerRequest(request, answer, text);
    if (done && !saved(done, t("ask.answered"))) return;
    draft.clear();
    onClose();
  };
  return (
    <form onSubmit={onSend} class={css.answer}>
      <TextField
        label={t(`ask.why_${answer}`)}
        error={isMissing.value && !text ? t("fault.request.noReason") : undefined}
        value={draft.text.value}
        onInput={draft.write}
        max={limits.meetingRequest.reason}
        lines={2}
      />
      <Buttons>
        <Button submit look="main">
          {t("ask.answer")}
        </Button>
        <Button onClick={onClose}>{t("app.cancel")}</Button>
      </Buttons>
    </form>
  );
}
