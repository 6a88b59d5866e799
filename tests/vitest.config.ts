import { defineConfig } from "vitest/config";

// All cores: on a machine of two vitest would else use one.
export default defineConfig({ test: { include: ["tests/**/*.test.ts"], testTimeout: 120_000, maxWorkers: "100%" } });
