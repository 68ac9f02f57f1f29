import { limits } from "../../../../sync/plan/plan.gen.ts";
import { mayMake, me, path, today, zone } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { hostsIt, type Meeting } from "../../data/meetings.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { addRemark, confirm, mayConfirm, type Remark, readersOf, remarksOf } from "../../data/shared.ts";
import { Button, LinkButton } from "../../parts/Button.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { listWords, momentWords } from "../../text/dates.ts";
import css from "./Minutes.module.css";

/** What stands beside shared minutes: who has read them, and everybody's remarks (R25). */
export function Beside({ meeting }: { readonly meeting: Meeting }) {
  return (
    <div>
      <Readers meeting={meeting} />
      <Block title={t("minutes.remarks")}>
        <ul class={css.remarks}>
          {remarksOf(meeting).map((remark) => (
            <One key={remark.id} remark={remark} />
          ))}
        </ul>
        {mayMake(me.value, "remark") && <Write meeting={meeting} />}
      </Block>
      {mayMake(me.value, "evaluation") && (
        <div class={css.write}>
          <LinkButton href={path(`/evaluations?meeting=${meeting.id}`)} wide>
            {t("minutes.lookBack")}
          </LinkButton>
        </div>
      )}
    </div>
  );
}

function Readers({ meeting }: { readonly meeting: Meeting }) {
  const names = readersOf(meeting).map(({ name, isMe }) => (isMe ? t("app.you") : name));
  return (
    <div class={css.write}>
      {mayConfirm(meeting) && !hostsIt(meeting) && (
        <Button look="main" wide onClick={async () => saved(await confirm(meeting), t("minutes.readSaved"))}>
          {t("minutes.read")}
        </Button>
      )}
      {names.length > 0 && <p class="soft">{t("minutes.readBy", { navne: listWords(names) })}</p>}
    </div>
  );
}

function One({ remark }: { readonly remark: Remark }) {
  const { text, person: by, at } = remark.f;
  // Not sent yet: it can only be this person's own, and has no time of the server's.
  const who = by ? (person(by)?.name ?? t("app.someone")) : t("app.youStart");
  const when = remark.waiting ? t("app.waits") : at && momentWords(at, today.value, zone.value);
  return (
    <li>
      <Card tight>
        <p class={css.text}>{text}</p>
        <p class="soft">{[who, when].filter(Boolean).join(" · ")}</p>
      </Card>
    </li>
  );
}

function Write({ meeting }: { readonly meeting: Meeting }) {
  const draft = useDraft(`remark.${meeting.id}`);
  const text = draft.text.value.trim();
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (text && saved(await addRemark(meeting, text), t("minutes.remarkSaved"))) draft.clear();
  };
  return (
    <form onSubmit={onSave}>
      <TextField
        label={t("minutes.remark")}
        hint={t("minutes.remarkHint")}
        value={draft.text.value}
        onInput={draft.write}
        max={limits.remark.text}
        lines={3}
      />
      {text && (
        <Button submit look="main" wide>
          {t("minutes.remarkSend")}
        </Button>
      )}
    </form>
  );
}
