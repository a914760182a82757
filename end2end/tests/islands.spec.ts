// What scripts add to the console, and that without them nothing dead stands there.
import { expect, test } from "../support/fixtures.ts";
import { field, send } from "../support/forms.ts";
import { ADMINISTRATOR } from "../support/people.ts";
import { populate } from "../support/sample.ts";

test.beforeEach(async ({ page, server, library }) => {
  populate(server, library.redirectUri);
  await page.goto("/console");
  await send(page, { username: ADMINISTRATOR.email, password: ADMINISTRATOR.password });
});

test("a pattern can be tried before it is saved", async ({ page, javaScriptEnabled }) => {
  await page.goto("/console/mysub/scopes/claims/new");
  const sample = page.getByLabel("Try a value");
  if (!javaScriptEnabled) return expect(sample).toBeHidden();
  await expect(sample).toBeVisible();
  await field(page, "pattern").fill("^LC-[0-9]{6}$");
  await sample.fill("LC-12345");
  await expect(page.getByText("This value does not fit the pattern.")).toBeVisible();
  await sample.fill("LC-123456");
  await expect(page.getByText("This value fits the pattern.")).toBeVisible();
  await field(page, "pattern").fill("^LC-[0-9{6}$");
  await expect(page.getByText("The pattern is not a valid regular expression.")).toBeVisible();
});

test("addresses are copied by a button", async ({ page, context, server, javaScriptEnabled }) => {
  await page.goto("/console/mysub");
  const copy = page.getByRole("button", { name: "Copy" });
  if (!javaScriptEnabled) return expect(copy).toHaveCount(0);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await copy.first().click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${server.url}/s/mysub`);
});

test("moments are in the reader's zone, or say that they are in UTC", async ({ page, javaScriptEnabled }) => {
  await page.goto("/console/mysub/keys");
  const moment = page.locator("time").first();
  await expect(moment).toHaveAttribute("title", /^\d{4}-\d\d-\d\dT.*Z$/);
  if (javaScriptEnabled) await expect(moment).not.toContainText("UTC");
  else await expect(moment).toContainText("UTC");
});
