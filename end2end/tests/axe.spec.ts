// Every page, looked at: axe finds nothing in light and dark, nothing scrolls sideways on a small phone,
// end-user pages have no script. The pictures are in test-results/…/screens.
import type { Browser, Page } from "@playwright/test";
import { invite, signInToConsole } from "../support/administrator.ts";
import { look, lookAtEndUserPage } from "../support/axe.ts";
import { Console } from "../support/console.ts";
import { refusesToSignIn, shownReference } from "../support/end-user.ts";
import { Desk } from "../support/desk.ts";
import { Television } from "../support/device.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, fill, follow, formWith, send, sendInVain, submit } from "../support/forms.ts";
import { furnish } from "../support/furnish.ts";
import { JOHN, newPerson } from "../support/people.ts";
import { NEWCOMER, populate } from "../support/sample.ts";
import { nameOf, routes, tour } from "../support/tour.ts";

test.describe.configure({ mode: "parallel", timeout: 240_000 });
test.use({ trace: "off" });

/** Parts of the console, so that several browsers share the work; about as many pages in each. */
const PARTS: Record<string, RegExp> = {
  "the installation": /^\/console($|\/(new|search|shortcuts|sign-out|language|administrators|health|about)(\/|$))/,
  "a subscription": /^\/console\/\{slug\}($|\/(search|settings|branding|administrators|keys|audit|history|failures|sign-ins)(\/|$))/,
  applications: /^\/console\/\{slug\}\/(applications|exchanges)(\/|$)/,
  "scopes and connections": /^\/console\/\{slug\}\/(scopes|connections)(\/|$)/,
  people: /^\/console\/\{slug\}\/(users|sessions)(\/|$)/,
};

/** Looked at elsewhere: they need somebody who is not signed in. */
const FOR_STRANGERS = ["/console/setup", "/console/invitation"];

/** Gives a file to keep, and shows nothing. */
const FILES = ["/console/{slug}/audit/export"];

test("every page of the console is in one of the parts", () => {
  const apart = [...FOR_STRANGERS, ...FILES];
  const patterns = routes("console").filter((pattern) => !apart.includes(pattern));
  expect(patterns.length, "routes that were read").toBeGreaterThan(50);
  const partsOf = (pattern: string) => Object.values(PARTS).filter((part) => part.test(pattern)).length;
  expect(patterns.filter((pattern) => partsOf(pattern) === 0), "routes that nobody looks at: give them a part").toEqual([]);
  expect(patterns.filter((pattern) => partsOf(pattern) > 1), "routes in several parts").toEqual([]);
  expect(new Set(patterns.map(nameOf)).size, "names of pictures").toBe(patterns.length);
});

for (const [name, part] of Object.entries(PARTS)) {
  test(`the console: ${name}`, async ({ page, server, library }) => {
    const sample = populate(server, library.redirectUri);
    await signInToConsole(page);
    const more = await furnish(page, sample, library.redirectUri);

    const patterns = routes("console");
    const wanted = patterns.filter((pattern) => part.test(pattern) && !FILES.includes(pattern));
    const found = await tour(page, ["/console", "/console/mysub", ...more], patterns, wanted);
    for (const pattern of wanted) {
      const address = found.get(pattern);
      expect.soft(address, `a link to ${pattern}`).toBeDefined();
      if (address === undefined) continue;
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(200);
      // A page that has nothing to ask leads elsewhere, and would not be looked at.
      expect(new URL(page.url()).pathname, `what ${pattern} shows`).toBe(address);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page).toHaveTitle(/.+ · Tessera$/);
      await look(page, nameOf(pattern));
    }
  });
}

