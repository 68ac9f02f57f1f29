/** What a group without names must not hold, said while one writes. Go's twin is group.go; vectors hold both to the same answers. */

// Six digits of a birthday and four (CPR) or five (fødselsnummer) behind them, however people set them apart.
const personNumber =
  /(^|[^0-9])([0-7][0-9][0189][0-9][0-9]{2}|[0-7][0-9][45][0-9][0-9]{2})[ .\-–]?[0-9]{4,5}($|[^0-9])/;

/** Whether a text has something in it that looks like a person number (R11). */
export function holdsPersonNumber(text: string): boolean {
  return personNumber.test(text);
}

// Words that are written with a capital and name nobody. Days and months are not, in Danish and Norwegian.
const plain = new Set([
  ..."PPR PPT BUC BUP SFO CPR DK NO I Vi De Det Den Der Jeg Du Hun Han Man Et En Solsikken".split(" "),
]);

/**
 * Words that may be somebody's name: with a capital inside a sentence. A warning, never a refusal: it is wrong at
 * times, and only people know (R11).
 */
export function likelyNames(text: string): readonly string[] {
  const found = new Set<string>();
  for (const sentence of text.split(/[.!?:\n]\s*/u)) {
    const words = sentence.match(/\p{L}[\p{L}'-]*/gu) ?? [];
    for (const word of words.slice(1)) if (/^\p{Lu}\p{Ll}+/u.test(word) && !plain.has(word)) found.add(word);
  }
  return [...found];
}
