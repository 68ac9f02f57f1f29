import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Whole-app journeys: the real program, a real browser, one at a time so that two cores are enough.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    // Journeys are pass or fail; figures are printed, with FIGURES=1 (npm run bench:phone).
    include: [process.env.FIGURES ? "*.figures.ts" : "*.journey.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } }, // the library's one second is short for a browser on a busy machine
  },
});
