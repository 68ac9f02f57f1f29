import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin, type ResolvedConfig } from "vite";
import { compress } from "./compress.ts";
import { filesIn } from "./files.ts";

/** Makes a built page installable: writes /sw.js with the list of the build's files, and compresses what is text. */
export function pwa(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "samspor:pwa",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        const dist = join(config.root, config.build.outDir);
        takeManifest(dist, config.cacheDir);
        await writeWorker(config, dist);
        await compress(dist);
      },
    },
  };
}

/** Vite's manifest is for build/budget.mjs, not for phones. */
function takeManifest(dist: string, cacheDir: string): void {
  mkdirSync(cacheDir, { recursive: true });
  copyFileSync(join(dist, ".vite/manifest.json"), join(cacheDir, "samspor-manifest.json"));
  rmSync(join(dist, ".vite"), { recursive: true });
}

async function writeWorker(config: ResolvedConfig, dist: string): Promise<void> {
  const code = await compileWorker(config);
  const files = precache(dist);
  // The id covers the worker too: two workers never share a cache, so a failed install cannot harm the running one.
  const id = sha256(JSON.stringify(files) + code, "base64url").slice(0, 12);
  writeFileSync(join(dist, "sw.js"), `${code.trimEnd()}\nsamspor.listen(self,${JSON.stringify({ id, files })});\n`);
}

/** One classic script: older Firefox has no module service workers, and there is nothing to import at run time. */
async function compileWorker({ root, build: { target } }: ResolvedConfig): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      write: false,
      target,
      lib: { entry: join(root, "src/worker.ts"), formats: ["iife"], name: "samspor", fileName: "sw" },
    },
  });
  const chunks = (Array.isArray(result) ? result : [result]).flatMap((part) => ("output" in part ? part.output : []));
  const [chunk, ...rest] = chunks;
  if (chunk?.type !== "chunk" || rest.length > 0) throw new Error("the service worker must become one file");
  return chunk.code;
}

/**
 * Every file a page of this build may ask for, languages included: a lazy chunk that is missing offline is a dead
 * button. Left out is what only the system asks for, and only with network: the drawn icons.
 */
function precache(dist: string): Record<string, string> {
  const kept = filesIn(dist).filter((path) => !/^(sw\.js|\.keep|icons\/.*\.png)$|\.(br|gz)$/.test(path));
  return Object.fromEntries(kept.map((path) => [address(path), sha256(readFileSync(join(dist, path)), "base64")]));
}

/** The shell is kept under "/": a server may redirect /index.html, and a redirected answer cannot open a page. */
function address(path: string): string {
  return path === "index.html" ? "/" : `/${path}`;
}

function sha256(data: string | Uint8Array, encoding: "base64" | "base64url"): string {
  return createHash("sha256").update(data).digest(encoding);
}