test("the console when something is wrong, empty, new or in the way", async ({ page, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  await signInToConsole(page);

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
  await expect(page.getByText("It cannot be deleted while it is in use by:")).toBeVisible();
  await look(page, "in-use");

  await page.goto("/console/mysub/settings");
  const elsewhere = await page.context().newPage();
  await elsewhere.goto("/console/mysub/settings");
  await send(elsewhere, { name: "Our subscription" }, "Save");
  await elsewhere.close();
  const form = formWith(page, "name", "session_idle_lifetime");
  await fill(form, { name: "Your subscription" });
  expect((await submit(form, "Save")).status()).toBe(409);
  await expect(page.getByRole("group", { name: "You both changed this. Keep:" })).toBeVisible();
  await look(page, "changed-meanwhile");

  await page.goto("/console/mysub/users/import");
  const file = formWith(page, "content");
  await fill(file, { content: "username,email,shelf\na@b,nobody,401\njohn,,\n" });
  expect((await submit(file, "Check")).status()).toBe(200);
  await look(page, "wrong-import");
  await page.goto("/console/mysub/branding");
  const logo = formWith(page, "logo", "own_accent");
  await field(logo, "logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await fill(logo, { own_accent: true, accent: "#ffe66d", policy_uri: "http://library.example" });
  expect((await submit(logo, "Save")).status()).toBe(422);
  await look(page, "wrong-branding");
  await page.goto("/console/administrators/invite");
  await sendInVain(page, { email: "nobody", role: "viewer", place: "installation" }, "email");
  await look(page, "wrong-invitation");
  await page.goto(`${issuer}/account`);
  await refusesToSignIn(page, "nobody@example.org", "not the right one");
  await page.goto(`/console/mysub/failures/${await shownReference(page)}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why this sign-in failed");
  await look(page, "refused-sign-in");

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

test("one-time links, good and used", async ({ page, browser, server, library }) => {
  const setupLink = await server.setupLink();
  populate(server, library.redirectUri);
  await signInToConsole(page);
  const link = await invite(page, { email: "grace@example.org", place: "installation", role: "viewer" });
  await look(page, "invited");

  const grace = await newPerson(browser);
  await grace.goto(link);
  await lookAtEndUserPage(grace, "invitation");
  await sendInVain(grace, { password: "short", password_confirmation: "shorter" }, "password");
  await lookAtEndUserPage(grace, "invitation-wrong");
  await send(grace, { password: "ten quiet owls in the loft", password_confirmation: "ten quiet owls in the loft" });
  expect((await grace.goto(link))?.status()).toBe(404);
  await lookAtEndUserPage(grace, "invitation-used");
  expect((await grace.goto(setupLink))?.status()).toBe(404);
  await lookAtEndUserPage(grace, "setup-used");
  await grace.context().close();
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
  await page.goto(`${sample.issuer}/language`);
  await see("language");
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

  const television = await Television.in(server, sample.issuer);
  const codes = await television.begin();
  await page.goto(codes.verification_uri);
  await see("device");
  await sendInVain(page, { user_code: "BBBB-BBBB" }, "user_code");
  await see("device-wrong");
  await page.goto(codes.verification_uri_complete ?? "");
  await see("device-given");
  await submit(formWith(page, "user_code"));
  await send(page, { username: JOHN.username, password: JOHN.password });
  await see("device-confirm");
  const longName = { name: "The Harbour Town Municipal Library and Reading Room on Television Sets" };
  const other = await (await Television.in(server, sample.issuer, longName)).begin();
  await page.goto(other.verification_uri_complete ?? "");
  await submit(formWith(page, "user_code"));
  await see("device-confirm-long");
  for (const outcome of ["connected", "denied", "expired"]) {
    await page.goto(`${sample.issuer}/device/${outcome}`);
    await lookAtEndUserPage(page, `device-${outcome}`);
  }
  seen.add("/device/{outcome}");

  await page.goto(`${sample.issuer}/requests`);
  await see("requests-none");
  const desk = await Desk.in(server, sample.issuer);
  await desk.ask(JOHN.username, "W4SCT");
  await page.goto(`${sample.issuer}/requests`);
  await see("requests");
  await follow(page, "Look at it");
  await see("request");
  const longDesk = await Desk.in(server, sample.issuer, longName);
  await longDesk.ask(JOHN.username, "Compare this with what the machine beside the door shows, and with nothing else: 8T4-QK2-77M");
  await page.goto(`${sample.issuer}/requests`);
  await see("requests-long");
  await page.getByRole("link", { name: "Look at it" }).last().click();
  await see("request-long");
  await submit(page.locator("form"), "Allow");
  await see("request-allowed");
  for (const outcome of ["denied", "ended"]) {
    await page.goto(`${sample.issuer}/requests/${outcome}`);
    await lookAtEndUserPage(page, `request-${outcome}`);
  }

  // Show nothing themselves.
  seen.add("/continue").add("/requests/open/{id}").add("/requests/{outcome}");
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

/** So that there is a session to see. */
async function somebodySignsIn(browser: Browser, issuer: string, who: { username: string; password: string } = JOHN) {
  const person = await newPerson(browser);
  await person.goto(`${issuer}/account`);
  await send(person, { username: who.username, password: who.password });
  await person.context().close();
}
