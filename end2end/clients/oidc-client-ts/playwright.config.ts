// oidc-client-ts in Chromium, started as the other browser tests start it.
import { defineConfig } from "@playwright/test";
import base from "../../playwright.config.ts";

export default defineConfig({
  use: { ...base.use, trace: "off" },
  testDir: ".",
  outputDir: "../../test-results/oidc-client-ts",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "line",
});
