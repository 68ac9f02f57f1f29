import { today } from "../../data/case.ts";
import { alongside, barred } from "../../data/proposal.ts";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Handover.module.css";

/** Who cannot be asked, and why (R4): nobody has to wonder where a name is. */
export function Barred() {
  if (barred.value.length === 0) return null;
  return (
    <details class={css.fold}>
      <summary>{t("handover.barred")}</summary>
      <ul class={css.list}>
        {barred.value.map(({ person, why, from }) => (
          <li key={person.id}>
            <span>{person.name}</span>
            <span class="soft">{t(`handover.barred_${why}`, { dato: from ? longDay(from, today.value) : "" })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What comes along without being written. */
export function Along() {
  const { nextMeeting, contacts } = alongside.value;
  return (
    <dl class={css.facts}>
      <div>
        <dt>{t("handover.nextMeeting")}</dt>
        <dd>{nextMeeting ? longDay(nextMeeting, today.value) : t("handover.noMeeting")}</dd>
      </div>
      {contacts.length > 0 && (
        <div>
          <dt>{t("handover.contacts")}</dt>
          <dd>{contacts.map(({ person }) => person.name).join(", ")}</dd>
        </div>
      )}
    </dl>
  );
}
