// @ts-check
/**
 * Weighs the built page as it travels (brotli where that is smaller) and exits 1 when a figure is over its limit.
 * `npx vite build frontend && node frontend/build/budget.mjs`
 *
 * Requests are those of the files: calls to /api are no part of a build, and the worker's precache comes after the
 * first screen and has its own line. 1 kB is 1000 bytes.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const manifestFile = fileURLToPath(new URL("../../node_modules/.vite/samspor-manifest.json", import.meta.url));

/** The screen that a parent meets first, and the language most of them read. */
const home = "src/screens/plan/";
const isLanguage = (/** @type {string} */ key) => key.includes("virtual:text/");
const isDanish = (/** @type {string} */ key) => key.endsWith("virtual:text/da");
const isOther = (/** @type {string} */ key) => isLanguage(key) && !/virtual:text\/da(\.rest)?$/.test(key);

/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[] }} Chunk */
/** @typedef {{ what: string, got: number, aim: number, fail: number, unit: string }} Row */

const manifest = readManifest();
const rows = measure();
for (const line of table(rows)) console.log(line);
if (rows.some(isTooMuch)) process.exitCode = 1;

/** @returns {Record<string, Chunk>} */
function readManifest() {
  if (!existsSync(new URL(`../${home}`, import.meta.url))) stop(`${home} has moved: name it in build/budget.mjs`);
  if (!existsSync(manifestFile)) stop("no build here: run npx vite build frontend first");
  const found = /** @type {Record<string, Chunk>} */ (JSON.parse(readFileSync(manifestFile, "utf8")));
  for (const { file } of Object.values(found))
    if (!existsSync(join(dist, file))) stop(`${file} is of another build: run npx vite build frontend`);
  if (!Object.keys(found).some(isDanish)) stop("no chunk holds the Danish words");
  return found;
}

/** @param {string} why @returns {never} */
function stop(why) {
  console.error(why);
  process.exit(1);
}

/** @returns {Row[]} */
function measure() {
  const all = filesIn(dist);
  const otherWords = chunks(isOther);
  const words = chunks(isLanguage);
  const firstScripts = ["boot.js", ...firstChunks()];
  const css = all.filter((file) => file.endsWith(".css"));
  const firstVisit = ["index.html", ...firstScripts, ...css, "manifest.webmanifest", "icons/icon.svg", "sw.js"];
  const scripts = all.filter((file) => file.endsWith(".js") && file !== "sw.js" && !words.includes(file));
  return [
    kilobytes("script of the first screen", firstScripts, 45, 60),
    kilobytes("all script, without words", scripts, 110, 140),
    kilobytes("style", css, 16, 20),
    kilobytes(
      "icons drawn in the page",
      all.filter((file) => /^assets\/.*\.svg$/.test(file)),
      6,
      8,
    ),
    kilobytes(
      "fonts",
      all.filter((file) => /\.(woff2?|ttf|otf)$/.test(file)),
      0,
      0,
    ),
    kilobytes("service worker", ["sw.js"], 6, 8),
    kilobytes("first visit", firstVisit, 110, 140),
    { what: "first visit", got: firstVisit.length, aim: 10, fail: 14, unit: "requests" },
    kilobytes(
      "precache, one language",
      precached().filter((file) => !otherWords.includes(file)),
      300,
      400,
    ),
    kilobytes("precache, all languages", precached(), 400, 500),
  ];
}

/** Entry, home screen, Danish, and all that these import at once. */
function firstChunks() {
  const isFirst = (/** @type {string} */ key) => manifest[key]?.isEntry || key.startsWith(home) || isDanish(key);
  const found = new Set(Object.keys(manifest).filter(isFirst));
  for (const key of found) for (const imported of manifest[key]?.imports ?? []) found.add(imported);
  return chunks((key) => found.has(key)).filter((file) => file.endsWith(".js"));
}

/** @param {(key: string) => boolean} isWanted */
function chunks(isWanted) {
  return Object.entries(manifest)
    .filter(([key]) => isWanted(key))
    .map(([, chunk]) => chunk.file);
}

/** What the service worker itself says that it fetches. */
function precached() {
  const [, list] = /samspor\.listen\(self,(.*)\);/.exec(readFileSync(join(dist, "sw.js"), "utf8")) ?? [];
  if (!list) return stop("sw.js ends without its list");
  return Object.keys(JSON.parse(list).files).map((path) => (path === "/" ? "index.html" : path.slice(1)));
}

/** @param {string} what @param {string[]} files @param {number} aim @param {number} fail @returns {Row} */
function kilobytes(what, files, aim, fail) {
  const bytes = files.reduce((sum, file) => sum + travelling(file), 0);
  return { what, got: bytes / 1000, aim, fail, unit: "kB" };
}

/** @param {string} file */
function travelling(file) {
  const packed = join(dist, `${file}.br`);
  return statSync(existsSync(packed) ? packed : join(dist, file)).size;
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
}

/** @param {Row} row */
function isTooMuch({ got, fail }) {
  return got > fail;
}

/** @param {Row[]} list */
function table(list) {
  const lines = list.map((row) => {
    const { what, got, aim, fail, unit } = row;
    const verdict = isTooMuch(row) ? "TOO MUCH" : got > aim ? "over the aim" : "ok";
    return [what, unit === "kB" ? got.toFixed(1) : String(got), unit, String(aim), String(fail), verdict];
  });
  return [["", "is", "", "aim", "limit", ""], ...lines].map(
    ([what = "", got = "", unit = "", aim = "", fail = "", verdict = ""]) =>
      `${what.padEnd(28)}${got.padStart(7)} ${unit.padEnd(9)}${aim.padStart(5)}${fail.padStart(7)}  ${verdict}`.trimEnd(),
  );
}
