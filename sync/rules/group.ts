/** What a group without names must not hold, said while one writes. Go's twin is group.go; vectors hold both to the same answers. */

// Six digits of a birthday and four (CPR) or five (fødselsnummer) behind them, however people set them apart.
const personNumber =
  /(^|[^0-9])([0-7][0-9][0189][0-9][0-9]{2}|[0-7][0-9][45][0-9][0-9]{2})[ .\-–]?[0-9]{4,5}($|[^0-9])/;

/** Whether a text has something in it that looks like a person number (R11). */
export function holdsPersonNumber(text: string): boolean {
  return personNumber.test(text);
}
