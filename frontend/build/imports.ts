import { posix } from "node:path";
import { parseSync } from "vite";

/** One import in one file: of a file by its path from the repository's root, or of a package by its name. */
export interface Import {
  readonly file: string;
  readonly to: string;
  /** Erased when built: it brings a name and no code. */
  readonly isType: boolean;
  /** Loaded when it is asked for, not with the file. */
  readonly isLater: boolean;
}

/** Every import of a TypeScript file: static, dynamic and re-exported. */
export function importsIn(file: string, source: string): Import[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module;
  const found: Import[] = [];
  const add = (name: string, isType: boolean, isLater = false) =>
    found.push({ file, to: resolved(file, name), isType, isLater });
  for (const { moduleRequest, entries } of staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { moduleRequest, isType } of staticExports.flatMap((one) => one.entries)) {
    if (moduleRequest) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of dynamicImports) {
    const name = /^["'`]([^"'`$]+)["'`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (name) add(name, false, true);
  }
  return found;
}

function resolved(file: string, name: string): string {
  return name.startsWith(".") ? posix.join(posix.dirname(file), name) : name;
}

/** Where a path stands on STYLE's map: "screens/tasks", "sync/client", "npm:idb"; undefined when it is not on it. */
export function placeOf(path: string): string | undefined {
  if (path.startsWith("virtual:text/")) return "words";
  if (path.startsWith("node:")) return "node";
  if (!/^(frontend|sync|backend|cmd|\.\.)\//.test(path)) return `npm:${packageName(path)}`;
  return ours.exec(path)?.slice(1).find(Boolean);
}

const ours = /^frontend\/src\/(?:(app|parts|data|text|style|screens\/[^/]+)\/|(worker)\.)|^(sync\/[a-z]+)\//;

function packageName(path: string): string {
  return path.split("/", path.startsWith("@") ? 2 : 1).join("/");
}
