// What a story begins with: `import { test, expect } from "../support/fixtures.ts"`.
import { expect, test as base } from "@playwright/test";
import type { Engine } from "./database.ts";
import { RelyingParty } from "./relying-party.ts";
import { Server } from "./server.ts";

/** Options that a project of `playwright.config.ts` may set. */
export type Options = { engine: Engine };

type Fixtures = {
  /** A server of the test's own, with nothing in it. */
  server: Server;
  /** A website that lets people sign in with Tessera; not known to any server yet. */
  library: RelyingParty;
  /** Another one. */
  readingRoom: RelyingParty;
};

export const test = base.extend<Fixtures & Options>({
  engine: ["sqlite", { option: true }],
  server: async ({ engine }, use, info) => {
    const server = await Server.start({ engine });
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach("server", { body: server.output, contentType: "text/plain" });
    }
    await server.remove();
  },
  library: async ({}, use) => withRelyingParty(use),
  readingRoom: async ({}, use) => withRelyingParty(use),
  // Nothing that a page does may be an error in the browser: a script that fails, a policy that stops it.
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      // The browser reports each page that is not 200; the tests look at those themselves.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) errors.push(message.text());
    });
    await use(page);
    expect(errors, "errors in the browser's console").toEqual([]);
  },
  // `page.goto("/console")` means this test's server.
  baseURL: async ({ server }, use) => use(server.url),
});

async function withRelyingParty(use: (party: RelyingParty) => Promise<void>): Promise<void> {
  const party = await RelyingParty.start();
  await use(party);
  await party.stop();
}

export { expect };
