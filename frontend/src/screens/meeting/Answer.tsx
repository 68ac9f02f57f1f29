import { limits, type MeetingForm, type Reply } from "../../../../sync/plan/plan.gen.ts";
import { may, me } from "../../data/case.ts";
import { useRevision } from "../../data/draft.ts";
import { type Meeting, mayReply, myPlace, type Participant, reply, tellPlace } from "../../data/meetings.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { OneChip } from "../../parts/Chips.tsx";
import { TextField } from "../../parts/Field.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import css from "./Meeting.module.css";

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
        {now === "declined" && may(me.value, place, "apology") && (
          <Told place={place} field="apology" label={t("meetings.apology")} max={limits.participant.apology} />
        )}
        {now === "declined" && may(me.value, place, "substitute") && (
          <Told place={place} field="substitute" label={t("meetings.substitute")} max={limits.participant.substitute} />
        )}
        {meeting.f.form === "hybrid" && now !== "declined" && <Joins place={place} />}
      </Card>
    </Block>
  );
}

interface ToldProps {
  readonly place: Participant;
  readonly field: "apology" | "substitute";
  readonly label: string;
  readonly max: number;
}

function Told({ place, field, label, max }: ToldProps) {
  const { values, write, clear } = useRevision(`${field}.${place.id}`, { text: place.f[field] ?? "" });
  const text = values.value.text;
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (saved(await tellPlace(place, field, text.trim()), t("app.saved"))) clear();
  };
  return (
    <form onSubmit={onSave}>
      <TextField label={label} value={text} onInput={(value) => write("text", value)} max={max} />
      {text.trim() !== (place.f[field] ?? "") && (
        <Button submit wide>
          {t("meetings.apologySend")}
        </Button>
      )}
    </form>
  );
}

const ways: readonly MeetingForm[] = ["physical", "video", "phone"];

// Each can be there, or on a screen (R17).
function Joins({ place }: { readonly place: Participant }) {
  if (!may(me.value, place, "joins")) return null;
  return (
    <div class={css.joins}>
      <OneChip
        legend={t("meetings.joins")}
        value={place.f.joins}
        choices={ways.map((value) => ({ value, words: t(`meetings.joins_${value}` as Key) }))}
        onPress={async (joins) => saved(await tellPlace(place, "joins", joins), t("app.saved"))}
      />
    </div>
  );
}
