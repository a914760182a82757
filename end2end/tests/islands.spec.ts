// What scripts add to the console, and that without them nothing dead stands there.
import { Console } from "../support/console.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, fill, formWith, send, submit } from "../support/forms.ts";
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

test("the token preview follows what is not saved", async ({ page, javaScriptEnabled }) => {
  await page.goto("/console/mysub/applications");
  await new Console(page).openRow("my-app");
  const preview = page.getByRole("region", { name: "Token preview" });
  const form = formWith(page, "allowed_identity_scopes", "name");
  await expect(preview.getByRole("group", { name: "UserInfo" })).toContainText("sub");
  await fill(preview, { preview_login: "john" });
  await fill(form, { allowed_identity_scopes: ["openid", "library"] });
  // Without a script a button of each form shows it: the settings', and then the question's.
  if (!javaScriptEnabled) {
    await submit(form, "Show preview");
    await expect(field(form, "allowed_identity_scopes").and(page.locator("[value=profile]"))).not.toBeChecked();
    await fill(preview, { preview_login: "john" });
    await submit(preview.locator("form"), "Show preview");
    await expect(field(form, "allowed_identity_scopes").and(page.locator("[value=profile]"))).not.toBeChecked();
  }
  const userinfo = preview.getByRole("group", { name: "UserInfo" });
  await expect(userinfo).toContainText("no longer there");
  await expect(userinfo.getByRole("row").filter({ hasText: "library_card" })).toContainText("by scope library");
  await fill(preview, { preview_login: "nobody" });
  if (!javaScriptEnabled) await submit(preview.locator("form"), "Show preview");
  await expect(preview).toContainText("Nobody in this subscription has this user name");
  await page.goto(page.url().split("#")[0] ?? "");
  await expect(field(form, "allowed_identity_scopes").and(page.locator("[value=profile]"))).toBeChecked();
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
