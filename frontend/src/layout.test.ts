import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { faultsInCode, faultsInStyle } from "../build/drawing-rules.ts";
import { filesIn } from "../build/files.ts";
import { brokenEdges, type Edge, type Tree } from "../build/layout.ts";

const drawing = ["app", "screens", "parts"];
const sync = ["calendar", "fault", "plan", "merge", "rules", "wire", "client", "sim", "models"].map((n) => `sync/${n}`);
const syncBelow = (...names: string[]) => names.map((name) => `sync/${name}`);

/** The map of STYLE, told by what it forbids. A package that is new to a place is a line here and a sentence in the commit. */
const edges: readonly Edge[] = [
  // The page, from the top down.
  {
    from: ["screens", "parts", "data", "text"],
    to: ["app"],
    why: "the shell knows all others; known by one, it could not change",
  },
  { from: ["screens"], to: ["screens"], why: "screens load one at a time; what two share is a part or data" },
  { from: ["parts", "data", "text"], to: ["screens"], why: "what serves every screen cannot know one" },
  { from: ["data", "text"], to: ["parts"], why: "facts and words must be testable with nothing drawn" },
  { from: ["parts"], to: ["data"], why: "a part takes props, so that any screen can use it" },
  { from: ["parts"], to: ["sync"], typesAllowed: true, why: "a part knows records only as types" },
  { from: ["text"], to: ["data"], why: "words stand without records" },
  {
    from: ["app", "screens", "parts", "text", "worker"],
    to: ["sync/client"],
    typesAllowed: true,
    why: "only data reads and writes the store",
  },
  { from: ["data", ...drawing, "worker"], to: ["words"], why: "only text loads languages, one at a time" },
  { from: ["style"], to: [...drawing, "data", "text", "sync"], why: "tokens and base know nothing above them" },
  // The worker outlives pages.
  { from: ["worker"], to: [...drawing, "data", "style", "npm"], why: "the worker knows text and sync, not the page" },
  {
    from: [...drawing, "data", "text", "sync"],
    to: ["worker"],
    why: "the worker is built on its own and not into the page",
  },
  // What phone and server agree on.
  { from: ["sync"], to: [...drawing, "data", "text", "style", "words"], why: "the server shares sync; it has no page" },
  { from: syncBelow("calendar", "fault"), to: sync, why: "calendar and fault import nothing of ours" },
  { from: syncBelow("plan"), to: sync, except: syncBelow("calendar"), why: "plan knows only calendar" },
  { from: syncBelow("merge"), to: sync, except: syncBelow("plan"), why: "merge knows only plan" },
  {
    from: syncBelow("rules"),
    to: sync,
    except: syncBelow("plan", "calendar", "fault"),
    why: "rules know plan, calendar, fault",
  },
  { from: syncBelow("wire"), to: sync, except: syncBelow("plan", "fault"), why: "wire knows plan and fault" },
  // One home per library.
  { from: syncBelow("client"), to: ["npm", "node"], except: ["npm:idb"], why: "of npm the client uses only idb" },
  {
    from: syncBelow("calendar", "fault", "plan", "merge", "rules", "wire"),
    to: ["npm", "node"],
    why: "what exists twice stands on the language alone",
  },
  {
    from: [...drawing, "data"],
    to: ["npm", "node"],
    except: ["npm:preact", "npm:@preact/signals", "npm:preact-iso"],
    why: "the page stands on Preact and nothing else",
  },
  {
    from: ["text"],
    to: ["npm", "node"],
    except: ["npm:@preact/signals"],
    why: "words need signals and nothing else",
  },
];

