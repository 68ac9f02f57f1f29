import type { Rec } from "../../../../sync/client/types.ts";
import { type Grade, limits } from "../../../../sync/plan/plan.gen.ts";
import { may, me, plan } from "../../data/case.ts";
import { put } from "../../data/keep.ts";
import { saved } from "../../data/saved.ts";
import { useField } from "../../data/writing.ts";
import { Block, Card } from "../../parts/Card.tsx";
import { OneChip } from "../../parts/Chips.tsx";
import { Written } from "../../parts/Written.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import css from "./Situation.module.css";

const texts = ["needs", "challenges", "resources", "possibilities", "involved", "otherPlans"] as const;
const hints: Readonly<Partial<Record<(typeof texts)[number], Key>>> = {
  needs: "situation.needsHint",
  involved: "situation.involvedHint",
  otherPlans: "situation.otherPlansHint",
};
const grades: readonly Grade[] = ["light", "moderate", "severe"];

/** What everybody needs to know: what is hard, what helps, what could help, and who has been asked (PT6, PR2, PR7, PR10, PR12). */
export function Situation() {
  const one = plan.value?.case;
  if (!one) return null;
  return (
    <>
      <h1 tabIndex={-1}>{t("situation.title")}</h1>
      <p class={`soft ${css.lead}`}>{t(may(me.value, one, "challenges") ? "situation.keeps" : "situation.text")}</p>
      <div class={css.parts}>
        {texts.map((field) => (
          <Text key={field} one={one} field={field} />
        ))}
        <HowHard one={one} />
      </div>
    </>
  );
}

function Text({ one, field }: { readonly one: Rec<"case">; readonly field: (typeof texts)[number] }) {
  const label = t(`situation.${field}`);
  const text = one.f[field];
  if (may(me.value, one, field)) {
    return (
      <Card>
        <Written
          rec={one}
          field={field}
          useField={useField}
          label={label}
          hint={hints[field] && t(hints[field])}
          max={limits.case[field]}
          lines={3}
        />
      </Card>
    );
  }
  return (
    <Block title={label}>
      <Card>
        <p class={text ? css.text : "soft"}>{text || t("situation.empty")}</p>
      </Card>
    </Block>
  );
}

function HowHard({ one }: { readonly one: Rec<"case"> }) {
  const { grade } = one.f;
  const onPress = async (to: Grade) => {
    const done = await put(one, { grade: to });
    if (done) saved(done, t("app.saved"));
  };
  if (!may(me.value, one, "grade")) {
    return (
      <Block title={t("situation.grade")}>
        <Card>
          <p class={grade ? "" : "soft"}>{grade ? t(`situation.grade_${grade}`) : t("situation.empty")}</p>
        </Card>
      </Block>
    );
  }
  return (
    <Card>
      <OneChip
        legend={t("situation.grade")}
        hint={t("situation.gradeHint")}
        value={grade}
        choices={grades.map((value) => ({ value, words: t(`situation.grade_${value}`) }))}
        onPress={onPress}
      />
    </Card>
  );
}
