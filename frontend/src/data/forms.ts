import { computed } from "@preact/signals";
import type { Op, Rec, Saved } from "../../../sync/client/types.ts";
import green from "../../../sync/forms/groent-skema.1.json";
import yellow from "../../../sync/forms/gult-skema.1.json";
import invitation from "../../../sync/forms/moedeindkaldelse.1.json";
import template from "../../../sync/forms/netvaerksmoedeskabelon.1.json";
import notice from "../../../sync/forms/orientering-kommune-buc.1.json";
import handover from "../../../sync/forms/overdragelsesnotat.1.json";
import log from "../../../sync/forms/stafettlogg.1.json";
import type { FormTemplate, RecordID } from "../../../sync/plan/plan.gen.ts";
import { language } from "../text/catalogue.ts";
import { may, me, plan, space } from "./case.ts";
import { draw } from "./draw.ts";
import { said } from "./levels.ts";
import { edit, find, newID, ofKind } from "./store.ts";

/** One text of a form, in each of its languages. */
type Words = Readonly<Record<"da" | "nb" | "en", string>>;

/** One thing a form asks for, as sync/forms writes it. */
export interface FormField {
  readonly id: string;
  readonly type: "line" | "lines" | "day" | "choice";
  readonly label: Words;
  readonly required?: boolean;
  readonly from?: string;
  readonly choices?: readonly { readonly value: string; readonly label: Words }[];
}
interface Template {
  readonly id: FormTemplate;
  readonly version: number;
  readonly name: Words;
  readonly colour: string;
  readonly about: string;
  readonly sections: readonly { readonly id: string; readonly title: Words; readonly fields: readonly FormField[] }[];
}

export type Form = Rec<"form">;

// The files are guarded where they stand (sync/forms): their shape is known.
const templates = [
  green,
  yellow,
  template,
  invitation,
  notice,
  handover,
  log,
] as readonly unknown[] as readonly Template[];

/** The template of a form. Every version that was ever used is kept; an import has the first. */
export function templateOf(form: Form): Template | undefined {
  const version = form.f.version || 1;
  return templates.find((one) => one.id === form.f.template && one.version === version);
}

/** The forms that fit the plan on the screen: by its country, and whether it has names. */
export const fitting = computed<readonly Template[]>(() => {
  const { country, kind } = plan.value?.case.f ?? {};
  const fits: readonly FormTemplate[] =
    kind === "anonymous_group"
      ? ["groent-skema", "moedeindkaldelse", "overdragelsesnotat"]
      : country === "NO"
        ? ["stafettlogg", "moedeindkaldelse", "overdragelsesnotat"]
        : ["gult-skema", "netvaerksmoedeskabelon", "moedeindkaldelse", "orientering-kommune-buc", "overdragelsesnotat"];
  return templates.filter(({ id }) => fits.includes(id));
});

/** The forms of the plan on the screen, the newest last. */
export const forms = computed<readonly Form[]>(() => ofKind(space.value, "form"));

/** One form of the plan on the screen. */
export const form = (id: string): Form | undefined => find(space.value, "form", id);

/** Words of a form in the language on the screen. */
export const inWords = (words: Words): string => said(words, language.value).text;

/** Whether this person fills in a form: as long as it is a draft. */
export function mayFill(of: Form): boolean {
  return (of.f.state ?? "draft") === "draft" && may(me.value, of, "a.x" as never);
}

/** What stands in a field: what somebody wrote, else what the plan says already. */
export function answerTo(of: Form, field: FormField): { readonly text: string; readonly isDrawn: boolean } {
  const written = of.f[`a.${field.id}`];
  if (written !== undefined) return { text: written, isDrawn: false };
  const isOpen = (of.f.state ?? "draft") === "draft";
  const drawn = isOpen && field.from ? draw(field.from, of) : "";
  const text = field.type === "line" ? drawn.replaceAll("\n", ", ") : drawn;
  return { text, isDrawn: text !== "" };
}

/** Which required fields have no answer yet. */
export function unanswered(of: Form): readonly FormField[] {
  const fields = templateOf(of)?.sections.flatMap((section) => section.fields) ?? [];
  return fields.filter((field) => field.required && answerTo(of, field).text.trim() === "");
}

/** Begins a form; it is there at once, also offline, and filled in as one goes. */
export async function beginForm(of: Template, about: { readonly meeting?: string; readonly handover?: string }) {
  const current = space.peek();
  const id = newID<RecordID>();
  if (!current) return null;
  const fields = { template: of.id, version: of.version, ...about };
  const saved = await edit(current.id, [{ rec: id, kind: "form", new: fields }] as readonly Op[]);
  return { id, saved };
}

/** Writes an answer. */
export async function answer(of: Form, field: FormField, text: string): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const name = `a.${field.id}` as const;
  return edit(current.id, [
    { rec: of.id, kind: "form", set: { [name]: text || null }, was: { [name]: of.f[name] ?? null } },
  ] as readonly Op[]);
}

/** Makes a form final. What the plan said is kept with it, so that the paper in the archive is what people saw. */
export async function finishForm(of: Form): Promise<Saved> {
  const current = space.peek();
  if (!current) return { ok: false, code: "failed" };
  const set: Record<string, string> = { state: "final" };
  const was: Record<string, string | null> = { state: of.f.state ?? null };
  for (const section of templateOf(of)?.sections ?? []) {
    for (const field of section.fields) {
      const { text, isDrawn } = answerTo(of, field);
      if (!isDrawn) continue;
      set[`a.${field.id}`] = text;
      was[`a.${field.id}`] = null;
    }
  }
  return edit(current.id, [{ rec: of.id, kind: "form", set, was }] as readonly Op[]);
}
