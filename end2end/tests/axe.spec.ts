// Every page, looked at: axe finds nothing in light and dark, nothing scrolls sideways on a small phone,
// end-user pages have no script. The pictures are in test-results/…/screens.
import type { Browser, Page } from "@playwright/test";
import { look, lookAtEndUserPage } from "../support/axe.ts";
import { Console } from "../support/console.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, fill, follow, formWith, send, sendInVain, submit } from "../support/forms.ts";
import { ADMINISTRATOR, JOHN, newPerson } from "../support/people.ts";
import { NEWCOMER, populate } from "../support/sample.ts";
import { nameOf, routes, tour } from "../support/tour.ts";

test.describe.configure({ mode: "parallel", timeout: 240_000 });
test.use({ trace: "off" });

/** Parts of the console, so that several browsers share the work. */
const PARTS = [
  /^\/console(\/|$)(?!\{slug\})|^\/console\/\{slug\}($|\/settings)/,
  /^\/console\/\{slug\}\/applications/,
  /^\/console\/\{slug\}\/(scopes|connections)/,
  /^\/console\/\{slug\}\/(users|sessions|keys|audit|failures)/,
];

/** Looked at elsewhere: they need somebody who is not signed in, or who agreed to something. */
const FOR_STRANGERS = ["/console/setup", "/console/{slug}/users/{id}/consents/{application}/withdraw"];

for (const [number, part] of PARTS.entries()) {
  test(`the console, part ${number + 1}`, async ({ page, browser, server, library }) => {
    const { issuer } = populate(server, library.redirectUri);
    await somebodySignsIn(browser, issuer);
    await page.request.get(`${issuer}/connect/authorize?client_id=my-app&redirect_uri=${library.redirectUri}/`);
    await signIn(page);
    await another(page, "/console/mysub/applications", "my-app");
    await another(page, "/console/mysub/connections", "library-api");

    const patterns = routes("console").filter((pattern) => !FOR_STRANGERS.includes(pattern));
    const found = await tour(page, ["/console", "/console/mysub"], patterns);
    for (const pattern of patterns.filter((one) => part.test(one))) {
      // What is enabled links to its disabling only.
      const address = found.get(pattern) ?? found.get(pattern.replace(/enable$/, "disable"))?.replace(/disable$/, "enable");
      expect(address, `a link to ${pattern}`).toBeDefined();
      const answer = await page.goto(address ?? "");
      expect(answer?.status(), address).toBe(200);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page).toHaveTitle(/.+ · Tessera$/);
      await look(page, nameOf(pattern));
    }
  });
}

