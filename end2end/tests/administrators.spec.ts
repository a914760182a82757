// Somebody is invited to help: by a link that works once, with the role that was given and no more.
import { invite, signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, send, sendInVain } from "../support/forms.ts";
import { newPerson } from "../support/people.ts";
import { populate } from "../support/sample.ts";

const GRACE = { email: "grace@example.org", password: "ten quiet owls in the loft" };

test("an invited editor edits, and sees no administrators", async ({ page, browser, server, library }) => {
  populate(server, library.redirectUri);
  await signInToConsole(page);
  const role = { place: "subscription", subscription: "mysub", role: "editor" };

  await page.goto("/console/administrators/invite");
  await sendInVain(page, { email: "nobody", ...role }, "email");
  const link = await invite(page, { email: GRACE.email, ...role });
  await expect(page.getByText("Invited", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.locator("body"), "a link is shown once").not.toContainText(link);

  const grace = await newPerson(browser);
  const hers = new Console(grace);

  await test.step("she chooses a password", async () => {
    await grace.goto(link);
    await expect(hers.heading()).toHaveText("You are invited");
    await expect(grace.getByText("Editor: My subscription")).toBeVisible();
    await sendInVain(grace, { password: "short", password_confirmation: "short" }, "password");
    await sendInVain(grace, { password: GRACE.password, password_confirmation: "another" }, "password_confirmation");
    await send(grace, { password: GRACE.password, password_confirmation: GRACE.password });
    await signInToConsole(grace, GRACE);
  });

  await test.step("she edits where she may", async () => {
    await grace.goto("/console/mysub/applications");
    await hers.openRow("my-app");
    await hers.save({ name: "Renamed by Grace" });
    await page.goto("/console/mysub/applications");
    await expect(page.getByText("Renamed by Grace")).toBeVisible();
  });

  await test.step("she does not see what is not hers", async () => {
    await expect(grace.getByRole("link", { name: "Administrators" })).toHaveCount(0);
    for (const path of ["/console/administrators", "/console/mysub/administrators", "/console/administrators/invite"]) {
      expect([403, 404], path).toContain((await grace.goto(path))?.status());
      await expect(grace.locator("body")).not.toContainText("ada@example.org");
    }
    expect((await grace.goto("/console/quiet"))?.status()).toBe(404);
  });

  await test.step("the used link says calmly what to do", async () => {
    const late = await newPerson(browser);
    expect((await late.goto(link))?.status()).toBe(404);
    await expect(late.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
    await expect(field(late, "password")).toHaveCount(0);
    await expect(late.getByRole("link", { name: "To the console" })).toBeVisible();
    await late.context().close();
  });
  await grace.context().close();
});
