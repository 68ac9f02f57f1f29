import type { ComponentChildren } from "preact";
import { Block, Card } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Reminders.module.css";

const phones = [
  { title: "install.iphone", steps: ["install.iphone1", "install.iphone2", "install.iphone3"], picture: <Share /> },
  { title: "install.android", steps: ["install.android1", "install.android2", "install.android3"], picture: <Dots /> },
  { title: "install.desktop", steps: ["install.desktop1", "install.desktop2"], picture: <Bar /> },
] as const;

/** How the app comes onto the home screen: on an iPhone nothing is pushed before. */
export function Install() {
  return (
    <>
      <h1 tabIndex={-1}>{t("install.title")}</h1>
      <p class={css.lead}>{t("install.lead")}</p>
      {phones.map(({ title, steps, picture }) => (
        <Block key={title} title={t(title)}>
          <Card>
            {picture}
            <ol class={css.steps}>
              {steps.map((step) => (
                <li key={step}>{t(step)}</li>
              ))}
            </ol>
          </Card>
        </Block>
      ))}
    </>
  );
}

// The pictures show where to press; the steps say it too.
function Picture({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class={css.picture} viewBox="0 0 260 92" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
      {children}
    </svg>
  );
}

// The bar at the foot of Safari, with the square and its arrow.
function Share() {
  return (
    <Picture>
      <rect x="1" y="1" width="258" height="90" rx="14" />
      <path d="M1 44h258" />
      <path d="M28 60l-10 8 10 8M66 60l10 8-10 8" />
      <circle cx="130" cy="68" r="20" stroke="var(--rope)" stroke-width="3" />
      <path d="M123 66h-3v13h20V66h-3M130 72V58m-5 5l5-5 5 5" stroke="var(--ink)" />
      <path d="M180 60h16v16h-16zM222 60h16v16h-16z" />
    </Picture>
  );
}

// The bar at the head of Chrome, with its three dots.
function Dots() {
  return (
    <Picture>
      <rect x="1" y="1" width="258" height="90" rx="14" />
      <path d="M1 52h258" />
      <rect x="16" y="14" width="190" height="24" rx="12" />
      <circle cx="234" cy="26" r="19" stroke="var(--rope)" stroke-width="3" />
      <path d="M234 18v.5M234 26v.5M234 34v.5" stroke="var(--ink)" stroke-width="5" stroke-linecap="round" />
    </Picture>
  );
}

// The address bar of a computer's browser, with the screen and its arrow at the end.
function Bar() {
  return (
    <Picture>
      <rect x="1" y="1" width="258" height="90" rx="8" />
      <path d="M1 52h258" />
      <rect x="16" y="14" width="228" height="24" rx="12" />
      <circle cx="226" cy="26" r="19" stroke="var(--rope)" stroke-width="3" />
      <path d="M218 20h16v10h-16zM222 34h8M226 20v6m-3-3l3 3 3-3" stroke="var(--ink)" />
    </Picture>
  );
}
