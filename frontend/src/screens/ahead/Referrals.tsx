import { useSignal } from "@preact/signals";
import { limits, type ReferralState, type Sector } from "../../../../sync/plan/plan.gen.ts";
import { mayMake, me, today } from "../../data/case.ts";
import { answerReferral, answersTo, needsFollowUp, type Referral, refer, referrals } from "../../data/path.ts";
import { municipal, person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Ahead.module.css";

const sectors: readonly Sector[] = [
  "child_psychiatry",
  "hospital_paediatrics",
  "specialist",
  "municipal_treatment",
  "educational_psychology",
];

/** Who the child is referred to, and what they answered; a no has somebody who follows up. */
export function Referrals() {
  const mayRefer = mayMake(me.value, "referral");
  if (referrals.value.length === 0 && !mayRefer) return null;
  return (
    <Block title={t("ahead.referrals")}>
      {referrals.value.map((one) => (
        <One key={one.id} one={one} />
      ))}
      {mayRefer && <New />}
    </Block>
  );
}

function One({ one }: { readonly one: Referral }) {
  const { to = "other", sentAt, state = "sent", answeredAt, note, person: by } = one.f;
  const answering = useSignal<ReferralState | "">("");
  const onAnswer = async (answer: ReferralState) => {
    if (needsFollowUp(answer)) answering.value = answer;
    else saved(await answerReferral(one, answer, null), t("app.saved"));
  };
  return (
    <Card>
      <b>{t(`sector.${to}`)}</b>
      <div>{t(`ahead.state_${state}`)}</div>
      <div class="soft">
        {[
          person(by)?.name,
          sentAt && longDay(sentAt, today.value),
          answeredAt && t("ahead.answered", { dato: longDay(answeredAt, today.value) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </div>
      {note && <p>{note}</p>}
      <Buttons>
        {answersTo(one).map((answer) => (
          <Button key={answer} onClick={() => void onAnswer(answer)}>
            {t(`ahead.answer_${answer}`)}
          </Button>
        ))}
      </Buttons>
      {answering.value && <Follow one={one} answer={answering.value} />}
    </Card>
  );
}

/** A no or an end: who follows up, and when. Nothing is sent without both. */
function Follow({ one, answer }: { readonly one: Referral; readonly answer: ReferralState }) {
  const who = useSignal("");
  const due = useSignal("");
  const isTried = useSignal(false);
  const onSend = async () => {
    isTried.value = true;
    if (!who.value || !due.value) return;
    const next = { who: who.value, due: due.value, title: t("ahead.followTitle") };
    saved(await answerReferral(one, answer, next), t("app.saved"));
  };
  return (
    <>
      <p>{t("ahead.follow")}</p>
      <ChoiceField
        label={t("ahead.followWho")}
        value={who.value}
        choices={[
          { value: "", words: t("moves.choose") },
          ...municipal.value.map(({ id, name }) => ({ value: id as string, words: name })),
        ]}
        onChange={(value) => {
          who.value = value;
        }}
      />
      <DayField
        label={t("ahead.followWhen")}
        min={today.value}
        value={due.value}
        onInput={(value) => {
          due.value = value;
        }}
      />
      {isTried.value && (!who.value || !due.value) && <p class={css.late}>{t("fault.referral.noFollowUp")}</p>}
      <Button look="main" wide onClick={() => void onSend()}>
        {t(`ahead.answer_${answer as "refused" | "ended"}`)}
      </Button>
    </>
  );
}

function New() {
  const to = useSignal<Sector | "">("");
  const note = useSignal("");
  const onSend = async () => {
    if (!to.value || !saved(await refer(to.value, note.value.trim()), t("ahead.referred"))) return;
    to.value = "";
    note.value = "";
  };
  return (
    <details class={css.fold}>
      <summary>{t("ahead.refer")}</summary>
      <Card>
        <ChoiceField<Sector | "">
          label={t("ahead.referTo")}
          value={to.value}
          choices={[
            { value: "", words: t("moves.choose") },
            ...sectors.map((one) => ({ value: one, words: t(`sector.${one}`) })),
          ]}
          onChange={(value) => {
            to.value = value;
          }}
        />
        <TextField
          label={t("ahead.referNote")}
          value={note.value}
          onInput={(text) => {
            note.value = text;
          }}
          max={limits.referral.note}
          lines={2}
        />
        <Button wide onClick={() => void onSend()}>
          {t("ahead.referSend")}
        </Button>
      </Card>
    </details>
  );
}
