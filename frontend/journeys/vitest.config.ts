import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Whole-app journeys: the real program, a real browser, one at a time so that two cores are enough.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["*.journey.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
