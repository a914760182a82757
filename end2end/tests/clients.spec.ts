// Real clients besides the story's: oauth4webapi step by step, also in the dialects and with stronger proofs, and the
// form_post response mode.
import { createHash, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { createRemoteJWKSet, decodeJwt, exportJWK, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import { expect, test } from "../support/fixtures.ts";
import { send } from "../support/forms.ts";
import { JOHN } from "../support/people.ts";
import { introspect } from "../support/protocol.ts";
import { apply, populate } from "../support/sample.ts";

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
  const scope = "openid library library-api-checked-books";
  const { url, verifier, state, nonce } = await request(as, client, library.redirectUri, { scope });
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

test("dialects: a client of each product finds what its document promises", async ({ page, server, library }) => {
  const sample = populate(server, library.redirectUri);
  const issuer = new URL(sample.issuer);
  const secret = randomBytes(32).toString("base64url");
  const inDialect = (dialect: string) => ({
    client_id: `of-${dialect}`,
    name: `Written for ${dialect}`,
    dialect,
    secret: `value:${secret}`,
    redirect_uris: [library.redirectUri],
    allowed_identity_scopes: ["openid", "email"],
    allowed_api_scopes: ["library-api", "library-api-checked-books"],
  });
  const applications = ["grantid", "connect", "next"].map(inDialect);
  apply(server, { subscriptions: [{ slug: "mysub", name: "My subscription", scope_preset: "standard", applications }] });
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));

  /** Code flow with oauth4webapi, which checks the identity token's claims; and what it got. */
  const signIn = async (dialect: string, alg: string) => {
    const client: oauth.Client = { client_id: `of-${dialect}`, id_token_signed_response_alg: alg };
    const asked = { scope: "openid email library-api-checked-books", prompt: "login" };
    const { url, verifier, state, nonce } = await request(as, client, library.redirectUri, asked);
    const caught = await signInAndCatch(page, url, library.redirectUri);
    const callback = oauth.validateAuthResponse(as, client, caught, state);
    const by = oauth.ClientSecretBasic(secret);
    const answer = await oauth.authorizationCodeGrantRequest(as, client, by, callback, library.redirectUri, verifier, INSECURE);
    const options = { expectedNonce: nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, options);
    const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? "";
    const told = await oauth.userInfoRequest(as, client, tokens.access_token, INSECURE);
    expect((await oauth.processUserInfoResponse(as, client, sub, told)).email).toBe(JOHN.email);
    return { answer, tokens, sub, code: caught.searchParams.get("code") ?? "" };
  };

  await test.step("grantid: an API that was written for it reads a list of scopes", async () => {
    const { answer, tokens, sub, code } = await signIn("grantid", "RS256");
    await oauth.validateApplicationLevelSignature(as, answer, INSECURE);
    const keys = createRemoteJWKSet(new URL(as.jwks_uri ?? ""));
    const { payload } = await jwtVerify(tokens.access_token, keys, { issuer: sample.issuer, audience: "library-api" });
    expect(payload).toMatchObject({ sub, client_id: "of-grantid", scope: ["openid", "email", "library-api-checked-books"] });
    expect(payload.exp).toBe((payload.nbf ?? 0) + 3000);
    const identity = decodeJwt(tokens.id_token ?? "");
    const half = createHash("sha256").update(code).digest().subarray(0, 16);
    expect(identity).toMatchObject({ nbf: identity.iat, c_hash: half.toString("base64url"), amr: ["pwd"] });
    const told = await introspect(sample.issuer, sample.api, tokens.access_token);
    expect(told).toMatchObject({ active: true, aud: [sample.issuer, "library-api"], amr: "pwd" });
    expect(told.scope).toBe("library-api-checked-books");
  });

  await test.step("connect: the application verifies both tokens with its secret", async () => {
    const { tokens, sub } = await signIn("connect", "HS256");
    const key = new TextEncoder().encode(secret);
    const only = { algorithms: ["HS256"] };
    const { payload } = await jwtVerify(tokens.access_token, key, { ...only, issuer: new URL(server.url).hostname });
    expect(payload).toEqual({ exp: payload.exp, iss: payload.iss, sub });
    const identity = await jwtVerify(tokens.id_token ?? "", key, { ...only, issuer: sample.issuer, audience: "of-connect" });
    expect(identity.payload.email).toBe(JOHN.email);
  });

  await test.step("next: the access token is opaque, and an API asks what it stands for", async () => {
    const { tokens, sub } = await signIn("next", "RS256");
    expect(tokens.access_token).toMatch(/^[0-9a-f]{64}$/);
    expect(await introspect(sample.issuer, sample.api, tokens.access_token)).toMatchObject({ active: true, sub });
  });
});

