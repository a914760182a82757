// Finding anything by its name, and keys that save steps: with a script over any page, without as pages.
import type { Locator, Page } from "@playwright/test";
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { expect, test } from "../support/fixtures.ts";
import { follow } from "../support/forms.ts";
import { populate } from "../support/sample.ts";

const FIND = "Find anything by its name";

test.beforeEach(async ({ page, server, library }) => {
  populate(server, library.redirectUri);
  await signInToConsole(page);
  await page.goto("/console/mysub/applications");
});

test("Ctrl K finds an application, and Enter opens it", async ({ page, javaScriptEnabled }) => {
  if (!javaScriptEnabled) {
    // Keys need a script: the button is a link to the page of the next test.
    return expect(page.getByRole("link", { name: "Search" })).toHaveAttribute("href", "/console/mysub/search");
  }
  const palette = page.getByRole("dialog", { name: FIND });
  const text = palette.getByRole("combobox", { name: FIND });
  const options = palette.getByRole("option");
  await opensBy(page, "Control+k", palette);
  await expect(text).toBeFocused();

  await text.fill("no such name");
  await expect(options).toHaveCount(0);
  await expect(palette.getByRole("status")).toContainText("Nothing was found.");

  await text.fill("Library web");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText("my-app");
  await expect(options).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+k");
  await expect(text).toHaveValue("Library web");
  await expect(options).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(new Console(page).heading()).toHaveText("Application settings");
  await expect(page.getByText("Library website · my-app")).toBeVisible();
});

test("the search is a page too", async ({ page, javaScriptEnabled }) => {
  if (javaScriptEnabled) await page.goto("/console/mysub/search");
  else await follow(page, "Search");
  await expect(new Console(page).heading()).toHaveText("Search");
  await look(page, "no such name");
  await expect(page.getByText("Nothing was found.")).toBeVisible();
  await look(page, "Library web");
  await follow(page, /Library website/, page.getByRole("main"));
  await expect(new Console(page).heading()).toHaveText("Application settings");
});

test("single keys are shown by ?, and do nothing where one types", async ({ page, javaScriptEnabled }) => {
  if (!javaScriptEnabled) {
    await follow(page, "Keyboard shortcuts");
    await expect(new Console(page).heading()).toHaveText("Keyboard shortcuts");
    return expect(page.getByRole("main")).toContainText("Search for anything");
  }
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await opensBy(page, "?", shortcuts);
  await expect(shortcuts).toContainText("Search for anything");
  await page.keyboard.press("Escape");
  await expect(shortcuts).toBeHidden();

  const search = page.getByRole("searchbox", { name: "Search applications" });
  await search.click();
  await page.keyboard.type("n?gu");
  await expect(search).toHaveValue("n?gu");
  await expect(shortcuts).toBeHidden();
  await expect(page).toHaveURL(/\/console\/mysub\/applications$/);

  await new Console(page).heading().click();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/console\/mysub\/applications\/new$/);
});

/** Presses the keys until the page listens. */
async function opensBy(page: Page, keys: string, dialog: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(keys);
    await expect(dialog).toBeVisible({ timeout: 500 });
  }).toPass();
}

async function look(page: Page, text: string): Promise<void> {
  const form = page.getByRole("main").getByRole("search");
  await form.getByRole("searchbox", { name: FIND }).fill(text);
  await Promise.all([page.waitForEvent("load"), form.getByRole("button", { name: "Search", exact: true }).click()]);
}
