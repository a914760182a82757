// How the browser tests run: every story twice, with JavaScript and without it, and once on PostgreSQL.
import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import type { Options } from "./support/fixtures.ts";

// Debian's browser where there is one; elsewhere Playwright's own.
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

// Told by HTTP clients rather than by what a page does: once is enough.
const WITHOUT_PAGES = /(apply|clients|two-nodes)\.spec\.ts/;

export default defineConfig<object, Options>({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes on the second try is reported as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  // Each worker has a server of its own (support/fixtures.ts).
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [["list"]] : [["list"], ["html", { open: "never" }]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "UTC",
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "js", testIgnore: WITHOUT_PAGES },
    { name: "nojs", testIgnore: WITHOUT_PAGES, use: { javaScriptEnabled: false } },
    { name: "postgres", testMatch: /story\.spec\.ts/, use: { engine: "postgres" } },
    { name: "clients", testMatch: WITHOUT_PAGES },
  ],
});
