import { type Attendance as How, limits } from "../../../../sync/plan/plan.gen.ts";
import { planName, space } from "../../data/case.ts";
import { type Meeting, type Participant, participants } from "../../data/meetings.ts";
import { attend, attendAll, childMissed, unmarked } from "../../data/minutes.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { useField } from "../../data/writing.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField } from "../../parts/Field.tsx";
import { Written } from "../../parts/Written.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Attendance.module.css";

const ways: readonly How[] = ["present", "present_remote", "partly", "absent"];

/** Who was there and how; for a child who was not, why. */
export function Attendance({ meeting }: { readonly meeting: Meeting }) {
  const all = participants(meeting);
  const n = unmarked(meeting).length;
  const navn = space.value ? planName(space.value) : "";
  return (
    <Block title={t("minutes.people")}>
      <Card>
        {n > 1 && (
          <div class={css.all}>
            <Button wide onClick={() => onAll(meeting)}>
              {t("minutes.allCame", { n })}
            </Button>
          </div>
        )}
        {all.map((place) => (
          <One key={place.id} place={place} />
        ))}
        {(childMissed(meeting) || meeting.f.childAbsent) && (
          <Written
            rec={meeting}
            field="childAbsent"
            useField={useField}
            label={t("minutes.childAbsent", { navn })}
            max={limits.meeting.childAbsent}
            lines={2}
          />
        )}
      </Card>
    </Block>
  );
}

async function onAll(meeting: Meeting) {
  const done = await attendAll(meeting);
  if (done) saved(done, t("app.saved"));
}

function One({ place }: { readonly place: Participant }) {
  const choices = ways.map((value) => ({ value: value as How | "", words: t(`meetings.attendance_${value}`) }));
  const onChange = async (value: How | "") => {
    const done = value && (await attend(place, value));
    if (done) saved(done, t("app.saved"));
  };
  return (
    <ChoiceField<How | "">
      label={person(place.f.person)?.name ?? t("app.someone")}
      value={place.f.attendance ?? ""}
      choices={place.f.attendance ? choices : [{ value: "", words: t("minutes.notMarked") }, ...choices]}
      onChange={onChange}
    />
  );
}
