import { computed, signal } from "@preact/signals";

// Types only: what a phone loads is one module of one language, made by build/text-plugin.ts.
type Words<File> = File extends { readonly default: infer W } ? W : File;
type Catalogue = Words<typeof import("./ahead.json")> &
  Words<typeof import("./app.json")> &
  Words<typeof import("./ask.json")> &
  Words<typeof import("./calendar.json")> &
  Words<typeof import("./call.json")> &
  Words<typeof import("./cases.json")> &
  Words<typeof import("./consents.json")> &
  Words<typeof import("./contacts.json")> &
  Words<typeof import("./evaluation.json")> &
  Words<typeof import("./fault.json")> &
  Words<typeof import("./forms.json")> &
  Words<typeof import("./handover.json")> &
  Words<typeof import("./goals.json")> &
  Words<typeof import("./help.json")> &
  Words<typeof import("./history.json")> &
  Words<typeof import("./home.json")> &
  Words<typeof import("./install.json")> &
  Words<typeof import("./levels.json")> &
  Words<typeof import("./locked.json")> &
  Words<typeof import("./me.json")> &
  Words<typeof import("./meetings.json")> &
  Words<typeof import("./moves.json")> &
  Words<typeof import("./people.json")> &
  Words<typeof import("./minutes.json")> &
  Words<typeof import("./reminders.json")> &
  Words<typeof import("./sector.json")> &
  Words<typeof import("./signIn.json")> &
  Words<typeof import("./situation.json")> &
  Words<typeof import("./tasks.json")> &
  Words<typeof import("./time.json")> &
  Words<typeof import("./today.json")> &
  Words<typeof import("./video.json")> &
  Words<typeof import("./waiting.json")>;

/** Every sentence the app can say; a key that is in no file does not compile. */
export type Key = keyof Catalogue & string;
export type Language = "da" | "nb" | "en";
export type Params = Readonly<Record<string, string | number>>;

export const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: "da", name: "Dansk" },
  { code: "nb", name: "Norsk" },
  { code: "en", name: "English" },
];
const locales = { da: "da-DK", nb: "nb-NO", en: "en-GB" } as const;

interface Chunk {
  readonly default: Readonly<Record<string, string>>;
}
/** The words of a language: those of the first screens, and the rest. */
interface Load {
  readonly first: () => Promise<Chunk>;
  readonly rest: () => Promise<Chunk>;
}
const load: Readonly<Record<Language, Load>> = {
  da: { first: () => import("virtual:text/da"), rest: () => import("virtual:text/da.rest") },
  nb: { first: () => import("virtual:text/nb"), rest: () => import("virtual:text/nb.rest") },
  en: { first: () => import("virtual:text/en"), rest: () => import("virtual:text/en.rest") },
};

interface Spoken {
  readonly language: Language;
  readonly words: Readonly<Record<string, string>>;
}
const spoken = signal<Spoken>({ language: "da", words: {} });

/** The language on the screen. */
export const language = computed(() => spoken.value.language);
/** The same, as `Intl` wants it. */
export const locale = computed(() => locales[spoken.value.language]);

/** The sentence of a key in the language on the screen, with `{name}` and `{n, one=…|other=…}` filled in. */
export function t(key: Key, params: Params = {}): string {
  return fill(spoken.value.words[key] ?? key, params);
}

/** Whether a text is a key of the catalogue. */
export function isKey(text: string): text is Key {
  return Object.hasOwn(spoken.value.words, text);
}

/** Puts words on the screen at once; tests and `speak` use it. */
export function use(code: Language, words: Readonly<Record<string, string>>): void {
  spoken.value = { language: code, words };
  if (typeof document !== "undefined") document.documentElement.lang = code;
}

function fill(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)(?:, ([^}]*))?\}/g, (_, name: string, forms?: string) => {
    const value = params[name] ?? "";
    return forms ? plural(forms, Number(value)) : String(value);
  });
}

function plural(forms: string, n: number): string {
  const rule = new Intl.PluralRules(locale.value).select(n);
  const words = new Map(forms.split("|").map((form) => form.split("=") as [string, string]));
  return (words.get(rule) ?? words.get("other") ?? "").replace("#", String(n));
}

const chosenKey = "samspor.language";
const countryKey = "samspor.country";
const ofCountry: Readonly<Record<string, Language>> = { DK: "da", NO: "nb" };

/** Loads the words of the language to begin with: chosen by the person, else the plan's, else the browser's. */
export async function startLanguage(): Promise<void> {
  await speak(chosen() ?? ofCountry[localStorage.getItem(countryKey) ?? ""] ?? ofBrowser());
}

/** The person's own choice; it is kept on this phone. */
export async function chooseLanguage(code: Language): Promise<void> {
  localStorage.setItem(chosenKey, code);
  await speak(code);
}

/** The language of the open plan's country, unless the person has chosen one. */
export async function followCountry(country: string): Promise<void> {
  localStorage.setItem(countryKey, country);
  const code = ofCountry[country];
  if (code && !chosen()) await speak(code);
}

/** The country of the plan that was open last, if any. */
export function lastCountry(): string | null {
  return localStorage.getItem(countryKey);
}

let wanted: Language = "da";
let isWhole = false;

/** Loads the words that the first screens do without; the other screens wait for them. */
export async function speakWhole(): Promise<void> {
  if (isWhole) return;
  isWhole = true;
  try {
    await put(wanted);
  } catch (error) {
    isWhole = false; // asked again with the next screen
    throw error;
  }
}

async function speak(code: Language): Promise<void> {
  if (code === spoken.peek().language && Object.keys(spoken.peek().words).length > 0) return;
  wanted = code;
  await put(code);
}

async function put(code: Language): Promise<void> {
  const { first, rest } = load[code];
  const chunks = await Promise.all(isWhole ? [first(), rest()] : [first()]);
  // Somebody has chosen another language meanwhile, or asked for all of this one.
  if (code !== wanted || (isWhole && chunks.length < 2)) return;
  use(code, Object.assign({}, ...chunks.map((chunk) => chunk.default)));
}

function chosen(): Language | undefined {
  return languages.find(({ code }) => code === localStorage.getItem(chosenKey))?.code;
}

function ofBrowser(): Language {
  for (const tag of navigator.languages) {
    if (tag.startsWith("da")) return "da";
    if (/^(nb|no|nn)/.test(tag)) return "nb";
    if (tag.startsWith("en")) return "en";
  }
  return "da";
}
