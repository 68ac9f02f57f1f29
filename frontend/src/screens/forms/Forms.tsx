import { useLocation } from "preact-iso/router";
import { mayMake, me, path, today } from "../../data/case.ts";
import { beginForm, type Form, fitting, forms, inWords, templateOf } from "../../data/forms.ts";
import { meeting } from "../../data/meetings.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Block, Card, Empty } from "../../parts/Card.tsx";
import { t } from "../../text/catalogue.ts";
import { longDay } from "../../text/dates.ts";
import css from "./Forms.module.css";
import { PdfButton } from "./PdfButton.tsx";

/** The papers of the plan: those that are filled in, and the ones to begin. */
export function Forms() {
  return (
    <>
      <h1 tabIndex={-1}>{t("forms.title")}</h1>
      <p class="soft">{t("forms.text")}</p>
      {forms.value.length === 0 && <Empty>{t("forms.none")}</Empty>}
      {forms.value.length > 0 && (
        <Card tight>
          <ul>
            {forms.value.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        </Card>
      )}
      <PdfButton words={t("forms.pdfAll")} />
      {mayMake(me.value, "form") && <Begin />}
    </>
  );
}

function Row({ one }: { readonly one: Form }) {
  const form = templateOf(one);
  const about = meeting(one.f.meeting ?? "")?.f;
  const when = about?.start && longDay(about.start.slice(0, 10), today.value);
  return (
    <li class={css.row}>
      <a class={css.link} href={path(`/forms/${one.id}`)}>
        {form ? inWords(form.name) : t("forms.unknown")}
        <span class="soft">{[t(`forms.state_${one.f.state ?? "draft"}`), when].filter(Boolean).join(" · ")}</span>
      </a>
    </li>
  );
}

function Begin() {
  const { route, query } = useLocation();
  const about = {
    ...(query.meeting && { meeting: query.meeting }),
    ...(query.handover && { handover: query.handover }),
  };
  return (
    <Block title={t("forms.begin")}>
      <div class={css.begin}>
        {fitting.value.map((one) => (
          <Button
            key={one.id}
            wide
            onClick={async () => {
              const made = await beginForm(one, about);
              if (made && saved(made.saved, t("forms.begun"))) route(path(`/forms/${made.id}`));
            }}
          >
            {inWords(one.name)}
          </Button>
        ))}
      </div>
    </Block>
  );
}
