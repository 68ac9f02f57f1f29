import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import {
  answer,
  answerTo,
  type FormField,
  finishForm,
  form as formOf,
  inWords,
  mayFill,
  type Form as OneForm,
  templateOf,
  unanswered,
} from "../../data/forms.ts";
import { saved } from "../../data/saved.ts";
import { Button } from "../../parts/Button.tsx";
import { Buttons } from "../../parts/Buttons.tsx";
import { Block, Card } from "../../parts/Card.tsx";
import { ChoiceField, DayField, TextField } from "../../parts/Field.tsx";
import { t } from "../../text/catalogue.ts";
import css from "./Form.module.css";
import { PdfButton } from "./PdfButton.tsx";

const longest = 20_000; // characters of an answer, as the server has it

/** One form: to fill in as one goes while it is a draft, and to read, print and file when it is final. */
export function Form({ id = "" }: { readonly id?: string }) {
  const one = formOf(id);
  const template = one && templateOf(one);
  if (!one || !template) return <h1 tabIndex={-1}>{t("forms.missing")}</h1>;
  const isOpen = mayFill(one);
  const mark = template.colour === "green" || template.colour === "yellow" ? template.colour : null;
  return (
    <article class={css.form}>
      {mark && <p class={`${css.mark} ${css[mark]}`}>{t(`forms.${mark}`)}</p>}
      <h1 tabIndex={-1}>{inWords(template.name)}</h1>
      <p class="soft">{t(`forms.state_${one.f.state ?? "draft"}`)}</p>
      {template.sections.map((section) => (
        <Block key={section.id} title={inWords(section.title)}>
          <Card>
            {section.fields.map((field) =>
              isOpen ? <Ask key={field.id} one={one} field={field} /> : <Read key={field.id} one={one} field={field} />,
            )}
          </Card>
        </Block>
      ))}
      {isOpen && <Finish one={one} />}
      <div class={css.actions}>
        <Buttons>
          <Button onClick={() => print()}>{t("forms.print")}</Button>
          <PdfButton words={t("forms.pdf")} rec={one.id} />
        </Buttons>
      </div>
    </article>
  );
}

function Read({ one, field }: { readonly one: OneForm; readonly field: FormField }) {
  const { text } = answerTo(one, field);
  if (!text && !field.required) return null;
  const chosen = field.choices?.find(({ value }) => value === text);
  return (
    <div class={css.read}>
      <h3>{inWords(field.label)}</h3>
      <p class={css.text}>{chosen ? inWords(chosen.label) : text || <span class="soft">{t("forms.empty")}</span>}</p>
    </div>
  );
}

/** One field, saved when it is left: what the plan says already stands there, and can be written over. */
function Ask({ one, field }: { readonly one: OneForm; readonly field: FormField }) {
  const { text, isDrawn } = answerTo(one, field);
  const typed = useSignal<string | null>(null);
  const keep = async () => {
    const now = typed.value;
    if (now === null || now === text) return;
    if (saved(await answer(one, field, now), t("app.saved"))) typed.value = null;
  };
  useEffect(() => () => void keep(), []);
  const shared = {
    label: inWords(field.label),
    hint: isDrawn && typed.value === null ? t("forms.drawn") : undefined,
    value: typed.value ?? text,
  };
  if (field.type === "choice") {
    const choices = [
      { value: "", words: t("forms.choose") },
      ...(field.choices ?? []).map(({ value, label }) => ({ value, words: inWords(label) })),
    ];
    return <ChoiceField {...shared} choices={choices} onChange={(value) => void pick(one, field, value)} />;
  }
  const onInput = (value: string) => {
    typed.value = value;
  };
  return (
    <div onFocusOut={() => void keep()}>
      {field.type === "day" ? (
        <DayField {...shared} min="" onInput={onInput} />
      ) : (
        <TextField {...shared} onInput={onInput} max={longest} {...(field.type === "lines" && { lines: 3 })} />
      )}
    </div>
  );
}

async function pick(one: OneForm, field: FormField, value: string) {
  saved(await answer(one, field, value), t("app.saved"));
}

function Finish({ one }: { readonly one: OneForm }) {
  const missing = unanswered(one);
  return (
    <Card>
      {missing.length > 0 && (
        <>
          <p>{t("forms.missingList", { n: missing.length })}</p>
          <ul class={css.missing}>
            {missing.map((field) => (
              <li key={field.id}>{inWords(field.label)}</li>
            ))}
          </ul>
        </>
      )}
      <Button
        look="main"
        wide
        busy={missing.length > 0}
        onClick={async () => void saved(await finishForm(one), t("forms.finished"))}
      >
        {t("forms.finish")}
      </Button>
    </Card>
  );
}
