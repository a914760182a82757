// How the browser tests run: every story twice, with JavaScript and without it, and once on PostgreSQL.
import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import type { Options } from "./support/fixtures.ts";

// Debian's browser where there is one; elsewhere Playwright's own.
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

// Pages are the same document with and without JavaScript, and axe is a script: looked at once, but for
// the one page (`@nojs`) that a script leaves before one can look.
const LOOKED_AT = /axe\.spec\.ts/;
const WITHOUT_SCRIPTS = /@nojs/;

// Told by HTTP clients rather than by what a page does: once is enough.
const WITHOUT_PAGES = /(apply|check-session|clients|two-nodes)\.spec\.ts/;

const BRIEF: [string] = ["./support/brief.ts"];

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
  reporter: process.env.CI ? [["list"], BRIEF] : [["list"], ["html", { open: "never" }], BRIEF],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "UTC",
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // Recording slows a story down; CI records its second try.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
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
    { name: "js", testIgnore: WITHOUT_PAGES, grepInvert: WITHOUT_SCRIPTS },
    { name: "nojs", testIgnore: [WITHOUT_PAGES, LOOKED_AT], use: { javaScriptEnabled: false } },
    { name: "nojs-looks", testMatch: LOOKED_AT, grep: WITHOUT_SCRIPTS, use: { javaScriptEnabled: false } },
    { name: "postgres", testMatch: /story\.spec\.ts/, use: { engine: "postgres" } },
    { name: "clients", testMatch: WITHOUT_PAGES },
  ],
});
