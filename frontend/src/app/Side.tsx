import { caseID, firstPlan, path, planName, plans } from "../data/case.ts";
import { type Tab, Tabs } from "../parts/Tabs.tsx";
import { t } from "../text/catalogue.ts";
import type { Screen, TabName } from "./routes.ts";
import css from "./Side.module.css";

const tabs: readonly TabName[] = ["plan", "tasks", "meetings", "contacts"];

/** The tabs; on a wide screen they stand at the side, with the other plans under them. */
export function Side({ screen }: { readonly screen: Screen | undefined }) {
  return (
    <aside class={css.side}>
      <div class={css.brand}>
        <span class={css.knot} />
        {t("app.name")}
      </div>
      {(caseID.value ?? firstPlan()) && <Tabs tabs={tabs.map((name) => tab(name, screen))} />}
      <Plans />
    </aside>
  );
}

function tab(name: TabName, screen: Screen | undefined): Tab {
  const href = path(name === "plan" ? "" : `/${name}`);
  return { key: name, href, icon: name, words: t(`app.${name}`), isHere: screen?.tab === name };
}

function Plans() {
  if (plans.value.length < 2) return null;
  return (
    <nav class={css.plans} aria-labelledby="plans">
      <div class={css.head} id="plans">
        {t("cases.title")}
      </div>
      {plans.value.map(({ space }) => (
        <a
          key={space.id}
          href={`/c/${space.id}`}
          class={css.plan}
          aria-current={space.id === caseID.value ? "true" : undefined}
        >
          {planName(space)}
        </a>
      ))}
    </nav>
  );
}
