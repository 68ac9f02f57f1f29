import { useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { exec, Route, Router, useLocation } from "preact-iso/router";
import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import { caseID, firstPlan, lastPlace, plan, plans, remember } from "../data/case.ts";
import { outcome, tell } from "../data/saved.ts";
import { failure, session } from "../data/session.ts";
import { hasTried, sync } from "../data/store.ts";
import { Live } from "../parts/Live.tsx";
import { SignIn } from "../screens/signIn/SignIn.tsx";
import { followCountry, t } from "../text/catalogue.ts";
import { Header } from "./Header.tsx";
import { Locked } from "./Locked.tsx";
import { preload, type Screen, screens } from "./routes.ts";
import css from "./Shell.module.css";
import { Side } from "./Side.tsx";
import { Strips } from "./Strips.tsx";

/** What stands around every screen: top bar, tabs, the line about the network, the way to help. */
export function Shell() {
  if (failure.value !== null) throw failure.value;
  const { path } = useLocation();
  const screen = screens.find((one) => exec(path, one.path));
  // The address is the one truth about which plan is open; everything below reads the signal.
  caseID.value = (/^\/c\/([^/]+)/.exec(path)?.[1] as SpaceID | undefined) ?? null;
  if (caseID.value) lastPlace.value = path;
  useFollow(screen);
  const { locked } = sync.value;
  const isIn = session.value === "in" && !locked;
  return (
    <div class={css.frame}>
      <a class={css.skip} href="#main">
        {t("app.skip")}
      </a>
      {isIn && <Side screen={screen} />}
      <div class={css.page}>
        <Header screen={locked && !screen?.isOpen ? undefined : screen} isIn={isIn} />
        <main id="main" tabIndex={-1} class={css.main}>
          {isIn && <Strips />}
          <Body screen={screen} />
        </main>
        {path !== "/help" && (
          <footer>
            <a class={css.help} href="/help">
              {t("app.concern")}
            </a>
          </footer>
        )}
      </div>
      <Live words={outcome.value.words} shown={outcome.value.isRefusal} />
    </div>
  );
}

function useFollow(screen: Screen | undefined): void {
  useSignalEffect(() => {
    const country = plan.value?.case.f.country;
    if (country) void followCountry(country);
    if (plan.value) remember(plan.value.space.id);
  });
  useEffect(() => {
    document.title = `${t(screen?.title ?? "app.missingTitle")} – ${t("app.name")}`;
  });
  useEffect(() => {
    const idle = setTimeout(preload, 1_000);
    return () => clearTimeout(idle);
  }, []);
}

function Body({ screen }: { readonly screen: Screen | undefined }) {
  const { path } = useLocation();
  if (!screen?.isOpen) {
    if (session.value === "opening") return <p class="soft">{t("app.opening")}</p>;
    if (session.value === "out") return <SignIn />;
    if (sync.value.locked) return <Locked />;
    if (path === "/") return <Start />;
    if (screen && caseID.value && !plan.value && !hasTried.value) return <p class="soft">{t("app.fetching")}</p>;
    if (!screen || (caseID.value && !plan.value)) return <Missing />;
  }
  // A reader and a keyboard begin a new screen at its heading.
  const onRoute = () => {
    if (outcome.peek().isRefusal) tell("");
    requestAnimationFrame(() => document.querySelector<HTMLElement>("h1")?.focus());
  };
  return (
    <Router onRouteChange={onRoute}>
      {screens.map((one) => (
        <Route key={one.path} path={one.path} component={one.component} />
      ))}
    </Router>
  );
}

/** Where the app opens: in the plan from last time, else where all of them are. */
function Start() {
  const { route } = useLocation();
  const first = firstPlan();
  const knows = plans.value.length > 0 || hasTried.value;
  useEffect(() => {
    if (knows) route(first ? `/c/${first}` : "/cases", true);
  }, [first, knows]);
  return <p class="soft">{t("app.fetching")}</p>;
}

function Missing() {
  return (
    <>
      <h1 tabIndex={-1}>{t("app.missingTitle")}</h1>
      <p>{t("app.missingText")}</p>
      <p>
        <a href="/">{t("app.toPlan")}</a>
      </p>
    </>
  );
}
