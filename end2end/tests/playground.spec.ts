// The playground: a real sign-in from the console, every step of it to be read afterwards.
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { answer, refusesToSignIn } from "../support/end-user.ts";
import { expect, test } from "../support/fixtures.ts";
import { fill, follow, formWith, send, submit } from "../support/forms.ts";
import { JOHN, newPerson } from "../support/people.ts";
import { populate } from "../support/sample.ts";

test("a sign-in is tried out and read", async ({ page, browser, server, library }) => {
  const sample = populate(server, library.redirectUri);
  const heading = new Console(page).heading();
  await signInToConsole(page);
  await page.goto("/console/mysub/applications");
  await new Console(page).openRow("my-app");
  await follow(page, "Try it in the playground");
  await expect(heading).toHaveText("Playground");
  const playground = page.url();

  await test.step("without a scope there is nothing to try", async () => {
    const form = formWith(page, "scope", "prompt");
    await fill(form, { scope: [] });
    expect((await submit(form, "Start")).status()).toBe(422);
    await expect(page.getByRole("alert")).toContainText("Choose at least one.");
  });

  await test.step("a run goes through the subscription's own pages and comes back", async () => {
    await send(page, { scope: ["openid", "library"], prompt: "" }, "Start");
    await expect(page).toHaveURL(new RegExp(`^${sample.issuer}/login`));
    await refusesToSignIn(page, JOHN.username, "a wrong password");
    await send(page, { username: JOHN.username, password: JOHN.password });
    await expect(heading).toHaveText("Playground run");
    await expect(page.getByText("It worked: the application would have everything below.")).toBeVisible();
    const claims = page.getByRole("group", { name: "Claims: Identity token" });
    await expect(claims.getByRole("row").filter({ hasText: "library_card" })).toContainText(JOHN.card);
    const issuer = claims.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "iss", exact: true }) });
    await expect(issuer).toContainText(sample.issuer);
    await expect(page.getByText("Wrong:", { exact: true })).toHaveCount(0);
    expect(await page.content(), "tokens are not in the page").not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}\./);
  });

  await test.step("a refusal is read as the application would hear it", async () => {
    await follow(page, "Run again");
    await send(page, { prompt: "consent" }, "Start");
    await answer(page, "Do not allow");
    await expect(heading).toHaveText("Playground run");
    await expect(page.getByText("The sign-in was refused.")).toBeVisible();
    await expect(page.getByRole("group", { name: "Back to the application" })).toContainText("access_denied");
  });

  await test.step("runs are listed, for whoever started them alone", async () => {
    const run = page.url();
    await page.goto(playground);
    const runs = page.getByRole("region", { name: "Your runs" });
    await expect(runs.getByText("Done", { exact: true })).toHaveCount(1);
    await expect(runs.getByText("Refused", { exact: true })).toHaveCount(1);
    const stranger = await newPerson(browser);
    await stranger.goto(run);
    await expect(stranger.getByRole("heading", { name: "Playground run" })).toHaveCount(0);
    await stranger.context().close();
  });
});
