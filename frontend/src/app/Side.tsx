import lazy, { ErrorBoundary } from "preact-iso/lazy";
import { caseID, firstPlan, path } from "../data/case.ts";
import { type Tab, Tabs } from "../parts/Tabs.tsx";
import { t } from "../text/catalogue.ts";
import type { Screen, TabName } from "./routes.ts";
import css from "./Side.module.css";

// It counts what waits in every plan, which a first screen does not wait for.
const Across = lazy(() => import("./more.ts").then((screens) => screens.Across));
const tabs: readonly TabName[] = ["plan", "tasks", "meetings", "contacts"];

/** The tabs; on a wide screen they stand at the side, under the day and the plans. */
export function Side({ screen }: { readonly screen: Screen | undefined }) {
  return (
    <aside class={css.side}>
      <div class={css.brand}>
        <span class={css.knot} />
        {t("app.name")}
      </div>
      <ErrorBoundary>
        <Across isToday={screen?.path === "/today"} />
      </ErrorBoundary>
      {(caseID.value ?? firstPlan()) && <Tabs tabs={tabs.map((name) => tab(name, screen))} />}
    </aside>
  );
}

function tab(name: TabName, screen: Screen | undefined): Tab {
  const href = path(name === "plan" ? "" : `/${name}`);
  return { key: name, href, icon: name, words: t(`app.${name}`), isHere: screen?.tab === name };
}
