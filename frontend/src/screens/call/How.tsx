import { limits, type MeetingForm } from "../../../../sync/plan/plan.gen.ts";
import { today } from "../../data/case.ts";
import { isOwnCircle, suggestsVideo } from "../../data/invite.ts";
import { put } from "../../data/keep.ts";
import type { Meeting } from "../../data/meetings.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { Check } from "../../parts/Check.tsx";
import { OneChip } from "../../parts/Chips.tsx";
import { t } from "../../text/catalogue.ts";
import { Kept } from "./Kept.tsx";
import { told } from "./told.ts";

const forms: readonly MeetingForm[] = ["hybrid", "physical", "video", "phone"];

/** How people meet, as the family wants it (R17, MT10b). */
export function How({ one }: { readonly one: Meeting }) {
  return (
    <Block title={t("call.how")}>
      <Card>
        <OneChip
          legend={t("call.how")}
          isQuiet
          hint={`${t("call.formHint")} ${suggestsVideo(one) ? t("call.videoHelps") : ""}`.trim()}
          value={one.f.form}
          choices={forms.map((value) => ({ value, words: t(`call.form_${value}`) }))}
          onPress={(form) => told(put(one, { form }))}
        />
        {one.f.form !== "phone" && <Kept rec={one} field="place" label={t("call.place")} max={limits.meeting.place} />}
        {!isOwnCircle(one) && (
          <Check
            label={t("call.formChosen")}
            isOn={one.f.formChosenAt !== undefined}
            onChange={(isOn) => told(put(one, { formChosenAt: isOn ? today.peek() : null }))}
          />
        )}
      </Card>
    </Block>
  );
}
