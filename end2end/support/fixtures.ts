// What a story begins with: `import { test, expect } from "../support/fixtures.ts"`.
import { test as base } from "@playwright/test";
import { Server } from "./server.ts";

/** `server`: one per worker, empty when the worker starts. */
export const test = base.extend<{ baseURL: string }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.remove();
    },
    { scope: "worker" },
  ],
  // `page.goto("/console")` means this worker's server.
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from "@playwright/test";
