// Users by CSV: what is wrong is told by line and reason, and mended where it stands.
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, fill, follow, formWith, send, submit } from "../support/forms.ts";
import { newPerson } from "../support/people.ts";
import { populate } from "../support/sample.ts";

const ANN = { username: "ann", password: "quiet river under stones" };
const LINES = ["username,email,password,library_card", `ann,ann@example.org,${ANN.password},LC-100001`];
const WRONG = [...LINES, "b@d,bert@example.org,,LC-100002", ""].join("\n");
const RIGHT = [...LINES, "bert,bert@example.org,,LC-100002", ""].join("\n");

test("a file is checked, mended and imported", async ({ page, browser, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  await signInToConsole(page);
  await page.goto("/console/mysub/users");
  await follow(page, "Import users");
  const form = formWith(page, "file", "content");
  const problem = page.getByRole("row").filter({ hasText: "A user name has no @ and no spaces." });

  await test.step("what is no text at all is refused at its field", async () => {
    await field(form, "file").setInputFiles({ name: "users.csv", mimeType: "text/csv", buffer: Buffer.from([0xff, 0xfe, 0x00]) });
    expect((await submit(form, "Check")).status()).toBe(422);
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(field(form, "file")).toHaveAccessibleDescription(/This is not text in UTF-8\./);
  });

  await test.step("a wrong line is shown with its number and the reason", async () => {
    await field(form, "file").setInputFiles({ name: "users.csv", mimeType: "text/csv", buffer: Buffer.from(WRONG) });
    expect((await submit(form, "Check")).status()).toBe(200);
    const told = page.getByRole("region", { name: "What this file would do" });
    await expect(told).toContainText("One new user would be created.");
    await expect(told).toContainText("One line is wrong and is left out.");
    await expect(problem).toContainText("username");
    await expect(problem.getByRole("rowheader")).toHaveText("3");
    await expect(page.getByRole("button", { name: "Import one user", exact: true })).toBeVisible();
    await expect(field(form, "content")).toHaveValue(WRONG);
  });

  await test.step("the same text in the form has the same lines", async () => {
    await fill(form, { content: WRONG });
    expect((await submit(form, "Check")).status()).toBe(200);
    await expect(problem.getByRole("rowheader")).toHaveText("3");
  });

  await test.step("mended, it is checked once more and then imported", async () => {
    await fill(form, { content: RIGHT });
    expect((await submit(form, "Check")).status()).toBe(200);
    await expect(problem).toHaveCount(0);
    expect((await submit(form, "Import 2 users")).status()).toBe(303);
    await expect(new Console(page).heading()).toHaveText("Users");
    await expect(page.getByRole("status").first()).toContainText("2 users were imported.");
    await page.goto("/console/mysub/users?q=ann");
    await expect(page.getByRole("row").filter({ hasText: "ann@example.org" })).toContainText("Enabled");
    await page.goto("/console/mysub/users?q=bert");
    await expect(page.getByRole("row").filter({ hasText: "bert@example.org" })).toHaveCount(1);
  });

  await test.step("who came with a password signs in with it", async () => {
    const ann = await newPerson(browser);
    await ann.goto(`${issuer}/account`);
    await send(ann, ANN);
    await expect(ann.getByRole("heading", { level: 1 })).toHaveText("Your account");
    await ann.context().close();
  });
});
