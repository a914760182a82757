// The first minute of an installation: it answers, and lets its first administrator in.
import { expect, test } from "../support/fixtures.ts";

test("a first start prints a set-up link that opens a form", async ({ page, server }) => {
  await page.goto(await server.setupLink());
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("input[type=password]").first()).toBeVisible();
});

test("until it is used, the link is printed again at every start", async ({ server }) => {
  await server.setupLink();
  server.output = "";
  await server.restart();
  await server.setupLink();
});
