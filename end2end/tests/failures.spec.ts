// From the reference on the page of a refused sign-in to its cause, and to what helps.
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { refusesToSignIn, shownReference } from "../support/end-user.ts";
import { expect, test } from "../support/fixtures.ts";
import { follow, send } from "../support/forms.ts";
import { JOHN, newPerson } from "../support/people.ts";
import { populate } from "../support/sample.ts";

const NEW_PASSWORD = "three swans over the mill pond";

test("a refused sign-in is explained by its reference, and mended", async ({ page, browser, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  const john = await newPerson(browser);
  await john.goto(`${issuer}/account`);
  await refusesToSignIn(john, JOHN.username, "a wrong password");
  const reference = await shownReference(john);
  await refusesToSignIn(john, "nobody.at.all", "a wrong password");
  const other = await shownReference(john);
  expect(other).not.toBe(reference);
  const heading = new Console(page).heading();
  await signInToConsole(page);

  await test.step("the audit log leads from the reference to the cause", async () => {
    await page.goto(`/console/mysub/audit?q=${reference}`);
    await follow(page, "What went wrong?");
    await expect(page).toHaveURL(new RegExp(`/failures/${reference}$`));
    await expect(heading).toHaveText("Why this sign-in failed");
    await expect(page.getByText("The password for john was wrong.")).toBeVisible();
    await expect(page.getByRole("main")).toContainText(reference);
    await expect(page.locator("body")).not.toContainText("a wrong password");
  });

  await test.step("who is not known is not named", async () => {
    await page.goto(`/console/mysub/failures/${other}`);
    await expect(page.getByText("Nobody in this subscription has the user name that was typed.")).toBeVisible();
    await expect(page.locator("body")).not.toContainText("nobody.at.all");
  });

  await test.step("references of nothing, and of another subscription, are not found", async () => {
    for (const path of ["/console/mysub/failures/0000-0000", `/console/quiet/failures/${reference}`]) {
      expect((await page.goto(path))?.status(), path).toBe(404);
    }
  });

  await test.step("a new password, set from there, helps", async () => {
    await page.goto(`/console/mysub/failures/${reference}`);
    await follow(page, "Set password");
    await send(page, { password: NEW_PASSWORD, password_confirmation: NEW_PASSWORD });
    await send(john, { username: JOHN.username, password: NEW_PASSWORD });
    await expect(john.getByRole("heading", { level: 1 })).toHaveText("Your account");
  });
  await john.context().close();
});
