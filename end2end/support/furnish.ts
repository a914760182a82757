// What some pages of the console are about, and an `apply` file cannot hold: what people did.
import { expect, type Page } from "@playwright/test";
import { firstOf, invite } from "./administrator.ts";
import { Console } from "./console.ts";
import { answer, refusesToSignIn, shownReference } from "./end-user.ts";
import { follow, send, submit } from "./forms.ts";
import { JOHN } from "./people.ts";
import type { Sample } from "./sample.ts";

/**
 * Does them as the administrator who is signed in: a refused request and a refused sign-in, second secrets,
 * a run of the playground in which John agrees to something, an invitation, an initial access token, and one
 * of everything that can be disabled. Gives addresses to look around from, besides those that lists show first.
 */
export async function furnish(page: Page, sample: Sample, redirectUri: string): Promise<string[]> {
  const application = await applicationOf(page, sample.app.name);
  const john = await firstOf(page, `/console/mysub/users?q=${JOHN.username}`);
  const reference = await refusals(page, sample, redirectUri);

  await another(page, application);
  await page.goto("/console/mysub/connections");
  await new Console(page).openRow(sample.api.name);
  await another(page, new URL(page.url()).pathname);

  await page.goto(`${application}/playground`);
  await send(page, { prompt: "consent" }, "Start");
  await send(page, { username: JOHN.username, password: JOHN.password });
  await answer(page, "Allow");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Playground run");

  await invite(page, { email: "grace@example.org", place: "subscription", subscription: "mysub", role: "editor" });

  await page.goto("/console/mysub/settings/registration/new");
  await send(page, { name: "A reading club" }, "Make the token");

  const reader = await firstOf(page, "/console/mysub/users?q=reader-7");
  const catalogue = await applicationOf(page, "catalogue");
  const disabled = [reader, catalogue, "/console/quiet/settings"];
  for (const address of disabled) {
    await page.goto(`${address}/disable`);
    await confirm(page);
  }
  return [application, john, ...disabled, `/console/mysub/sign-ins/${reference}/lift`];
}

/** A wrong password, of which it gives the reference, and a redirect URI that is not registered. */
async function refusals(page: Page, sample: Sample, redirectUri: string): Promise<string> {
  await page.goto(`${sample.issuer}/account`);
  await refusesToSignIn(page, JOHN.username, "not the right one");
  const reference = await shownReference(page);
  // Last, so that it is the first that the audit log shows.
  const request = new URLSearchParams({ client_id: sample.app.name, redirect_uri: `${redirectUri}/` });
  expect((await page.request.get(`${sample.issuer}/connect/authorize?${request}`)).ok()).toBe(false);
  return reference;
}

async function applicationOf(page: Page, clientId: string): Promise<string> {
  await page.goto("/console/mysub/applications");
  await new Console(page).openRow(clientId);
  return new URL(page.url()).pathname;
}

/** Gives something a second secret, so that the first can be removed. */
async function another(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await follow(page, "New secret");
  await confirm(page);
}

async function confirm(page: Page): Promise<void> {
  expect((await submit(page.locator("form[method=post]"))).status(), page.url()).toBe(303);
}
