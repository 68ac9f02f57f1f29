// @ts-check
/**
 * Draws the app's icons into public/icons: a rope that runs on to both sides and makes one open knot.
 * Run by hand when the drawing changes, and commit what comes out: `node frontend/build/icons.mjs [path of chromium]`.
 */
import { execSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The colours of src/style: an icon is a file of its own and cannot read tokens. */
const paper = "#faf7f2";
const rope = "#c9803a";
const twist = "#93581f";
const thick = 68;

/** @typedef {readonly [number, number]} Point */
/** @typedef {readonly [Point, Point, Point, Point]} Curve */

/**
 * The rope from the left edge to the top of the loop, as cubic curves on a 512 square; the way back is its mirror.
 * @type {Curve[]}
 */
const half = [
  [
    [-130, 416],
    [40, 424],
    [190, 410],
    [300, 332],
  ],
  [
    [300, 332],
    [362, 288],
    [394, 250],
    [394, 202],
  ],
  [
    [394, 202],
    [394, 126],
    [332, 78],
    [256, 78],
  ],
];
const whole = [...half, ...half.map(mirrored).reverse()];
/** From this curve on the rope lies over its beginning. */
const crossing = 4;

/** @param {Curve} curve @returns {Curve} */
function mirrored([a, b, c, d]) {
  return [flipped(d), flipped(c), flipped(b), flipped(a)];
}

/** @param {Point} point @returns {Point} */
function flipped([x, y]) {
  return [512 - x, y];
}

/** @param {Curve[]} curves */
function outline(curves) {
  return `M${curves[0]?.[0].join(" ")}${curves.map(([, b, c, d]) => `C${[b, c, d].flat().join(" ")}`).join("")}`;
}

/** Points the same way apart along the whole rope, each with its curve and direction. @param {number} step */
function walk(step) {
  const dots = whole.flatMap((curve) => Array.from({ length: 400 }, (_, i) => at(curve, i / 400)));
  const found = [];
  let gone = step / 2;
  for (const [i, [x, y]] of dots.entries()) {
    const [nextX, nextY] = dots[i + 1] ?? [x, y];
    const way = Math.hypot(nextX - x, nextY - y);
    gone += way;
    if (gone < step || way === 0) continue;
    gone -= step;
    found.push({ curve: Math.floor(i / 400), x, y, dx: (nextX - x) / way, dy: (nextY - y) / way });
  }
  return found;
}

/** @param {Curve} curve @param {number} t @returns {Point} */
function at([a, b, c, d], t) {
  const s = 1 - t;
  const weights = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3];
  const [x, y] = [0, 1].map((i) => [a, b, c, d].reduce((sum, p, n) => sum + (weights[n] ?? 0) * (p[i] ?? 0), 0));
  return [x ?? 0, y ?? 0];
}

/** The slanted lines between the strands, from one curve on. @param {number} first */
function strands(first) {
  const lean = 19;
  const reach = thick / 2 - 7;
  return walk(46)
    .filter(({ curve }) => curve >= first)
    .map(({ x, y, dx, dy }) => {
      const [fromX, fromY] = [x - dx * lean + dy * reach, y - dy * lean - dx * reach].map(Math.round);
      const [toX, toY] = [x + dx * lean - dy * reach, y + dy * lean + dx * reach].map(Math.round);
      return `M${fromX} ${fromY}L${toX} ${toY}`;
    })
    .join("");
}

/** @param {number} first */
function cord(first) {
  return `<path d="${outline(whole.slice(first))}" stroke="${rope}" stroke-width="${thick}"/>
<path d="${strands(first)}" stroke="${twist}" stroke-width="9" stroke-linecap="round"/>`;
}

/** @param {{ corner: number, scale: number }} look */
function draw({ corner, scale }) {
  const offset = 256 - 256 * scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
<title>Samspor</title>
<clipPath id="c"><rect width="512" height="512" rx="${corner}"/></clipPath>
<g clip-path="url(#c)" fill="none"><path fill="${paper}" d="M0 0h512v512H0z"/>
<g transform="translate(${offset} ${offset}) scale(${scale})">
${cord(0)}
<path d="${outline(whole.slice(crossing))}" stroke="${paper}" stroke-width="${thick + 26}"/>
${cord(crossing)}
</g></g></svg>
`;
}

/** Browsers show the drawing as it is, with round corners; systems cut their own shape from a full square. */
const plain = draw({ corner: 112, scale: 1 });
const square = draw({ corner: 0, scale: 0.9 });
// Android may cut away all but the middle 80 %: the loop stays inside that circle, the ends may go.
const maskable = draw({ corner: 0, scale: 0.72 });

const folder = fileURLToPath(new URL("../public/icons/", import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}icon.svg`, plain);
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? execSync("command -v chromium", { encoding: "utf8" }).trim(),
  args: [...flags.split(" "), "--disable-component-update", "--disable-sync"],
});
await render("icon-192.png", plain, 192);
await render("icon-512.png", plain, 512);
await render("icon-maskable-512.png", maskable, 512);
await render("apple-touch-icon.png", square, 180);
await browser.close();

/** @param {string} name @param {string} svg @param {number} size */
async function render(name, svg, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`);
  await page.screenshot({ path: folder + name, omitBackground: true });
  await page.close();
}
