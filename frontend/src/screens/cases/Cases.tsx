import { isAcross } from "../../data/across.ts";
import { meIn, type Plan, planName, plans, zoneOf } from "../../data/case.ts";
import { now } from "../../data/clock.ts";
import { openers } from "../../data/opening.ts";
import { tovholdersIn } from "../../data/people.ts";
import { sync } from "../../data/store.ts";
import { openTasksIn } from "../../data/tasks.ts";
import { LinkButton } from "../../parts/Button.tsx";
import { Card, Empty } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { dayOf } from "../../text/dates.ts";
import css from "./Cases.module.css";

/** Every plan this person is in. */
export function Cases() {
  return (
    <>
      {plans.value.length === 0 && <Nothing />}
      {isAcross.value && (
        <div class={css.day}>
          <LinkButton href="/today" wide>
            {t("today.title")}
          </LinkButton>
        </div>
      )}
      <ul class={css.list}>
        {plans.value.map((plan) => (
          <One key={plan.space.id} plan={plan} />
        ))}
      </ul>
      {openers.value.length > 0 && (
        <LinkButton href="/cases/new" icon="plus" wide>
          {t("cases.new")}
        </LinkButton>
      )}
    </>
  );
}

// Without a word from the server yet, nobody can say that there is none.
function Nothing() {
  if (sync.value.lastContact === null) return <Empty>{t("app.offlineNever")}</Empty>;
  return (
    <Card>
      <h2>{t("cases.none")}</h2>
      <p>{t("cases.noneText")}</p>
    </Card>
  );
}

function One({ plan }: { readonly plan: Plan }) {
  const { space, case: record } = plan;
  const [holder] = tovholdersIn(space, dayOf(now.value, zoneOf(plan)));
  const isMine = holder !== undefined && holder.id === meIn(space)?.person;
  const todo = openTasksIn(space);
  const facts = [
    record.f.kind === "anonymous_group" && t("cases.group"),
    record.f.state === "closed" && t("cases.closed"),
    holder && (isMine ? t("cases.youAre") : t("cases.tovholder", { navn: holder.name })),
  ].filter(Boolean);
  return (
    <li>
      <a class={css.link} href={`/c/${space.id}`}>
        <Card>
          <h2 class={css.name}>{planName(space)}</h2>
          <div class="soft">{facts.join(" · ")}</div>
          {todo > 0 && <div class={css.todo}>{t("cases.todo", { n: todo })}</div>}
        </Card>
      </a>
    </li>
  );
}
