import { today } from "../../data/case.ts";
import { latestReview, type MoveForm, type Spot } from "../../data/moves.ts";
import { members } from "../../data/people.ts";
import { ManyChips } from "../../parts/Chips.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { type Key, t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";

interface Props {
  readonly spot: Spot;
  readonly form: MoveForm;
  readonly write: (name: string, text: string) => void;
}

const lines: Readonly<Record<string, Key>> = {
  skipReason: "moves.skipReason",
  leaderRole: "moves.leaderRole",
  assessments: "moves.assessments",
};
const days: Readonly<Record<string, Key>> = {
  discussed: "moves.discussed",
  followUp: "moves.followUp",
  conveyed: "moves.conveyed",
};
const people: Readonly<Record<string, { readonly field: string; readonly label: Key }>> = {
  leader: { field: "leaderInvolved", label: "moves.leader" },
  tovholder: { field: "nextTovholder", label: "moves.tovholder" },
  medicationBy: { field: "medicationBy", label: "moves.medicationBy" },
};
const fields: Readonly<Record<string, string>> = { discussed: "discussedAt", conveyed: "conveyedAt" };

/** One thing that just this move needs. */
export function Asked({ one, spot, form, write }: Props & { readonly one: string }) {
  const field = fields[one] ?? one;
  const value = form[field] ?? "";
  if (lines[one]) {
    return (
      <TextField label={t(lines[one])} value={value} onInput={(text) => write(field, text)} max={2_000} lines={2} />
    );
  }
  if (days[one]) return <DayField label={t(days[one])} min="" value={value} onInput={(day) => write(field, day)} />;
  const who = people[one];
  if (who) return <Person label={t(who.label)} value={form[who.field] ?? ""} onChange={(id) => write(who.field, id)} />;
  if (one === "review") {
    const latest = latestReview(spot, form);
    return (
      <DayField
        label={t("moves.review")}
        hint={latest ? t("moves.reviewHint", { dato: longDay(latest, today.value) }) : undefined}
        min={form.from ?? ""}
        value={form.review || latest}
        onInput={(day) => write("review", day)}
      />
    );
  }
  if (one === "efforts") return <Efforts value={value} onChange={(to) => write(field, to)} />;
  if (one === "adviser") return <Adviser form={form} write={write} />;
  return <Choice one={one} value={value} onChange={(to) => write(field, to)} />;
}

function Adviser({ form, write }: Omit<Props, "spot">) {
  return (
    <>
      <Person label={t("moves.adviser")} value={form.adviser ?? ""} onChange={(id) => write("adviser", id)} />
      {!form.adviser && (
        <TextField
          label={t("moves.noAdviser")}
          value={form.noAdviser ?? ""}
          onInput={(text) => write("noAdviser", text)}
          max={2_000}
          lines={2}
        />
      )}
    </>
  );
}

interface PersonProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function Person({ label, value, onChange }: PersonProps) {
  const choices = members.value.map(({ id, name }) => ({ value: id as string, words: name }));
  return (
    <ChoiceField
      label={label}
      value={value}
      choices={[{ value: "", words: t("moves.choose") }, ...choices]}
      onChange={onChange}
    />
  );
}

const choices: Readonly<Record<string, { readonly label: Key; readonly values: Readonly<Record<string, Key>> }>> = {
  startingPoint: {
    label: "moves.startingPoint",
    values: { meeting: "moves.startMeeting", assessment: "moves.startAssessment" },
  },
  entryWay: {
    label: "moves.entryWay",
    values: { family: "moves.wayFamily", adviser: "moves.wayAdviser", report: "moves.wayReport" },
  },
  referredTo: {
    label: "moves.referredTo",
    values: {
      child_psychiatry: "sector.child_psychiatry",
      hospital_paediatrics: "sector.hospital_paediatrics",
      other: "sector.other",
    },
  },
};

function Choice({
  one,
  value,
  onChange,
}: {
  readonly one: string;
  readonly value: string;
  readonly onChange: (to: string) => void;
}) {
  const asked = choices[one];
  if (!asked) return null;
  return (
    <ChoiceField
      label={t(asked.label)}
      value={value}
      choices={[
        { value: "", words: t("moves.choose") },
        ...Object.entries(asked.values).map(([key, words]) => ({ value: key, words: t(words) })),
      ]}
      onChange={onChange}
    />
  );
}

const efforts = ["social", "psychological", "pedagogical"] as const;

/** What kind of help it is: any of three (LS4). They are kept as one text, with spaces between. */
function Efforts({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const held = new Set<string>(value.split(" "));
  const onPress = (one: string) =>
    onChange(efforts.filter((effort) => held.has(effort) !== (effort === one)).join(" "));
  return (
    <ManyChips<string>
      legend={t("moves.efforts")}
      values={held}
      choices={efforts.map((one) => ({ value: one, words: t(`moves.effort_${one}`) }))}
      onPress={onPress}
    />
  );
}
