/**
 * How the page is built: `npx vite build frontend`, then `node frontend/build/budget.mjs`.
 *
 * 1. index.html and what it imports become hashed files under dist/assets; public/ is copied as it is. public/.keep
 *    is how dist/.keep survives each build, so that Go, which embeds dist (embed.go), compiles without a web build.
 * 2. build/text-plugin.ts writes two chunks of words a language: those of the first screens, and the rest.
 * 3. build/pwa.ts compiles src/worker.ts to dist/sw.js with the list and the hash of every file of this build, and
 *    lays .br and .gz beside every text file. The same sources give the same bytes.
 * 4. Nothing is inline and nothing is put in by a polyfill: the page runs under a policy of default-src 'none',
 *    script-src 'self', style-src 'self' and required Trusted Types.
 * 5. build/budget.mjs weighs the result (Vite's manifest is left for it in node_modules/.vite, never in dist).
 *    build/icons.mjs draws the icons; its output is committed, so it runs only when the drawing changes.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { pwa } from "./build/pwa.ts";
import { text } from "./build/text-plugin.ts";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [text(), pwa()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    // ES2022 in full, and the ES2023 methods that tsconfig's lib allows, which no build can add: the last browsers
    // without both are Chrome 109 (Android 7 gets 119) and iOS 16.3 (16.4 is the first with web push).
    target: ["chrome110", "firefox115", "ios16.4", "safari16.4"],
    // One stylesheet: it is small, screens never show unstyled, and a lazy screen stays one request.
    cssCodeSplit: false,
    // <use href> cannot read a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