test("a client as FAPI 2.0 has it: its own key, a pushed request, tokens bound to a key", async ({ page, server, library }) => {
  const sample = populate(server, library.redirectUri);
  const issuer = new URL(sample.issuer);
  for (const alg of ["PS256", "ES256", "Ed25519"] as const) {
    await test.step(`with ${alg}`, async () => {
      const key = await oauth.generateKeyPair(alg, { extractable: true });
      const clientId = `bank-${alg.toLowerCase()}`;
      const application = {
        client_id: clientId,
        name: "The bank",
        token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: [await exportJWK(key.publicKey)] },
        require_pushed_authorization_requests: true,
        dpop_bound_access_tokens: true,
        require_dpop_nonce: true,
        grant_types: ["authorization_code", "refresh_token"],
        redirect_uris: [library.redirectUri],
        allowed_identity_scopes: ["openid", "email"],
        allowed_api_scopes: ["library-api-checked-books"],
      };
      const applications = [application];
      apply(server, { subscriptions: [{ slug: "mysub", name: "My subscription", scope_preset: "standard", applications }] });
      // Another process changed the configuration: a running server knows of it within a second.
      await page.waitForTimeout(1_100);
      const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
      const client: oauth.Client = { client_id: clientId };
      const authentication = oauth.PrivateKeyJwt(key.privateKey);
      const proof = oauth.DPoP(client, await oauth.generateKeyPair("ES256"));
      const options = { ...INSECURE, DPoP: proof };
      const thumbprint = await proof.calculateThumbprint();

      const scope = "openid email library-api-checked-books";
      const { url, verifier, state, nonce } = await request(as, client, library.redirectUri, { scope, prompt: "login" });
      /** What fails for want of a nonce is sent again with the one of the answer. */
      const again = async <T>(send: () => Promise<T>): Promise<T> =>
        send().catch((error: unknown) => (oauth.isDPoPNonceError(error) ? send() : Promise.reject(error)));
      const pushed = await again(async () => {
        const answer = await oauth.pushedAuthorizationRequest(as, client, authentication, url.searchParams, options);
        return oauth.processPushedAuthorizationResponse(as, client, answer);
      });
      const short = new URL(as.authorization_endpoint ?? "");
      short.search = new URLSearchParams({ client_id: clientId, request_uri: pushed.request_uri }).toString();
      const callback = oauth.validateAuthResponse(as, client, await signInAndCatch(page, short, library.redirectUri), state);
      const tokens = await again(async () => {
        const answer = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          authentication,
          callback,
          library.redirectUri,
          verifier,
          options,
        );
        return oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true });
      });
      expect(tokens.token_type).toBe("dpop");
      const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? "";
      const facts = await again(async () => {
        const told = await oauth.userInfoRequest(as, client, tokens.access_token, options);
        return oauth.processUserInfoResponse(as, client, sub, told);
      });
      expect(facts.email).toBe(JOHN.email);
      expect(await introspect(sample.issuer, sample.api, tokens.access_token)).toMatchObject({
        active: true,
        token_type: "DPoP",
        cnf: { jkt: thumbprint },
      });
      const renewed = await again(async () => {
        const answer = await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token ?? "", options);
        return oauth.processRefreshTokenResponse(as, client, answer);
      });
      expect(decodeJwt(renewed.access_token).cnf).toEqual({ jkt: thumbprint });
      const bearer = await oauth.userInfoRequest(as, client, tokens.access_token, INSECURE).catch((error: unknown) => error);
      expect(bearer).toMatchObject({ status: 401 });
    });
  }
});

/** An authorization request with PKCE, and what the client keeps of it. */
async function request(
  as: oauth.AuthorizationServer,
  client: oauth.Client,
  redirectUri: string,
  more: { scope: string; prompt?: string },
) {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(as.authorization_endpoint ?? "");
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: "code",
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...more,
  }).toString();
  return { url, verifier, state, nonce };
}

/** Lets John sign in, and takes the answer that his browser brings. */
async function signInAndCatch(page: Page, url: URL, redirectUri: string): Promise<URL> {
  await page.goto(url.href);
  const brought = page.waitForRequest((request) => request.url().startsWith(`${redirectUri}?`));
  await send(page, { username: JOHN.username, password: JOHN.password });
  return new URL((await brought).url());
}
