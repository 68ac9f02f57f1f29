import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import { isAcross, nameOf } from "../data/across.ts";
import { caseID, meIn, type Plan, plans, zoneOf } from "../data/case.ts";
import { now } from "../data/clock.ts";
import { heldIn } from "../data/people.ts";
import { waitingForMe, waitingIn } from "../data/today.ts";
import { t } from "../text/catalogue.ts";
import { dayOf } from "../text/dates.ts";
import css from "./Across.module.css";

/** The day across all plans, and each of them, with how much waits there; at the side of a wide screen. */
export function Across({ isToday }: { readonly isToday: boolean }) {
  if (plans.value.length < 2) return null;
  return (
    <>
      {isAcross.value && <Today isHere={isToday} />}
      <Plans here={isToday ? null : caseID.value} />
    </>
  );
}

function Today({ isHere }: { readonly isHere: boolean }) {
  return (
    <nav class={css.today} aria-label={t("today.title")}>
      <a href="/today" class={css.day} aria-current={isHere ? "page" : undefined}>
        <span class={css.name}>{t("today.title")}</span>
        <Count n={waitingForMe.value.length} />
        <span class={css.about}>{t("today.across")}</span>
      </a>
    </nav>
  );
}

function Count({ n }: { readonly n: number }) {
  if (n === 0) return null;
  return (
    <span class={css.count}>
      <span aria-hidden="true">{n}</span>
      <span class="sr">{t("today.count", { n })}</span>
    </span>
  );
}

function Plans({ here }: { readonly here: SpaceID | null }) {
  return (
    <nav class={css.plans} aria-labelledby="plans">
      <div class={css.head} id="plans">
        {t("cases.title")}
      </div>
      {plans.value.map((one) => (
        <OnePlan key={one.space.id} one={one} isHere={one.space.id === here} />
      ))}
    </nav>
  );
}

function OnePlan({ one, isHere }: { readonly one: Plan; readonly isHere: boolean }) {
  const { space } = one;
  const day = dayOf(now.value, zoneOf(one));
  const isMine = heldIn(space, day).some(({ f }) => f.person === meIn(space)?.person);
  const facts = [one.case.f.kind === "anonymous_group" && t("cases.group"), isMine && t("cases.youAre")];
  return (
    <a href={`/c/${space.id}`} class={css.plan} aria-current={isHere ? "true" : undefined}>
      <span class={css.name}>{nameOf(one)}</span>
      {isAcross.value && <Count n={waitingIn(one)} />}
      <span class={css.about}>{facts.filter(Boolean).join(" · ")}</span>
    </a>
  );
}
