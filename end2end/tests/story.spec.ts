// The main job, end to end: from the set-up link to a real client signed in with a required claim.
import type { Page } from "@playwright/test";
import * as oidc from "openid-client";
import { Console } from "../support/console.ts";
import { answer, isSignedIn, refusesToSignIn, signIn } from "../support/end-user.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, follow, send, sendInVain, submit } from "../support/forms.ts";
import { ADMINISTRATOR, ALICE, JOHN, newPerson } from "../support/people.ts";
import {
  aboutTheUser,
  type Credentials,
  introspect,
  post,
  verifyAccessToken,
  verifyIdentityToken,
} from "../support/protocol.ts";

test("the main job", async ({ page, browser, server, library, readingRoom }) => {
  test.setTimeout(240_000);
  const issuer = `${server.url}/s/mysub`;
  const administrator = new Console(page);
  const api: Credentials = { name: "library-api", secret: "" };
  const otherApi: Credentials = { name: "museum-api", secret: "" };
  const app: Credentials = { name: "my-app", secret: "" };
  const nightly: Credentials = { name: "nightly-report", secret: "" };
  let cardClaims: { sub: string; library_card: string };

  await test.step("1. the first administrator comes by the set-up link", async () => {
    const link = await server.setupLink();
    await page.goto(link);
    const right = { ...ADMINISTRATOR, password_confirmation: ADMINISTRATOR.password };
    await sendInVain(page, { ...right, password: "short", password_confirmation: "short" }, "password");
    await expect(field(page, "email")).toHaveValue(right.email);
    await send(page, right);
    await expect(page).toHaveURL(`${server.url}/console`);
    await expect(administrator.heading()).toHaveText("Subscriptions");

    const latecomer = await newPerson(browser);
    expect((await latecomer.goto(link))?.status()).toBe(404);
    await expect(field(latecomer, "password")).toHaveCount(0);
    await latecomer.goto("/console");
    await expect(field(latecomer, "username")).toBeVisible();
    await latecomer.context().close();
  });

  await test.step("2. a new subscription has an issuer, a key, the standard claims and the preset's scopes", async () => {
    await follow(page, "New subscription");
    await sendInVain(page, { name: "My subscription", slug: "My Sub" }, "slug");
    await expect(field(page, "name")).toHaveValue("My subscription");
    await send(page, { slug: "mysub", scope_preset: "standard" });
    await expect(administrator.heading()).toHaveText("My subscription");
    await expect(page.getByText(issuer, { exact: true })).toBeVisible();

    await administrator.open("Keys");
    await expect(page.getByRole("row").filter({ hasText: "RS256" })).toHaveCount(1);
    await administrator.open("Scopes");
    await expect(page.getByRole("heading", { name: "Custom claims" })).toBeVisible();
    const scopes = page.getByRole("region", { name: "Identity scopes" });
    for (const scope of ["openid", "profile", "email", "phone", "address"]) {
      await expect(scopes.getByText(scope, { exact: true }).first()).toBeVisible();
    }
  });

  await test.step("3. a claim of one's own, and an identity scope that holds it and another", async () => {
    await follow(page, "New claim");
    const claim = { name: "library_card", display_name: "Library card", type: "string", help: "On the back of your card" };
    await sendInVain(page, { ...claim, pattern: "^LC-[0-9{6}$", unique: true }, "pattern");
    await expect(field(page, "help")).toHaveValue(claim.help);
    await send(page, { pattern: "^LC-[0-9]{6}$" });
    await expect(page.getByText("library_card", { exact: true }).first()).toBeVisible();

    await follow(page, "New identity scope");
    const claims = await administrator.offered("claims");
    expect(claims).toEqual(expect.arrayContaining(["sub", "name", "given_name", "email", "phone_number", "address"]));
    await send(page, { name: "library", display_name: "Library profile", claims: ["library_card", "given_name"] });
    await expect(page.getByRole("row").filter({ hasText: "Library profile" })).toContainText("library_card");
  });

  await test.step("4. an API connection comes with its own scope and a secret that is shown once", async () => {
    await administrator.open("API connections");
    await administrator.make("New API connection", { name: api.name, display_name: "Library API" });
    api.secret = await administrator.secret("Connection secret");
    const connection = page.url();

    await administrator.openRow(api.name);
    await expect(field(page, "name")).toHaveCount(0);
    await cannotBeRenamed(page, server.url);
    await page.goto(connection);

    await administrator.make("New API scope", {
      name: "library-api-checked-books",
      display_name: "Books you have checked out",
    });
    await expect(page.getByRole("rowheader")).toHaveText([/library-api$/, /library-api-checked-books$/]);

    await administrator.open("API connections");
    await administrator.make("New API connection", { name: otherApi.name, display_name: "Museum API" });
    otherApi.secret = await administrator.secret("Connection secret");
  });

  await test.step("5. applications: a website, one that asks for consent, and a service", async () => {
    await administrator.open("Applications");
    await follow(page, "New application");
    for (const words of ["Allowed identity scopes", "Allowed API scopes", "Required claims", "Access token type"]) {
      await expect(page.getByRole("group", { name: words })).toBeVisible();
    }
    expect(await administrator.offered("allowed_identity_scopes")).toContain("library");
    const website = {
      client_id: app.name,
      name: "Library website",
      type: "web",
      grant_types: ["authorization_code", "refresh_token"],
      allowed_identity_scopes: ["openid", "profile", "library"],
      allowed_api_scopes: ["library-api", "library-api-checked-books", "museum-api"],
      required_claims: ["library_card"],
      access_token_format: "jwt",
    };
    await sendInVain(page, { ...website, redirect_uris: "http://library.example/callback" }, "redirect_uris");
    await expect(field(page, "client_id")).toHaveValue(app.name);
    await send(page, {
      redirect_uris: library.redirectUri,
      post_logout_redirect_uris: library.postLogoutRedirectUri,
    });
    await expect(administrator.heading()).toHaveText("Application settings");
    app.secret = await administrator.secret("Application secret");
    await library.configure(issuer, app.name, app.secret);
    library.scope = "openid profile email library library-api-checked-books no-such-scope";

    await administrator.open("Applications");
    await administrator.make("New application", {
      client_id: "reading-room",
      name: "Reading room",
      type: "web",
      redirect_uris: readingRoom.redirectUri,
      allowed_identity_scopes: ["openid", "library"],
      required_claims: ["library_card", "given_name", "phone_number"],
      require_consent: true,
    });
    await readingRoom.configure(issuer, "reading-room", await administrator.secret("Application secret"));
    readingRoom.scope = "openid library";

    await administrator.open("Applications");
    await administrator.make("New application", {
      client_id: nightly.name,
      name: "Nightly report",
      type: "service",
      grant_types: ["client_credentials"],
      allowed_api_scopes: ["library-api"],
    });
    nightly.secret = await administrator.secret("Application secret");

    await administrator.open("Users");
    await administrator.make("New user", {
      username: JOHN.username,
      email: JOHN.email,
      password: JOHN.password,
      given_name: JOHN.givenName,
    });
  });

  const alice = await newPerson(browser);
  const john = await newPerson(browser);

  await test.step("6a. somebody registers on the way to the website, and is asked for the card", async () => {
    await alice.goto(library.loginUrl());
    await expect(alice.getByText("Library website").first()).toBeVisible();
    await follow(alice, "Create an account");
    const form = { email: ALICE.email, password: ALICE.password, password_confirmation: ALICE.password };
    await sendInVain(alice, { ...form, password_confirmation: "something else" }, "password_confirmation");
    await expect(field(alice, "email")).toHaveValue(ALICE.email);
    await send(alice, form);

    await expect(alice.getByLabel("Library card")).toBeVisible();
    await expect(alice.getByText("On the back of your card")).toBeVisible();
    await sendInVain(alice, { library_card: "12345" }, "library_card");
    await expect(field(alice, "library_card")).toHaveValue("12345");
    await send(alice, { library_card: ALICE.card });
    await isSignedIn(alice, library);
    expect(library.signedIn?.claims.library_card).toBe(ALICE.card);
  });

  await test.step("6b. somebody who was there before is asked at sign-in, and only once", async () => {
    await john.goto(library.loginUrl());
    await refusesToSignIn(john, JOHN.username, "a wrong password");
    await expect(field(john, "username")).toHaveValue(JOHN.username);
    await send(john, { username: JOHN.username, password: JOHN.password });
    await sendInVain(john, { library_card: ALICE.card }, "library_card");
    await send(john, { library_card: JOHN.card });
    await isSignedIn(john, library);

    await john.context().clearCookies();
    await john.goto(library.loginUrl());
    await send(john, { username: JOHN.email, password: JOHN.password });
    await isSignedIn(john, library);
  });

  await test.step("6c. consent where the application wants it; what is known is not asked again", async () => {
    await alice.goto(readingRoom.loginUrl());
    await expect(field(alice, "library_card")).toHaveCount(0);
    await sendInVain(alice, { given_name: "Alice", phone_number: "seven" }, "phone_number");
    await expect(field(alice, "given_name")).toHaveValue("Alice");
    await expect(field(alice, "phone_number")).toHaveValue("seven");
    await send(alice, { given_name: "Alice", phone_number: "+44 20 7946 0000" });

    await expect(alice.getByText("Library profile")).toBeVisible();
    await answer(alice, "Do not allow");
    await expect(alice.getByRole("heading")).toHaveText("The library could not sign you in");
    expect(readingRoom.refused).toBe("access_denied");

    await alice.goto(readingRoom.loginUrl());
    await answer(alice, "Allow");
    await isSignedIn(alice, readingRoom);
    await alice.goto(readingRoom.loginUrl());
    await isSignedIn(alice, readingRoom);
  });

  await test.step("6d. \"Not you?\" lets somebody else sign in", async () => {
    const borrowed = await newPerson(browser);
    await borrowed.goto(library.loginUrl());
    await send(borrowed, { username: ALICE.email, password: ALICE.password });
    await isSignedIn(borrowed, library);
    await borrowed.goto(readingRoom.loginUrl({ prompt: "consent" }));
    await follow(borrowed, "Not you?");
    await send(borrowed, { username: JOHN.username, password: JOHN.password });
    await send(borrowed, { phone_number: "+44 20 7946 0001" });
    await answer(borrowed, "Allow");
    await isSignedIn(borrowed, readingRoom);
    expect(readingRoom.take().claims.given_name).toBe(JOHN.givenName);
    await borrowed.context().close();
  });

  await test.step("7. the tokens say what was allowed and asked for, and no more", async () => {
    await alice.goto(library.loginUrl());
    await isSignedIn(alice, library);
    const { tokens } = library.take();
    expect(tokens.scope?.split(" ").sort()).toEqual(["library", "library-api-checked-books", "openid", "profile"]);

    const identity = await verifyIdentityToken(issuer, app.name, tokens.id_token ?? "");
    cardClaims = { sub: String(identity.sub), library_card: ALICE.card };
    const facts = { ...cardClaims, given_name: "Alice", updated_at: expect.any(Number) };
    expect(aboutTheUser(identity)).toEqual(facts);

    const access = await verifyAccessToken(issuer, api.name, tokens.access_token);
    expect(access.scope.split(" ")).toContain("library-api-checked-books");
    expect(access.scope.split(" ").sort()).toEqual(tokens.scope?.split(" ").sort());
    expect(access).toMatchObject({ sub: cardClaims.sub, client_id: app.name, aud: api.name });
    expect(access).not.toHaveProperty("library_card");
    await expect(verifyAccessToken(issuer, otherApi.name, tokens.access_token)).rejects.toThrow(/aud/);

    const told = await oidc.fetchUserInfo(library.config, tokens.access_token, cardClaims.sub);
    expect(told).toEqual(facts);
  });

  const earlier = await signIn(alice, library);

  await test.step("8. reference tokens, introspection and revocation", async () => {
    await administrator.open("Applications");
    await administrator.openRow(app.name);
    await administrator.save({ access_token_format: "reference" });

    library.scope += " museum-api";
    const later = await signIn(alice, library);
    expect(later.access_token).toMatch(/^[0-9a-f]{64}$/);
    const checked = {
      active: true,
      iss: issuer,
      sub: cardClaims.sub,
      client_id: app.name,
      aud: api.name,
      scope: "library-api-checked-books",
      token_type: "Bearer",
      exp: expect.any(Number),
      iat: expect.any(Number),
    };
    expect(await introspect(issuer, api, later.access_token)).toMatchObject(checked);
    expect(await introspect(issuer, otherApi, later.access_token)).toMatchObject({ active: true, scope: "museum-api" });
    expect(await introspect(issuer, api, earlier.access_token)).toMatchObject(checked);
    expect(await introspect(issuer, otherApi, earlier.access_token)).toEqual({ active: false });
    expect(await introspect(issuer, api, "0".repeat(64))).toEqual({ active: false });

    const stranger = await post(issuer, "introspect", { token: later.access_token }, { ...api, secret: "wrong" });
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get("www-authenticate")).toMatch(/^Basic /);
    const asApplication = await post(issuer, "introspect", { token: later.access_token }, app);
    expect(asApplication.status).toBe(401);

    for (const token of [later.access_token, earlier.access_token]) {
      await oidc.tokenRevocation(library.config, token);
      expect(await introspect(issuer, api, token)).toEqual({ active: false });
      await expect(oidc.fetchUserInfo(library.config, token, cardClaims.sub)).rejects.toThrow();
    }
  });

  await test.step("9a. refreshing rotates, and a token that comes back ends its family", async () => {
    const first = await signIn(alice, library);
    const second = await oidc.refreshTokenGrant(library.config, first.refresh_token ?? "");
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(second.scope).toBe(first.scope);
    expect(await introspect(issuer, api, second.access_token)).toMatchObject({ active: true, sub: cardClaims.sub });

    await expect(oidc.refreshTokenGrant(library.config, first.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(oidc.refreshTokenGrant(library.config, second.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    expect(await introspect(issuer, api, second.access_token)).toEqual({ active: false });
  });

  await test.step("9b. a service acts for itself", async () => {
    const service = new oidc.Configuration(library.config.serverMetadata(), nightly.name, {}, oidc.ClientSecretPost(nightly.secret));
    oidc.allowInsecureRequests(service);
    const tokens = await oidc.clientCredentialsGrant(service, { scope: "library-api" });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.id_token).toBeUndefined();
    const access = await verifyAccessToken(issuer, api.name, tokens.access_token);
    expect(access).toMatchObject({ sub: nightly.name, client_id: nightly.name, scope: "library-api" });
    expect(access).not.toHaveProperty("auth_time");
    await expect(oidc.clientCredentialsGrant(service, { scope: "museum-api" })).rejects.toMatchObject({ error: "invalid_scope" });
  });

  await test.step("9c. a restart loses nothing", async () => {
    const kept = await signIn(alice, library);
    const revoked = await signIn(alice, library);
    await oidc.tokenRevocation(library.config, revoked.access_token);
    await server.restart();

    expect(await introspect(issuer, api, kept.access_token)).toMatchObject({ active: true });
    expect(await introspect(issuer, api, revoked.access_token)).toEqual({ active: false });
    expect(await introspect(issuer, api, earlier.access_token)).toEqual({ active: false });
    await verifyAccessToken(issuer, api.name, earlier.access_token);
    await oidc.refreshTokenGrant(library.config, kept.refresh_token ?? "");
    await signIn(alice, library);
    await page.goto("/console");
    await expect(administrator.heading()).toHaveText("Subscriptions");
  });

  await test.step("9d. signing out: no question with a valid hint, a question without", async () => {
    await alice.goto(library.loginUrl());
    await isSignedIn(alice, library);
    await alice.goto(`${library.url}/logout`);
    await expect(alice.getByRole("heading")).toHaveText("The library says goodbye");
    await alice.goto(library.loginUrl());
    await send(alice, { username: ALICE.email, password: ALICE.password });
    await isSignedIn(alice, library);

    await alice.goto(`${issuer}/connect/endsession`);
    await expect(alice).toHaveURL(/\/sign-out/);
    await alice.goto(library.loginUrl());
    await isSignedIn(alice, library);
    await alice.goto(`${issuer}/connect/endsession`);
    await submit(alice.locator("form"));
    await expect(alice).toHaveURL(`${issuer}/signed-out`);
    await alice.goto(library.loginUrl());
    await expect(field(alice, "password")).toBeVisible();
  });

  await test.step("9e. a changed password", async () => {
    await alice.goto(`${issuer}/account`);
    await send(alice, { username: ALICE.email, password: ALICE.password });
    await expect(alice).toHaveURL(`${issuer}/account`);
    await follow(alice, "Change password");
    const wanted = { password: ALICE.newPassword, password_confirmation: ALICE.newPassword };
    await sendInVain(alice, { current_password: "not this one", ...wanted }, "current_password");
    await send(alice, { current_password: ALICE.password, ...wanted });
    await expect(alice).toHaveURL(`${issuer}/account`);
    await follow(alice, "Sign out");
    await submit(alice.locator("form"));

    await alice.goto(library.loginUrl());
    await refusesToSignIn(alice, ALICE.email, ALICE.password);
    await send(alice, { username: ALICE.email, password: ALICE.newPassword });
    await isSignedIn(alice, library);
    expect(library.take().claims.sub).toBe(cardClaims.sub);
  });
});

/** A form that somebody made up does not rename what the page does not let one rename. */
async function cannotBeRenamed(page: Page, origin: string): Promise<void> {
  const version = await page.locator('form [name="version"]').first().inputValue();
  const form = { version, name: "renamed", display_name: "Renamed" };
  const answer = await page.request.post(page.url(), { form, headers: { origin }, maxRedirects: 0 });
  expect(answer.status()).toBe(422);
  await page.reload();
  await expect(page.getByRole("group", { name: "Name", exact: true })).toContainText("library-api");
}
