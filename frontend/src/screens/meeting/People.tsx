import { type Meeting, type Participant, participants, unanswered } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords } from "../../text/dates.ts";
import css from "./People.module.css";

/** Who comes and who does not, in words, with their part in the meeting. */
export function People({ meeting }: { readonly meeting: Meeting }) {
  const all = participants(meeting);
  if (all.length === 0) return null;
  const isHeld = !["draft", "invited"].includes(meeting.f.state ?? "");
  return (
    <Block title={t(isHeld ? "meetings.whoCame" : "meetings.who")}>
      <Silent meeting={meeting} />
      <Card tight>
        <ul>
          {all.map((place) => (
            <One key={place.id} place={place} calls={place.f.person === meeting.f.convenor} />
          ))}
        </ul>
      </Card>
    </Block>
  );
}

// Who has not answered is said in one line, so that nobody has to look for it (DL1b, MT8).
function Silent({ meeting }: { readonly meeting: Meeting }) {
  const silent = unanswered(meeting);
  if (silent.length === 0) return null;
  const names = silent.map(({ f }) => person(f.person)?.name ?? t("app.someone"));
  return <p class={css.silent}>{t("meetings.silent", { n: silent.length, navne: listWords(names) })}</p>;
}

function One({ place, calls }: { readonly place: Participant; readonly calls: boolean }) {
  const { role, reply = "not_invited", attendance, apology, substitute, joins } = place.f;
  const who = person(place.f.person);
  const came = attendance ? t(`meetings.attendance_${attendance}`) : t(`meetings.reply_${reply}`);
  return (
    <li class={css.one}>
      <Avatar initials={who?.initials ?? "·"} />
      <div class={css.text}>
        <div>
          {who?.name ?? t("app.someone")}
          {who?.isMe && ` (${t("app.you")})`}
        </div>
        <div class="soft">
          {[calls && !attendance ? t("meetings.convenor") : came, joins && !attendance && t(`meetings.by_${joins}`)]
            .filter(Boolean)
            .join(" · ")}
        </div>
        {role && <div class="soft">{role}</div>}
        {substitute && <div class="soft">{t("meetings.comes", { navn: substitute })}</div>}
        {apology && <div class="soft">{apology}</div>}
      </div>
    </li>
  );
}
