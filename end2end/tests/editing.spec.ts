// Two people on one object, copies, secrets that overlap, and the way back.
import { signInToConsole } from "../support/administrator.ts";
import { Console } from "../support/console.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, fill, follow, formWith, send, sendInVain, submit } from "../support/forms.ts";
import { newPerson } from "../support/people.ts";
import { type Credentials, post } from "../support/protocol.ts";
import { populate, type Sample } from "../support/sample.ts";
import { routes } from "../support/tour.ts";

let sample: Sample;

test.beforeEach(async ({ page, server, library }) => {
  sample = populate(server, library.redirectUri);
  await signInToConsole(page);
  await page.goto("/console/mysub/applications");
  await new Console(page).openRow("my-app");
});

test("of what two people change nothing is lost", async ({ page, browser }) => {
  const second = await newPerson(browser);
  await signInToConsole(second);
  await second.goto(page.url());
  const form = formWith(second, "name", "require_consent");
  const registers = await field(form, "allow_registration").isChecked();

  await new Console(page).save({ name: "The first one's website", allow_registration: !registers });

  await fill(form, { name: "The second one's website", require_consent: true });
  expect((await submit(form, "Save")).status()).toBe(409);
  const told = second.getByRole("alert");
  await expect(told.getByRole("heading")).toHaveText("Somebody else changed this meanwhile");
  await expect(told).toContainText("Name: you both changed it. Choose which one to keep.");
  await expect(told).toContainText(/changed Users may create accounts on the way .*; kept\./);
  // Each keeps what only they changed; what both changed stands side by side.
  expect(await field(form, "allow_registration").isChecked()).toBe(!registers);
  await expect(field(form, "require_consent")).toBeChecked();
  await expect(field(form, "name")).toHaveValue("The second one's website");
  const choice = second.getByRole("group", { name: "You both changed this. Keep:" });
  await expect(choice).toHaveCount(1);
  await expect(choice.getByRole("radio", { name: "What the field says" })).toBeChecked();
  await choice.getByRole("radio", { name: /^What was saved meanwhile:/ }).check();
  expect((await submit(form, "Save")).status()).toBe(303);

  await page.reload();
  const saved = formWith(page, "name", "require_consent");
  await expect(field(saved, "name")).toHaveValue("The first one's website");
  await expect(field(saved, "require_consent")).toBeChecked();
  expect(await field(saved, "allow_registration").isChecked()).toBe(!registers);
  await second.context().close();
});

test("a copy has everything but the name and the secret", async ({ page, library }) => {
  const original = page.url();
  await follow(page, "Duplicate");
  await expect(new Console(page).heading()).toHaveText('Duplicate "Library website"');
  await sendInVain(page, { name: "Second website", client_id: "my-app" }, "client_id");
  await send(page, { name: "Second website", client_id: "my-app-2" });
  await expect(page.getByRole("status").first()).toContainText("Second website was created.");
  expect(page.url()).not.toBe(original);
  const copy: Credentials = { name: "my-app-2", secret: await new Console(page).secret("Application secret") };
  const form = formWith(page, "name", "redirect_uris");
  await expect(field(form, "name")).toHaveValue("Second website");
  await expect(field(form, "redirect_uris")).toHaveValue(library.redirectUri);
  await expect(field(form, "required_claims").and(page.locator('[value="library_card"]'))).toBeChecked();
  expect(await isAccepted(copy)).toBe(true);
  expect(await isAccepted({ ...copy, secret: sample.app.secret })).toBe(false);
});

test("a rotated secret leaves time to change over", async ({ page }) => {
  await follow(page, "Rotate with overlap");
  await send(page, { overlap_hours: "24", expires_in_days: "90" });
  await expect(page.getByRole("status").first()).toContainText("The old ones end after the overlap.");
  const secret = await new Console(page).secret("Application secret");
  const table = page.getByRole("region", { name: "Application secret" }).getByRole("table");
  await expect(table.getByText("Ends soon")).toHaveCount(1);
  await expect(table.getByText("In use")).toHaveCount(1);
  for (const good of [sample.app.secret, secret]) expect(await isAccepted({ ...sample.app, secret: good })).toBe(true);

  await follow(page, "Rotate with overlap");
  await send(page, { overlap_hours: "0" });
  const last = await new Console(page).secret("Application secret");
  for (const bad of [sample.app.secret, secret]) expect(await isAccepted({ ...sample.app, secret: bad })).toBe(false);
  expect(await isAccepted({ ...sample.app, secret: last })).toBe(true);
});

test("what was saved is taken back by the link beside the notice", async ({ page }) => {
  test.skip(!routes("console").includes("/console/{slug}/audit/{change}/undo"), "there is no page for it yet");
  const address = page.url();
  await new Console(page).save({ name: "A mistake" });
  await follow(page, "Undo", page.getByRole("status"));
  await expect(new Console(page).heading()).toHaveText("Undo this change?");
  expect((await submit(page.locator("form[method=post]"), "Undo")).status()).toBe(303);
  await expect(page.getByRole("status").first()).toContainText("The change is undone.");
  await page.goto(address);
  await expect(field(formWith(page, "name", "redirect_uris"), "name")).toHaveValue("Library website");
});

/** The application proves who it is; what it revokes was never issued. */
async function isAccepted(by: Credentials): Promise<boolean> {
  const { status } = await post(sample.issuer, "revocation", { token: "0".repeat(64) }, by);
  expect([200, 401]).toContain(status);
  return status === 200;
}
