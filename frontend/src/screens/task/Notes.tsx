import { limits, type RecordID } from "../../../../sync/plan/plan.gen.ts";
import { mayMake, me, today, zone } from "../../data/case.ts";
import { useDraft } from "../../data/draft.ts";
import { addNote, type Note, notesAbout } from "../../data/notes.ts";
import { person } from "../../data/people.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { momentWords } from "../../text/dates.ts";
import css from "./Notes.module.css";

/** What has been written about a record, and room for one's own words. */
export function Notes({ about }: { readonly about: RecordID }) {
  const notes = notesAbout(about);
  return (
    <Block title={t("tasks.notes")}>
      {notes.length === 0 && <Empty>{t("tasks.notesNone")}</Empty>}
      <ul class={css.notes}>
        {notes.map((note) => (
          <One key={note.id} note={note} />
        ))}
      </ul>
      {mayMake(me.value, "note") && <Write about={about} />}
    </Block>
  );
}

function One({ note }: { readonly note: Note }) {
  const { text, person: by, at } = note.f;
  // Not sent yet: it can only be this person's own, and has no time of the server's.
  const who = note.waiting || !by ? (note.waiting ? t("app.youStart") : null) : (person(by)?.name ?? t("app.someone"));
  const when = note.waiting ? t("app.waits") : at && momentWords(at, today.value, zone.value);
  return (
    <li>
      <Card tight>
        <p class={css.text}>{text}</p>
        <p class="soft">{[who, when].filter(Boolean).join(" · ")}</p>
      </Card>
    </li>
  );
}

function Write({ about }: { readonly about: RecordID }) {
  const draft = useDraft(`note.${about}`);
  const text = draft.text.value.trim();
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (text && saved(await addNote(about, text), t("app.saved"))) draft.clear();
  };
  return (
    <form onSubmit={onSave}>
      <TextField
        label={t("tasks.note")}
        hint={t("tasks.noteWho")}
        value={draft.text.value}
        onInput={draft.write}
        max={limits.note.text}
        lines={3}
      />
      {text && (
        <Button submit look="main" wide>
          {t("tasks.noteSave")}
        </Button>
      )}
    </form>
  );
}
