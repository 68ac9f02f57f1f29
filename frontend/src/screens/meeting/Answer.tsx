import { limits, type Reply } from "../../../../sync/plan/plan.gen.ts";
import { may, me } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { apologise, type Meeting, mayReply, myPlace, type Participant, reply } from "../../data/meetings.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";

const words = { accepted: "meetings.yes", tentative: "meetings.maybe", declined: "meetings.no" } as const;
const given = { accepted: "meetings.youYes", tentative: "meetings.youMaybe", declined: "meetings.youNo" } as const;
type Answered = keyof typeof words;

/** My own answer to a meeting that is still to come. */
export function Answer({ meeting }: { readonly meeting: Meeting }) {
  const place = myPlace(meeting);
  if (!place || meeting.f.state !== "invited") return null;
  const now = place.f.reply;
  const answers = mayReply(place) as readonly Answered[];
  const onAnswer = async (answer: Reply) => saved(await reply(place, answer), t("meetings.answered"));
  if (answers.length === 0) return null;
  return (
    <Block title={t("meetings.reply")}>
      <Card>
        {now && now in given && (
          <p>
            <b>{t(given[now as Answered])}</b>
            {place.waiting && <span class="soft"> · {t("app.waits")}</span>}
          </p>
        )}
        <Buttons>
          {answers.map((answer, i) => (
            <Button
              key={answer}
              look={i === 0 && now === "no_reply" ? "main" : "other"}
              onClick={() => onAnswer(answer)}
            >
              {t(words[answer])}
            </Button>
          ))}
        </Buttons>
        {now === "declined" && may(me.value, place, "apology") && <Apology place={place} />}
      </Card>
    </Block>
  );
}

function Apology({ place }: { readonly place: Participant }) {
  const draft = useDraft(`apology.${place.id}`);
  const text = draft.text.value || (place.f.apology ?? "");
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (saved(await apologise(place, draft.text.value.trim()), t("app.saved"))) draft.clear();
  };
  return (
    <form onSubmit={onSave}>
      <TextField
        label={t("meetings.apology")}
        value={text}
        onInput={draft.write}
        max={limits.participant.apology}
        lines={2}
      />
      {draft.text.value.trim() && (
        <Button submit wide>
          {t("meetings.apologySend")}
        </Button>
      )}
    </form>
  );
}
