import type { TaskID } from "../../../../sync/plan/plan.gen.ts";
import { path, today } from "../../data/case.ts";
import type { Passing } from "../../data/handover.ts";
import { notesAbout } from "../../data/notes.ts";
import { person } from "../../data/people.ts";
import { alongside } from "../../data/proposal.ts";
import { task } from "../../data/tasks.ts";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Handover.module.css";

interface Fact {
  readonly label: string;
  readonly text: string | undefined;
}

/** The handover note: why, what is important now, and what becomes of each agreement (DOMAIN 4.6). */
export function NoteSheet({ one }: { readonly one: Passing }) {
  const { reason, importantNow, familyWishes } = one.rec.f;
  const facts: readonly Fact[] = [
    { label: t("handover.why"), text: reason },
    { label: t("handover.important"), text: importantNow },
    { label: t("handover.wishes"), text: familyWishes },
    { label: t("handover.child"), text: childTold(one) },
    { label: t("handover.nextMeeting"), text: nextMeeting(one) },
    ...notesAbout(one.rec.id).map(({ f }) => ({ label: t("handover.refuseWhy"), text: f.text })),
  ];
  return (
    <>
      <dl class={css.facts}>
        {facts
          .filter(({ text }) => text)
          .map(({ label, text }, i) => (
            <div key={`${label}${i}`}>
              <dt>{label}</dt>
              <dd class={css.text}>{text}</dd>
            </div>
          ))}
      </dl>
      <Tasks one={one} />
      <Ways one={one} />
    </>
  );
}

function childTold({ rec: { f } }: Passing): string | undefined {
  const who = person(f.childToldBy)?.name;
  const on = f.childToldOn && longDay(f.childToldOn, today.value);
  return [who, on].filter(Boolean).join(", ") || undefined;
}

function nextMeeting({ rec: { f } }: Passing): string | undefined {
  return f.nextMeeting && longDay(f.nextMeeting, today.value);
}

function Tasks({ one }: { readonly one: Passing }) {
  const { openTasks = [] } = one.rec.f;
  if (openTasks.length === 0) return null;
  return (
    <>
      <h3>{t("handover.tasks")}</h3>
      <ul class={css.list}>
        {openTasks.map((id) => (
          <li key={id}>
            <a href={path(`/tasks/${id}`)}>{task(id)?.f.title ?? t("tasks.hidden")}</a>
            <span class="soft">{settled(one, id)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function settled({ rec: { f }, from, to }: Passing, id: TaskID): string {
  if (f.moved?.includes(id)) return t("handover.moves", { til: to?.first ?? "" });
  if (f.ended?.includes(id)) return t("handover.ends");
  // A list may name what somebody else does: it stays with whoever that is.
  const keeper = person(task(id)?.f.responsible) ?? from;
  return t("handover.stays", { fra: keeper?.first ?? "" });
}

/** One way in for each sector comes along by itself; only a handover that is not over needs it. */
function Ways({ one }: { readonly one: Passing }) {
  const { contacts } = alongside.value;
  if (contacts.length === 0 || (one.state !== "proposed" && one.state !== "accepted")) return null;
  return (
    <details class={css.fold}>
      <summary>{t("handover.contacts")}</summary>
      <ul class={css.list}>
        {contacts.map(({ key, sector, person: who }) => (
          <li key={key}>
            <span>{who.name}</span>
            <span class="soft">{t(`sector.${sector}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
