// A required claim in stages: at first people may leave it out, later they may not.
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { isSignedIn } from "../support/end-user.ts";
import { expect, test } from "../support/fixtures.ts";
import { fill, formWith, send, sendInVain, submit } from "../support/forms.ts";
import { newPerson } from "../support/people.ts";
import { NEWCOMER, populate } from "../support/sample.ts";

const STAGE = "required_claims.library_card.stage";
const UNTIL = "required_claims.library_card.until";
const WEEK = 7 * 24 * 60 * 60 * 1000;

test("a claim that can be skipped is skipped, and an enforced one is not", async ({ page, browser, server, library }) => {
  const sample = populate(server, library.redirectUri);
  await library.configure(sample.issuer, sample.app.name, sample.app.secret);
  library.scope = "openid library";
  await signInToConsole(page);
  await page.goto("/console/mysub/applications");
  await new Console(page).openRow("my-app");
  const nora = await newPerson(browser);
  const skip = nora.getByRole("button", { name: "Skip for now" });

  await test.step("a claim can be skipped through a day, which has to be said", async () => {
    await sendInVain(page, { [STAGE]: "skippable" }, UNTIL, "Save");
    await new Console(page).save({ [UNTIL]: new Date(Date.now() + WEEK).toISOString().slice(0, 10) });
  });

  await test.step("who has no value may go on without", async () => {
    await nora.goto(library.loginUrl());
    await send(nora, { username: NEWCOMER.username, password: NEWCOMER.password });
    await expect(nora.getByText("You can leave this out until then.")).toBeVisible();
    // Nothing in the field is no answer: there is a button for it.
    await fill(formWith(nora, "library_card"), { library_card: "" });
    expect((await submit(formWith(nora, "library_card"), "Continue")).status()).toBe(422);
    expect((await submit(formWith(nora, "library_card"), "Skip for now")).status()).toBe(303);
    await isSignedIn(nora, library);
    expect(library.take().claims).not.toHaveProperty("library_card");
  });

  await test.step("enforced, there is no way around it", async () => {
    await new Console(page).save({ [STAGE]: "enforced" });
    await nora.goto(library.loginUrl());
    await expect(nora.getByLabel("Library card")).toBeVisible();
    await expect(skip).toHaveCount(0);
    await sendInVain(nora, { library_card: "" }, "library_card");
    await expect(skip).toHaveCount(0);
    await send(nora, { library_card: "LC-000777" });
    await isSignedIn(nora, library);
    expect(library.take().claims.library_card).toBe("LC-000777");
  });
  await nora.context().close();
});
