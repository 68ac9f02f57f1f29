/** Merges long texts by paragraph (diff3). Go's twin is text.go, which says why; vectors/text/ holds both to the same answers. */

/** A merged text; where it is not clean, the kept version. */
export interface Merged {
  readonly text: string;
  readonly clean: boolean;
}

type Parts = readonly string[];

/** The table that aligns two texts has at most so many cells: 2,000 changed paragraphs on each side. */
const maxCells = 2000 * 2000;

/**
 * Merges two versions of a text by what each changed in the version that both
 * started from. Where an unchanged paragraph stands between their changes both
 * hold; where they touch, and differ, it is not clean.
 */
export function paragraphs(base: string, kept: string, claimed: string): Merged {
  if (kept === claimed || claimed === base) return { text: kept, clean: true };
  if (kept === base) return { text: claimed, clean: true };
  const [b, k, c] = [split(base), split(kept), split(claimed)];
  const inKept = align(b, k);
  const inClaimed = align(b, c);
  if (!inKept || !inClaimed) return { text: kept, clean: false };
  const out: string[] = [];
  let [bi, ki, ci] = [0, 0, 0]; // everything before is merged
  for (let i = 0; i <= b.length; i++) {
    const kj = inKept[i] as number;
    const cj = inClaimed[i] as number;
    if (kj < 0 || cj < 0) continue; // up to the next paragraph that both have left
    const region = pick(b.slice(bi, i), k.slice(ki, kj), c.slice(ci, cj));
    if (!region) return { text: kept, clean: false };
    out.push(...region, ...b.slice(i, i + 1));
    [bi, ki, ci] = [i + 1, kj + 1, cj + 1];
  }
  return { text: out.join("").slice(edge.length), clean: true };
}

/** The one version of a region that somebody changed. */
function pick(base: Parts, kept: Parts, claimed: Parts): Parts | undefined {
  if (equal(kept, claimed) || equal(claimed, base)) return kept;
  return equal(kept, base) ? claimed : undefined;
}

function equal(a: Parts, b: Parts): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** Stands before a text while it is merged, so that its first paragraph looks like all others. */
const edge = "\n\n";

/** Cuts a text into its paragraphs, each with the blank lines before it; joined again they are the text. */
function split(text: string): Parts {
  const all = edge + text;
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  let filled = false; // whether the line before is not blank
  for (const line of all.split("\n")) {
    const blank = !/[^ \t\r]/.test(line);
    if (blank && filled) {
      parts.push(all.slice(from, at - 1));
      from = at - 1;
    }
    filled = !blank;
    at += line.length + 1;
  }
  return [...parts, all.slice(from)];
}

/** Where a side holds each paragraph of base, -1 where it does not; past the last one the side's end. */
function align(base: Parts, side: Parts): readonly number[] | undefined {
  let [n, m] = [base.length, side.length];
  const at = [...base.map(() => -1), m];
  let lo = 0;
  for (; lo < n && lo < m && base[lo] === side[lo]; lo++) at[lo] = lo;
  for (; n > lo && m > lo && base[n - 1] === side[m - 1]; m--) at[--n] = m - 1;
  if ((n - lo) * (m - lo) > maxCells) return undefined;
  const width = m - lo + 1;
  const common = table(base.slice(lo, n), side.slice(lo, m));
  const cell = (i: number, j: number) => common[(i - lo) * width + j - lo] as number;
  for (let [i, j] = [lo, lo] as [number, number]; i < n && j < m; ) {
    if (base[i] === side[j]) at[i++] = j++;
    // A tie must fall the same way in both languages.
    else if (cell(i + 1, j) >= cell(i, j + 1)) i++;
    else j++;
  }
  return at;
}

/** How many paragraphs the rest of base and the rest of the side have in common at most, row by row. */
function table(base: Parts, side: Parts): Uint16Array {
  const numbers = new Map<string, number>(); // equal paragraphs, equal numbers: the table compares no texts
  const number = (part: string) => {
    if (!numbers.has(part)) numbers.set(part, numbers.size);
    return numbers.get(part) as number;
  };
  const [b, s] = [base.map(number), side.map(number)];
  const width = s.length + 1;
  const cells = new Uint16Array((b.length + 1) * width);
  for (let i = b.length - 1; i >= 0; i--) {
    for (let j = s.length - 1, at = i * width + j; j >= 0; j--, at--) {
      const [right, below] = [cells[at + 1] as number, cells[at + width] as number];
      cells[at] = b[i] === s[j] ? (cells[at + width + 1] as number) + 1 : Math.max(right, below);
    }
  }
  return cells;
}
