// How the browser tests run: every story twice, with JavaScript and without it.
import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

// Debian's browser where there is one; elsewhere Playwright's own.
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

export default defineConfig({
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
    { name: "js" },
    { name: "nojs", use: { javaScriptEnabled: false } },
  ],
});