const root = fileURLToPath(new URL("../../", import.meta.url));
const code = sources(
  (path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && path !== "frontend/src/layout.test.ts",
);

test("nobody imports against the map", () => {
  expect(brokenEdges(code, edges)).toEqual([]);
});

test("components carry no words, no colours, no left and right, and read no text as HTML", () => {
  const drawn = [...code].filter(([path]) => path.startsWith("frontend/src/") && !/\.test\.tsx?$/.test(path));
  expect(drawn.flatMap(([path, source]) => faultsInCode(path, source))).toEqual([]);
});

test("styles take colours from tokens and work in both writing directions", () => {
  const styles = sources((path) => path.endsWith(".css"));
  expect([...styles].flatMap(([path, source]) => faultsInStyle(path, source))).toEqual([]);
});

test("index.html carries nothing inline, which the page's policy would refuse", () => {
  const page = [...sources((path) => path === "frontend/index.html").values()].join("");
  expect(page.match(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:|<base/gi) ?? []).toEqual([]);
});

test("the guard sees each planted fault", () => {
  const tree: Tree = new Map([
    [
      "frontend/src/screens/tasks/Tasks.tsx",
      `import { Home } from "../home/Home.tsx"; import { put } from "../../../../sync/client/store.ts";`,
    ],
    [
      "frontend/src/parts/Row.tsx",
      `import type { Task } from "../../../sync/plan/plan.gen.ts"; import { moves } from "../../../sync/rules/moves.ts";`,
    ],
    [
      "frontend/src/data/tasks.ts",
      `export { Row } from "../parts/Row.tsx"; import "../../../sync/client/store.ts"; import "dexie";`,
    ],
    ["frontend/src/worker.ts", `const later = () => import("./data/tasks.ts"); import { text } from "./text/text.ts";`],
    ["frontend/src/helpers/x.ts", ""],
    ["sync/client/store.ts", `import { openDB } from "idb"; import "./testphone.ts"; import "vitest";`],
    [
      "sync/merge/merge.ts",
      `import { signal } from "@preact/signals"; import { refuse } from "../fault/fault.ts"; import { a } from "../plan/a.ts";`,
    ],
    [
      "sync/client/store.test.ts",
      `import "fake-indexeddb/auto"; import "idb"; import "../../frontend/src/app/main.ts";`,
    ],
  ]);
  expect(brokenEdges(tree, edges).map((fault) => fault.slice(0, fault.indexOf(":")))).toEqual([
    "frontend/src/screens/tasks/Tasks.tsx imports frontend/src/screens/home/Home.tsx",
    "frontend/src/screens/tasks/Tasks.tsx imports sync/client/store.ts",
    "frontend/src/parts/Row.tsx imports sync/rules/moves.ts",
    "frontend/src/data/tasks.ts imports dexie",
    "frontend/src/data/tasks.ts imports frontend/src/parts/Row.tsx",
    "frontend/src/worker.ts imports frontend/src/data/tasks.ts",
    "frontend/src/helpers/x.ts",
    "sync/client/store.ts imports sync/client/testphone.ts",
    "sync/client/store.ts imports vitest",
    "sync/merge/merge.ts imports @preact/signals",
    "sync/merge/merge.ts imports sync/fault/fault.ts",
    "sync/client/store.test.ts imports frontend/src/app/main.ts",
  ]);
});

test("the guard sees each planted word, colour and side", () => {
  const component = `const a = <p aria-label="Ring nu" title={t("x")} style={{ marginLeft: 4 }}>Hej &nbsp;{b} <b> · </b></p>; x.innerHTML = \`#fff\`;`;
  expect(faultsInCode("a.tsx", component)).toEqual([
    "a.tsx: words in a component: Ring nu",
    "a.tsx: physical side in marginLeft",
    "a.tsx: words in a component: Hej &nbsp;",
    "a.tsx: text read as HTML: innerHTML",
    "a.tsx: raw colour #fff",
  ]);
  const style = `a:hover{color:#fff;margin-left:1px;margin:0 1px 0 2px;text-align:left;left:0} /* #000 */ b{margin-inline:1px;inset:0;padding:1px 2px 3px 2px;color:var(--left)}`;
  expect(faultsInStyle("a.css", style)).toEqual([
    "a.css: raw colour in color",
    "a.css: physical side in margin-left",
    "a.css: physical side in margin",
    "a.css: physical side in text-align",
    "a.css: physical side in left",
  ]);
});

function sources(isWanted: (path: string) => boolean): Tree {
  const under = (folder: string) => filesIn(root + folder).map((path) => `${folder}/${path}`);
  const paths = [...under("frontend/src"), ...under("sync"), "frontend/index.html"].filter(isWanted);
  return new Map(paths.map((path) => [path, readFileSync(root + path, "utf8")]));
}
