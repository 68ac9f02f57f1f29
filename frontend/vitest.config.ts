import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { text } from "./build/text-plugin.ts";

export default defineConfig({
  plugins: [text()],
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["sync/**/*.test.ts", "frontend/src/**/*.test.{ts,tsx}"],
    environment: "node",
  },
});
