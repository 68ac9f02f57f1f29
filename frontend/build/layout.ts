import { type Import, importsIn, placeOf } from "./imports.ts";

/** A forbidden edge of STYLE's map: these places may not import those, for this reason. */
export interface Edge {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The edge is allowed after all to these. */
  readonly except?: readonly string[];
  /** A name may be borrowed as a type. */
  readonly typesAllowed?: true;
  readonly why: string;
}

/** Sources by their path from the repository's root. */
export type Tree = ReadonlyMap<string, string>;

/** Every import of a tree that a forbidden edge covers, in words. */
export function brokenEdges(tree: Tree, edges: readonly Edge[]): string[] {
  return [...tree].flatMap(([file, source]) => {
    const from = placeOf(file);
    if (!from) return [`${file}: stands in no folder of STYLE's map`];
    return importsIn(file, source).flatMap((one) => faults(one, from, edges));
  });
}

function faults(one: Import, from: string, edges: readonly Edge[]): string[] {
  const to = placeOf(one.to);
  if (!to) return [`${one.file}: ${one.to} stands in no folder of STYLE's map`];
  if (isTest(one.to) && !isTest(one.file)) return [`${one.file} imports ${one.to}: tests are no part of the program`];
  const isPackage = to.startsWith("npm:") || to === "node";
  if (to === from || (isPackage && isTest(one.file))) return [];
  const broken = edges.filter((edge) => covers(edge, from, to) && !(edge.typesAllowed && one.isType));
  return broken.map(({ why }) => `${one.file} imports ${one.to}: ${why}`);
}

/** Tests, and what only tests stand on: store.test.ts, testphone.ts. */
function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/test\w*\.ts$/.test(path);
}

function covers({ from, to, except = [] }: Edge, here: string, there: string): boolean {
  return isIn(here, from) && isIn(there, to) && !isIn(there, except);
}

/** "sync" covers "sync/plan", "npm" every package. */
function isIn(place: string, places: readonly string[]): boolean {
  return places.some((one) => place === one || place.startsWith(`${one}/`) || place.startsWith(`${one}:`));
}
