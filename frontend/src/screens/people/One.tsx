import { useSignal } from "@preact/signals";
import { path, today } from "../../data/case.ts";
import { sightOf } from "../../data/handover.ts";
import { endPlace, keptBy, mayEnd, type Place } from "../../data/persons.ts";
import { saved } from "../../data/saved.ts";
import { Avatar } from "../../parts/Avatar.tsx";
import { Button } from "../../parts/Button.tsx";
import { DayField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import { addDays, longDay, shortDay } from "../../text/dates.ts";
import css from "./People.module.css";

/** One person in the plan, and the end of their part in it. */
export function One({ place }: { readonly place: Place }) {
  const isOpen = useSignal(false);
  const { person, role, since, until, holdsRope } = place;
  const work = [person.title, person.organisation].filter(Boolean).join(", ");
  const time = [
    since && t("people.since", { dato: shortDay(since, today.value) }),
    until && t("people.until", { dato: shortDay(until, today.value) }),
  ].filter(Boolean);
  return (
    <li class={css.one}>
      <Avatar initials={person.initials} holds={holdsRope} />
      <div class={css.words}>
        <h3>{person.isMe ? t("tasks.me", { navn: person.name }) : person.name}</h3>
        {work && <div class={`soft ${css.capital}`}>{work}</div>}
        <div class="soft">{t("people.field", { sektor: t(`sector.${person.sector}`) })}</div>
        <div class="soft">
          {[
            holdsRope && t("people.holdsRope"),
            t(`people.role_${role}`),
            sightOf(role) === "none" && t("people.noSignIn"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </div>
        {time.length > 0 && <div class="soft">{time.join(" · ")}</div>}
        {mayEnd(place) && !until && !isOpen.value && (
          <div class={css.act}>
            <Button
              look="quiet"
              label={t("people.endLong", { navn: person.name })}
              onClick={() => (isOpen.value = true)}
            >
              {t("people.end")}
            </Button>
          </div>
        )}
        {isOpen.value && <End place={place} onClose={() => (isOpen.value = false)} />}
      </div>
    </li>
  );
}

function End({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const last = useSignal(today.value);
  const kept = keptBy(place);
  const { first: navn } = place.person;
  if (kept) return <Kept place={place} onClose={onClose} />;
  const onNow = async () => {
    // A last day counts to its end; who is out now had their last one yesterday.
    if (saved(await endPlace(place, addDays(today.value, -1)), t("people.ended", { navn }))) onClose();
  };
  const onSave = async (event: Event) => {
    event.preventDefault();
    if (!last.value) return;
    const words = t("people.endLater", { navn, dato: longDay(last.value, today.value) });
    if (saved(await endPlace(place, last.value), words)) onClose();
  };
  return (
    <form class={css.end} onSubmit={onSave}>
      <p>{t("people.endText", { navn })}</p>
      <Button look="main" wide onClick={onNow}>
        {t("people.endNow")}
      </Button>
      <DayField label={t("people.endDay")} min={today.value} value={last.value} onInput={(day) => (last.value = day)} />
      <Button submit wide>
        {t("people.endSave")}
      </Button>
      <Button look="quiet" wide onClick={onClose}>
        {t("app.cancel")}
      </Button>
    </form>
  );
}

/** Why it cannot end yet, and the way to what has to come first. */
function Kept({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const kept = keptBy(place);
  const { first: navn } = place.person;
  if (!kept) return null;
  const isRope = kept.why === "rope";
  return (
    <div class={css.end} role="status">
      <p>{kept.why === "rope" ? t("people.keptRope", { navn }) : t("people.keptTasks", { navn, n: kept.n })}</p>
      <a class={css.link} href={path(isRope ? "/handover" : "/tasks?all")}>
        {t(isRope ? "people.toHandover" : "people.toTasks")}
      </a>
      <Button look="quiet" onClick={onClose}>
        {t("app.cancel")}
      </Button>
    </div>
  );
}
