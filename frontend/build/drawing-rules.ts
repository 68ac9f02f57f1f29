import { parseSync, Visitor } from "vite";

const colour = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i;
const wholeColour = /^#[0-9a-f]{3,8}$|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i;
const sides =
  /^(?:left|right)$|^(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b|-(?:left|right)-radius$/;
const sided = /^(?:text-align|float|clear|justify-\w+|background-position|object-position|transform-origin)$/;
const fourSided = /^(?:margin|padding|inset|border-width|scroll-margin|scroll-padding)$/;

/** What a stylesheet does that breaks dark mode (raw colours) or right-to-left writing (left and right). */
export function faultsInStyle(file: string, source: string): string[] {
  const found: string[] = [];
  const bare = source.replace(/\/\*[\s\S]*?\*\//g, "");
  for (const [, name = "", value = ""] of bare.matchAll(/([\w-]+)\s*:\s*([^;{}]+)(?=[;}])/g)) {
    if (colour.test(value) && !file.startsWith("frontend/src/style/")) found.push(`raw colour in ${name}`);
    if (isPhysical(name, value)) found.push(`physical side in ${name}`);
  }
  return found.map((fault) => `${file}: ${fault}`);
}

function isPhysical(name: string, value: string): boolean {
  const parts = value.match(/(?:[^\s(]|\([^)]*\))+/g) ?? [];
  const isLopsided = fourSided.test(name) && parts.length === 4 && parts[1] !== parts[3];
  return sides.test(name) || isLopsided || (sided.test(name) && /\b(?:left|right)\b/.test(value));
}

const spoken = new Set([
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "title",
  "alt",
  "placeholder",
  "label",
]);
const unsafe = new Set(["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML"]);

/** What a component does that belongs elsewhere: words, colours, sides, and text read as HTML. */
export function faultsInCode(file: string, source: string): string[] {
  const found: string[] = [];
  const onName = (name: string) => unsafe.has(name) && found.push(`text read as HTML: ${name}`);
  const onText = (text: string) => wholeColour.test(text) && found.push(`raw colour ${text}`);
  new Visitor({
    Identifier: ({ name }) => void onName(name),
    JSXIdentifier: ({ name }) => void onName(name),
    Literal: ({ value }) => void (typeof value === "string" && onText(value)),
    TemplateElement: ({ value }) => void onText(value.raw),
    JSXText: ({ value }) => void (hasWord(value) && found.push(`words in a component: ${value.trim()}`)),
    JSXAttribute({ name, value }) {
      if (name.type !== "JSXIdentifier" || value?.type !== "Literal") return;
      if (spoken.has(name.name) && hasWord(String(value.value))) found.push(`words in a component: ${value.value}`);
    },
    Property({ key }) {
      // Plain left and right are too common as names to be caught here.
      const isSide = key.type === "Identifier" && /[a-z](?:Left|Right)/.test(key.name) && sides.test(dashed(key.name));
      if (isSide) found.push(`physical side in ${key.name}`);
    },
  }).visit(parseSync(file, source).program);
  return found.map((fault) => `${file}: ${fault}`);
}

function hasWord(text: string): boolean {
  return /\p{L}/u.test(text.replace(/&\w+;/g, ""));
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
