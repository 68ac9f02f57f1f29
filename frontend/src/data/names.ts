import { holdsPersonNumber } from "../../../sync/rules/group.ts";
import { t } from "../text/catalogue.ts";
import { plan, space } from "./case.ts";
import firstNames from "./firstnames.json" with { type: "json" };
import { ofKind } from "./store.ts";

/** Says that a person number is refused, or asks about a word that looks like a name; undefined when there is neither. */
export function doubtIn(text: string): string | undefined {
  if (holdsPersonNumber(text)) return t("fault.group.personNumber");
  const [navn] = likelyNames(text, knownWords());
  return navn && t("app.doubt", { navn });
}

// Grown-ups of the plan, where they work and what the group is called may be written.
function knownWords(): ReadonlySet<string> {
  const people = ofKind(space.value, "person").flatMap(({ f }) => [f.name, f.title, f.organisation]);
  const { title, municipality } = plan.value?.case.f ?? {};
  return new Set([...people, title, municipality].flatMap((text) => wordsOf(text ?? "")).map(bare));
}

/**
 * The words of a text that look like somebody's name and are not known: common first names of Danish and Norwegian
 * children, and any word with a capital that does not begin a sentence, since both languages write only names so.
 */
export function likelyNames(text: string, known: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (const { 0: word, index } of text.matchAll(capitalised)) {
    const isName = common.has(bare(word)) || !beginsSentence(text, index);
    if (isName && !known.has(bare(word)) && !names.includes(word)) names.push(word);
  }
  return names;
}

const common: ReadonlySet<string> = new Set(firstNames);
// Not the polite "De".
const capitalised = /(?<![\p{L}\p{N}-])(?!(?:De|Dem|Deres)(?!\p{L}))\p{Lu}\p{Ll}+/gu;

// Looks no further back than it must: minutes are long, and this runs at every key.
function beginsSentence(text: string, index: number): boolean {
  let before = index - 1;
  while (text[before] === " ") before--;
  return before < 0 || '.!?:;\n•–-"»«“”('.includes(text[before] ?? "");
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\p{L}+/gu) ?? [];
}

// A name without the s of what belongs to it: "Olivers" is Oliver.
function bare(word: string): string {
  const low = word.toLowerCase();
  return common.has(low) ? low : low.replace(/s$/, "");
}
