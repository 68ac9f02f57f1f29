import { type ChildHow, limits } from "../../../../sync/plan/plan.gen.ts";
import { planName, space, today } from "../../data/case.ts";
import { familyOf } from "../../data/circle.ts";
import { chooseWithFamily, isOwnCircle, toggleChooser, withGP } from "../../data/invite.ts";
import { put } from "../../data/keep.ts";
import type { Meeting } from "../../data/meetings.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { Check } from "../../parts/Check.tsx";
import { ManyChips, OneChip } from "../../parts/Chips.tsx";
import { DayField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Call.module.css";
import { Kept } from "./Kept.tsx";
import { told } from "./told.ts";

/** What was settled with the family and the child, and what the one who calls answers for. */
export function Family({ one }: { readonly one: Meeting }) {
  const asksRelevant = one.f.kind === "tvaerfagligt_netvaerksmoede";
  const asksFamily = !isOwnCircle(one);
  if (!asksFamily && !withGP(one)) return null;
  return (
    <Block title={t("call.family")}>
      <Card>
        {asksFamily && <Chosen one={one} />}
        {asksRelevant && (
          <Check
            label={t("call.relevant")}
            isOn={one.f.relevantAt !== undefined}
            onChange={(isOn) => told(put(one, { relevantAt: isOn ? today.peek() : null }))}
          />
        )}
        {withGP(one) && (
          <Check
            label={t("call.gpTalk")}
            hint={t("call.gpPaid")}
            isOn={one.f.gpDialogueHeld === true}
            onChange={(isOn) => told(put(one, { gpDialogueHeld: isOn }))}
          />
        )}
        {asksFamily && <Child one={one} />}
      </Card>
    </Block>
  );
}

function Chosen({ one }: { readonly one: Meeting }) {
  const { chosenAt, chosenWith = [] } = one.f;
  return (
    <>
      <Check
        label={t("call.chosen")}
        isOn={chosenAt !== undefined}
        onChange={(isOn) => told(chooseWithFamily(one, isOn))}
      />
      {chosenAt !== undefined && (
        <details class={css.row}>
          <summary>
            <span class="soft">{t("call.chosenMore")}</span>
          </summary>
          <DayField
            label={t("call.chosenDay")}
            min=""
            value={chosenAt}
            onInput={(day) => day > "2000" && told(put(one, { chosenAt: day }))}
          />
          <ManyChips<string>
            legend={t("call.chosenWith")}
            values={new Set<string>(chosenWith)}
            choices={familyOf().map(({ id, name }) => ({ value: id, words: name }))}
            onPress={(id) => told(toggleChooser(one, id))}
          />
          <Kept rec={one} field="chosenRemark" label={t("call.chosenRemark")} max={limits.meeting.access} lines={2} />
        </details>
      )}
    </>
  );
}

const hows: readonly ChildHow[] = ["in_the_room", "part_of_it", "remote", "in_writing", "through_adult", "not_now"];

function Child({ one }: { readonly one: Meeting }) {
  const navn = space.value ? planName(space.value) : "";
  return (
    <>
      <OneChip
        legend={t("call.child", { navn })}
        hint={t("call.childHint", { navn })}
        value={one.f.childHow}
        choices={hows.map((value) => ({ value, words: t(`call.how_${value}`) }))}
        onPress={(childHow) => told(put(one, { childHow, childAsked: true }))}
      />
      {one.f.childHow === "not_now" && (
        <Kept
          rec={one}
          field="childAbsent"
          label={t("call.childAbsent", { navn })}
          max={limits.meeting.childAbsent}
          lines={2}
        />
      )}
    </>
  );
}
