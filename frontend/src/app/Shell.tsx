import { useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { exec, LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import type { SpaceID } from "../../../sync/plan/plan.gen.ts";
import { isAcross } from "../data/across.ts";
import { caseID, firstPlan, lastPlace, plan, plans, remember } from "../data/case.ts";
import { doubt, learnNames } from "../data/doubt.ts";
import { outcome, tell } from "../data/saved.ts";
import { failure, session } from "../data/session.ts";
import { hasTried, sync } from "../data/store.ts";
import { Doubt } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Live } from "../parts/Live.tsx";
import { SignIn } from "../screens/signIn/SignIn.tsx";
import { followCountry, t } from "../text/catalogue.ts";
import { Header } from "./Header.tsx";
import { Locked } from "./Locked.tsx";
import { preload, type Screen, screens } from "./routes.ts";
import css from "./Shell.module.css";
import { Side } from "./Side.tsx";
import { Strips } from "./Strips.tsx";
import { type Place, useBeside } from "./wide.ts";

/** What stands around every screen: top bar, tabs, the line about the network, the way to help. */
export function Shell() {
  if (failure.value !== null) throw failure.value;
  const here = useLocation();
  const screen = screenAt(here);
  // The address is the one truth about which plan is open; everything below reads the signal.
  caseID.value = (/^\/c\/([^/]+)/.exec(here.path)?.[1] as SpaceID | undefined) ?? null;
  if (caseID.value) lastPlace.value = here.path;
  useFollow(screen);
  const isIn = session.value === "in" && !sync.value.locked;
  const beside = useBeside(isIn ? screen : undefined);
  return (
    <Doubt.Provider value={doubt.value}>
      <div class={css.frame}>
        <a class={css.skip} href="#main">
          {t("app.skip")}
        </a>
        {isIn && <Side screen={beside ? screenAt(beside) : screen} />}
        <Page place={beside ?? here} isIn={isIn} isBeside={beside !== null} />
        {beside && <Opened here={here} list={beside} screen={screen} />}
        <Live words={outcome.value.words} shown={outcome.value.isRefusal} />
      </div>
    </Doubt.Provider>
  );
}

const screenAt = ({ path }: Place): Screen | undefined => screens.find((one) => exec(path, one.path));

interface PageProps {
  readonly place: Place;
  readonly isIn: boolean;
  /** Something is open beside it, and that is the main thing. */
  readonly isBeside: boolean;
}

function Page({ place, isIn, isBeside }: PageProps) {
  const screen = screenAt(place);
  const { locked } = sync.value;
  // A role rather than another element: a list keeps its place and its choices when something opens beside it.
  const landmark = isBeside
    ? ({ role: "complementary", "aria-label": t(screen?.title ?? "app.plan") } as const)
    : ({ role: "main", id: "main" } as const);
  return (
    <LocationProvider.ctx.Provider value={place}>
      <div class={css.page}>
        <Header screen={locked && !screen?.isOpen ? undefined : screen} isIn={isIn} isBeside={isBeside} />
        <div {...landmark} tabIndex={-1} class={css.main}>
          {isIn && <Strips />}
          <Body screen={screen} />
        </div>
        {place.path !== "/help" && (
          <footer>
            <a class={css.help} href="/help">
              {t("app.concern")}
            </a>
          </footer>
        )}
      </div>
    </LocationProvider.ctx.Provider>
  );
}

interface OpenedProps {
  readonly here: Place;
  readonly list: Place;
  readonly screen: Screen | undefined;
}

/** What is open in the list beside it, where there is room for both. */
function Opened({ here, list, screen }: OpenedProps) {
  const { path } = here;
  useEffect(() => {
    toHeading();
    // Who closes it goes on reading where they opened it.
    return () => requestAnimationFrame(() => document.querySelector<HTMLElement>(`a[href="${path}"]`)?.focus());
  }, [path]);
  // The list keeps its place on the page.
  const still = { ...here, wasPush: false } as Place;
  return (
    <LocationProvider.ctx.Provider value={still}>
      <main id="main" tabIndex={-1} class={css.opened}>
        <a class={css.close} href={list.url}>
          <Icon name="back" />
          {t("app.close")}
        </a>
        <Body screen={screen} onLoad={toHeading} />
      </main>
    </LocationProvider.ctx.Provider>
  );
}

// A reader and a keyboard begin a new screen at its heading.
function toHeading(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("h1")?.focus());
}

function useFollow(screen: Screen | undefined): void {
  useSignalEffect(() => {
    const country = plan.value?.case.f.country;
    if (country) void followCountry(country);
    if (plan.value) remember(plan.value.space.id);
    void learnNames();
  });
  useEffect(() => {
    document.title = `${t(screen?.title ?? "app.missingTitle")} – ${t("app.name")}`;
  });
  useEffect(() => {
    const idle = setTimeout(preload, 1_000);
    return () => clearTimeout(idle);
  }, []);
}

interface BodyProps {
  readonly screen: Screen | undefined;
  /** A screen that had to be fetched is there. */
  readonly onLoad?: () => void;
}

function Body({ screen, onLoad }: BodyProps) {
  const { path } = useLocation();
  if (!screen?.isOpen) {
    if (session.value === "opening") return <p class="soft">{t("app.opening")}</p>;
    if (session.value === "out") return <SignIn />;
    if (sync.value.locked) return <Locked />;
    if (path === "/") return <Start />;
    if (screen && caseID.value && !plan.value && !hasTried.value) return <p class="soft">{t("app.fetching")}</p>;
    if (!screen || (caseID.value && !plan.value)) return <Missing />;
  }
  const onRoute = () => {
    if (outcome.peek().isRefusal) tell("");
    toHeading();
  };
  return (
    <Router onRouteChange={onRoute} {...(onLoad && { onLoadEnd: onLoad })}>
      {screens.map((one) => (
        <Route key={one.path} path={one.path} component={one.component} />
      ))}
    </Router>
  );
}

/** Where the app opens: at the day across plans, in the plan from last time, else where all of them are. */
function Start() {
  const { route } = useLocation();
  const first = firstPlan();
  const start = isAcross.value ? "/today" : first ? `/c/${first}` : "/cases";
  const knows = plans.value.length > 0 || hasTried.value;
  useEffect(() => {
    if (knows) route(start, true);
  }, [start, knows]);
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
