// Real clients besides the story's: oauth4webapi step by step, and the form_post response mode.
import type { Page } from "@playwright/test";
import * as oauth from "oauth4webapi";
import { expect, test } from "../support/fixtures.ts";
import { send } from "../support/forms.ts";
import { JOHN } from "../support/people.ts";
import { populate } from "../support/sample.ts";

const INSECURE = { [oauth.allowInsecureRequests]: true };

test("oauth4webapi: discovery, code with PKCE, UserInfo, introspection, refresh, revocation", async ({
  page,
  server,
  library,
}) => {
  const sample = populate(server, library.redirectUri);
  const issuer = new URL(sample.issuer);
  const found = await oauth.discoveryRequest(issuer, INSECURE);
  const as = await oauth.processDiscoveryResponse(issuer, found);
  const metadata = await oauth.discoveryRequest(issuer, { ...INSECURE, algorithm: "oauth2" });
  expect((await oauth.processDiscoveryResponse(issuer, metadata)).token_endpoint).toBe(as.token_endpoint);

  const client: oauth.Client = { client_id: sample.app.name };
  const authentication = oauth.ClientSecretPost(sample.app.secret);
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(as.authorization_endpoint ?? "");
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: library.redirectUri,
    response_type: "code",
    scope: "openid library library-api-checked-books",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  }).toString();
  const callback = oauth.validateAuthResponse(as, client, await signInAndCatch(page, url, library.redirectUri), state);

  const answer = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    authentication,
    callback,
    library.redirectUri,
    verifier,
    INSECURE,
  );
  const options = { expectedNonce: nonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, options);
  await oauth.validateApplicationLevelSignature(as, answer, INSECURE);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  expect(claims?.library_card).toBe(JOHN.card);

  const told = await oauth.userInfoRequest(as, client, tokens.access_token, INSECURE);
  const facts = await oauth.processUserInfoResponse(as, client, claims?.sub ?? "", told);
  expect(facts).toEqual({ sub: claims?.sub, library_card: JOHN.card, given_name: JOHN.givenName });

  const api: oauth.Client = { client_id: sample.api.name };
  const asApi = oauth.ClientSecretBasic(sample.api.secret);
  const ask = async (token: string) =>
    oauth.processIntrospectionResponse(as, api, await oauth.introspectionRequest(as, api, asApi, token, INSECURE));
  const seen = { active: true, scope: "library-api-checked-books", client_id: client.client_id };
  expect(await ask(tokens.access_token)).toMatchObject(seen);

  const renewal = await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token ?? "", INSECURE);
  const renewed = await oauth.processRefreshTokenResponse(as, client, renewal);
  expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
  expect(oauth.getValidatedIdTokenClaims(renewed)?.sub).toBe(claims?.sub);

  const end = await oauth.revocationRequest(as, client, authentication, renewed.refresh_token ?? "", INSECURE);
  await oauth.processRevocationResponse(end);
  for (const token of [tokens.access_token, renewed.access_token]) {
    expect(await ask(token)).toEqual({ active: false });
  }
  const late = await oauth.refreshTokenGrantRequest(as, client, authentication, renewed.refresh_token ?? "", INSECURE);
  await expect(oauth.processRefreshTokenResponse(as, client, late)).rejects.toMatchObject({ error: "invalid_grant" });
});

test("oauth4webapi: client credentials give a JWT of RFC 9068", async ({ server, library }) => {
  const sample = populate(server, library.redirectUri);
  const issuer = new URL(sample.issuer);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
  const client: oauth.Client = { client_id: sample.service.name };
  const authentication = oauth.ClientSecretBasic(sample.service.secret);
  const answer = await oauth.clientCredentialsGrantRequest(as, client, authentication, { scope: "library-api" }, INSECURE);
  const tokens = await oauth.processClientCredentialsResponse(as, client, answer);
  const request = new Request("https://library.example/books", {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const claims = await oauth.validateJwtAccessToken(as, request, sample.api.name, INSECURE);
  expect(claims).toMatchObject({ sub: client.client_id, scope: "library-api" });
});

for (const javaScriptEnabled of [true, false]) {
  test(`form_post comes back to the client with${javaScriptEnabled ? "" : "out"} JavaScript`, async ({
    browser,
    server,
    library,
  }) => {
    const sample = populate(server, library.redirectUri);
    await library.configure(sample.issuer, sample.app.name, sample.app.secret);
    library.scope = "openid library";
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(library.loginUrl({ response_mode: "form_post" }));
    const credentials = { username: JOHN.username, password: JOHN.password };
    await page.locator('[name="username"]').fill(credentials.username);
    await page.locator('[name="password"]').fill(credentials.password);
    await page.locator('[name="password"]').press("Enter");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading")).toHaveText("Welcome to the library");
    expect(library.take().claims.library_card).toBe(JOHN.card);
    await context.close();
  });
}

/** Lets John sign in, and takes the answer that his browser brings. */
async function signInAndCatch(page: Page, url: URL, redirectUri: string): Promise<URL> {
  await page.goto(url.href);
  const brought = page.waitForRequest((request) => request.url().startsWith(`${redirectUri}?`));
  await send(page, { username: JOHN.username, password: JOHN.password });
  return new URL((await brought).url());
}