test("the console when something is wrong, empty, new or in the way", async ({ page, server, library }) => {
  populate(server, library.redirectUri);
  await signIn(page);

  await page.goto("/console/new");
  await sendInVain(page, { name: "", slug: "My Sub" }, "slug");
  await look(page, "wrong-subscription");
  await page.goto("/console/mysub/scopes/claims/new");
  await sendInVain(page, { name: "iss", display_name: "", pattern: "[", type: "choice" }, "name");
  await look(page, "wrong-claim");
  await page.goto("/console/mysub/applications/new");
  await sendInVain(page, { client_id: "my-app", name: "", redirect_uris: "http://a.example/*", grant_types: [] }, "redirect_uris");
  await look(page, "wrong-application");
  await page.goto("/console/mysub/users/new");
  await sendInVain(page, { username: "a@b", email: "nobody", password: "short", library_card: "1" }, "library_card");
  await look(page, "wrong-user");

  for (const list of ["applications", "scopes", "connections", "users", "sessions"]) {
    await page.goto(`/console/quiet/${list}`);
    await look(page, `empty-${list}`);
  }
  await page.goto("/console/mysub/users?q=nobody-is-called-this");
  await look(page, "nothing-found");
  await page.goto("/console/mysub/users");
  await follow(page, "Next page");
  await look(page, "next-page");

  await page.goto("/console/mysub/connections/new");
  await send(page, { name: "museum-api", display_name: "Museum API" });
  await look(page, "secret-once");

  await page.goto("/console/mysub/scopes");
  await new Console(page).openRow("library_card");
  await follow(page, "Delete");
  expect((await submit(page.locator("form[method=post]"))).status()).toBe(409);
  await look(page, "in-use");

  await page.goto("/console/mysub/settings");
  const elsewhere = await page.context().newPage();
  await elsewhere.goto("/console/mysub/settings");
  await send(elsewhere, { name: "Our subscription" }, "Save");
  await elsewhere.close();
  const form = formWith(page, "name", "session_idle_lifetime");
  await fill(form, { name: "Your subscription" });
  expect((await submit(form, "Save")).status()).toBe(409);
  await look(page, "changed-meanwhile");

  await page.goto("/console/mysub");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByText("Menu", { exact: true }).click();
  await expect(page.getByRole("link", { name: "Applications", exact: true }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign out" })).toBeVisible();
  await look(page, "menu");

  const answer = await page.goto("/console/mysub/nothing-here");
  expect(answer?.status()).toBe(404);
  await look(page, "console-not-found");
});

test("the set-up page", async ({ page, server }) => {
  await page.goto(await server.setupLink());
  await lookAtEndUserPage(page, "setup");
  await sendInVain(page, { email: "nobody", password: "short", password_confirmation: "shorter" }, "email");
  await lookAtEndUserPage(page, "setup-wrong");
});

test("what end users see on the way to an application", async ({ page, server, library }) => {
  const sample = populate(server, library.redirectUri);
  const authorize = (client_id: string, more: Record<string, string> = {}) => {
    const request = { client_id, redirect_uri: library.redirectUri, response_type: "code", scope: "openid library", ...more };
    return `${sample.issuer}/connect/authorize?${new URLSearchParams(request)}`;
  };
  const seen = new Set<string>();
  const see = async (name: string) => {
    seen.add(new URL(page.url()).pathname.replace(new URL(sample.issuer).pathname, ""));
    await lookAtEndUserPage(page, name);
  };

  await page.goto(authorize(sample.demanding.name, { scope: "openid library reader library-api-checked-books" }));
  await see("login");
  await page.getByRole("link", { name: "Create an account" }).click();
  await see("register");
  const short = { email: "nobody", password: "short", password_confirmation: "shorter" };
  await sendInVain(page, short, "password");
  await see("register-wrong");
  await page.goBack();
  await page.goto(authorize(sample.demanding.name, { scope: "openid library reader library-api-checked-books" }));
  const form = formWith(page, "username", "password");
  await fill(form, { username: NEWCOMER.username, password: "not the right one" });
  expect((await submit(form)).status()).toBeGreaterThanOrEqual(400);
  await see("login-wrong");

  await send(page, { username: NEWCOMER.username, password: NEWCOMER.password });
  await see("claims");
  const wrong = {
    library_card: "12345",
    about_me: "I read.",
    shelf: "401",
    height: "tall",
    home_phone: "seven",
    blog: "my blog",
    second_email: "nobody",
    interests: ["maps", "law"],
    "delivery.locality": "Harbour Town",
    preferences: "{",
  };
  await sendInVain(page, wrong, "shelf");
  await see("claims-wrong");
  await send(page, {
    ...wrong,
    library_card: "LC-000777",
    shelf: "12",
    height: "0.72",
    newsletter: true,
    member_since: "2019-05-04",
    home_phone: "+44 20 7946 0000",
    blog: "https://nora.example/",
    second_email: "nora@second.example",
    branch: "h",
    preferences: '{"quiet": true}',
  });
  await see("consent");
  await submit(page.locator("form"), "Allow");

  await page.goto(authorize(sample.app.name, { prompt: "login" }));
  await see("login-again");
  await page.goto(`${sample.issuer}/login?i=unknown`);
  await see("expired");
  await page.goto(authorize("nobody"));
  await see("refused-unknown-application");
  await page.goto(authorize(sample.app.name, { redirect_uri: "https://evil.example/" }));
  await see("refused-redirect-uri");

  await somebodySignsIn(page.context().browser() as Browser, sample.issuer, NEWCOMER);
  await page.goto(`${sample.issuer}/account`);
  await see("account");
  await follow(page, "Your details");
  await see("account-profile");
  await page.goto(`${sample.issuer}/account/password`);
  await see("account-password");
  const mistaken = { current_password: "not the right one", password: "short", password_confirmation: "shorter" };
  await sendInVain(page, mistaken, "current_password");
  await see("account-password-wrong");
  await page.goto(`${sample.issuer}/account/sessions`);
  await see("account-sessions");
  await follow(page, "End session");
  seen.add("/account/sessions/{id}/end");
  await lookAtEndUserPage(page, "account-end-session");
  await page.goto(`${sample.issuer}/connect/endsession?post_logout_redirect_uri=https://evil.example/`);
  await see("sign-out");
  await submit(page.locator("form"));
  await see("signed-out");
  expect((await page.goto(`${sample.issuer}/nothing-here`))?.status()).toBe(404);
  await see("not-found");

  // Shows nothing itself.
  seen.add("/continue");
  const missed = routes("end-user").filter((pattern) => !seen.has(pattern));
  expect(missed, "pages that nobody looked at").toEqual([]);
});

test("the page that posts to an application @nojs", async ({ page, server, library }) => {
  const sample = populate(server, library.redirectUri);
  const request = {
    client_id: sample.app.name,
    redirect_uri: library.redirectUri,
    response_type: "code",
    response_mode: "form_post",
    scope: "openid",
  };
  await page.goto(`${sample.issuer}/account`);
  await send(page, { username: JOHN.username, password: JOHN.password });
  await page.goto(`${sample.issuer}/connect/authorize?${new URLSearchParams(request)}`);
  await expect(page.locator("script")).toHaveCount(1);
  await look(page, "form-post");
});

async function signIn(page: Page): Promise<void> {
  await page.goto("/console");
  await send(page, { username: ADMINISTRATOR.email, password: ADMINISTRATOR.password });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Subscriptions");
}

/** So that there is a session to see. */
async function somebodySignsIn(browser: Browser, issuer: string, who: { username: string; password: string } = JOHN) {
  const person = await newPerson(browser);
  await person.goto(`${issuer}/account`);
  await send(person, { username: who.username, password: who.password });
  await person.context().close();
}

/** Gives something a second secret, so that the first can be removed. */
async function another(page: Page, list: string, name: string): Promise<void> {
  await page.goto(list);
  await new Console(page).openRow(name);
  await follow(page, "New secret");
  expect((await submit(page.locator("form[method=post]"))).status()).toBe(303);
}
