// Runs every flow that openid-client supports and Tessera has.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as client from "openid-client";
import { listen, Person, publish, website } from "./person.mjs";

const { ISSUER, WEBSITE, WEBSITE_SECRET, REPORTS_SECRET, API_SECRET, TESSERA_BIN } = process.env;
const SCOPE = "openid profile email books-read";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

const ok = (flow) => console.log(`ok: ${flow}`);

/** What the library knows of Tessera and of one application. */
async function configured(clientId, authentication) {
  // http is for one machine.
  const options = { execute: [client.allowInsecureRequests] };
  const config = await client.discovery(new URL(ISSUER), clientId, undefined, authentication, options);
  client.enableNonRepudiationChecks(config);
  return config;
}

/** Code flow with PKCE, state and nonce; identity tokens are verified with the published keys. */
async function signIn(config, person, { pushed = false, dpop, ...more } = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() };
  const parameters = {
    redirect_uri: `${WEBSITE}/callback`,
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...more,
  };
  const address = pushed
    ? await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP: dpop })
    : client.buildAuthorizationUrl(config, parameters);
  const answer = await person.bring(address);
  return client.authorizationCodeGrant(config, answer, { ...checks, idTokenExpected: true }, undefined, { DPoP: dpop });
}

async function aWebsite(api) {
  const config = await configured("website", client.ClientSecretPost(WEBSITE_SECRET));
  ok("discovery");
  const person = new Person();
  const tokens = await signIn(config, person);
  ok("code and PKCE");
  ok("client_secret_post");
  const claims = tokens.claims();
  assert.equal(claims.name, "John Doe");
  ok("identity token");
  const facts = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(facts.email, "john@example.org");
  ok("UserInfo");

  const parameters = { subject_token: tokens.access_token, subject_token_type: ACCESS_TOKEN, audience: "books" };
  const grant = "urn:ietf:params:oauth:grant-type:token-exchange";
  const exchanged = await client.genericGrantRequest(config, grant, parameters);
  assert.deepEqual((await client.tokenIntrospection(api, exchanged.access_token)).act, { sub: "website" });
  ok("token exchange");

  const again = await signIn(config, person, { prompt: "none" });
  assert.equal(again.claims().sub, claims.sub);
  await assert.rejects(signIn(config, new Person(), { prompt: "none" }), { error: "login_required" });
  ok("silent sign-in");

  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(renewed.refresh_token, tokens.refresh_token);
  ok("refresh");
  assert.equal((await client.tokenIntrospection(api, renewed.access_token)).active, true);
  await client.tokenRevocation(config, renewed.refresh_token);
  assert.equal((await client.tokenIntrospection(api, renewed.access_token)).active, false);
  ok("introspection");
  await assert.rejects(client.refreshTokenGrant(config, renewed.refresh_token), { error: "invalid_grant" });
  ok("revocation");

  const parting = { post_logout_redirect_uri: `${WEBSITE}/goodbye`, id_token_hint: again.id_token, state: "x" };
  const back = await person.go(client.buildEndSessionUrl(config, parting), `${WEBSITE}/goodbye`);
  assert.equal(back, `${WEBSITE}/goodbye?state=x`);
  await assert.rejects(signIn(config, person, { prompt: "none" }), { error: "login_required" });
  ok("sign-out");

  await signIn(config, person, { response_mode: "form_post" });
  ok("form_post");
  await signIn(config, person, { pushed: true });
  ok("pushed request");
  person.forget();
}

async function aService(api) {
  const config = await configured("reports", client.ClientSecretBasic(REPORTS_SECRET));
  const tokens = await client.clientCredentialsGrant(config, { scope: "books-read" });
  assert.equal((await client.tokenIntrospection(api, tokens.access_token)).sub, "reports");
  ok("client credentials");
  ok("client_secret_basic");
}

async function aPhone() {
  const config = await configured("phone", client.None());
  const person = new Person();
  assert.equal((await signIn(config, person, { scope: "openid profile" })).claims().name, "John Doe");
  ok("public client");
  person.forget();
}

async function aTelevision() {
  const config = await configured("television", client.None());
  const codes = await client.initiateDeviceAuthorization(config, { scope: "openid profile" });
  const person = new Person();
  const [tokens] = await Promise.all([
    client.pollDeviceAuthorizationGrant(config, codes),
    person.go(codes.verification_uri_complete, `${codes.verification_uri}/connected`),
  ]);
  assert.equal(tokens.claims().name, "John Doe");
  ok("device code");
  person.forget();
}

/** Asks for somebody's sign-in, who answers on another screen. */
async function aDesk() {
  const config = await configured("desk", client.ClientSecretPost(REPORTS_SECRET));
  const binding_message = "W4SCT";
  const request = await client.initiateBackchannelAuthentication(config, { scope: "openid profile", login_hint: "john", binding_message });
  const person = new Person();
  const [tokens] = await Promise.all([
    client.pollBackchannelAuthenticationGrant(config, request),
    person.go(`${ISSUER}/requests`, `${ISSUER}/requests/allowed`),
  ]);
  assert.equal(tokens.claims().name, "John Doe");
  const nobody = { scope: "openid", login_hint: "nobody" };
  await assert.rejects(client.initiateBackchannelAuthentication(config, nobody), { error: "unknown_user_id" });
  ok("sign-in by request");
  person.forget();
}

/** As FAPI 2.0 has it: a key instead of a secret, a pushed request, and tokens that are bound to another key. */
async function aBank(api) {
  const key = await client.randomDPoPKeyPair("ES256", { extractable: true });
  await configure({
    client_id: "bank",
    name: "The bank",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: { keys: [await crypto.subtle.exportKey("jwk", key.publicKey)] },
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    require_dpop_nonce: true,
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [`${WEBSITE}/callback`],
    allowed_identity_scopes: ["openid", "profile", "email"],
    allowed_api_scopes: ["books-read"],
  });
  const config = await configured("bank", client.PrivateKeyJwt(key.privateKey));
  const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const person = new Person();
  const tokens = await signIn(config, person, { pushed: true, dpop });
  ok("private_key_jwt");
  const { email } = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP: dpop });
  assert.equal(email, "john@example.org");
  await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: dpop });
  assert.equal((await client.tokenIntrospection(api, tokens.access_token)).token_type, "DPoP");
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub));
  ok("DPoP");
  person.forget();
}

/** Identity tokens and UserInfo answers that only the application can read, by every algorithm that the library has too. */
async function anArchive() {
  const rsa = { name: "RSA-OAEP", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const ec = { name: "ECDH", namedCurve: "P-256" };
  const contents = ["A128CBC-HS256", "A128GCM", "A256GCM"];
  for (const [alg, kind, enc] of [
    ["RSA-OAEP-256", rsa, contents[0]],
    ["ECDH-ES", ec, contents[1]],
    ["ECDH-ES+A256KW", ec, contents[2]],
  ]) {
    const usages = kind === rsa ? ["encrypt", "decrypt"] : ["deriveBits"];
    const pair = await crypto.subtle.generateKey(kind, true, usages);
    const { kty, n, e, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
    await configure({
      client_id: "archive",
      name: "The archive",
      secret: "env:REPORTS_SECRET",
      jwks: { keys: [{ kty, n, e, crv, x, y, use: "enc", kid: alg }] },
      id_token_encrypted_response_alg: alg,
      id_token_encrypted_response_enc: enc,
      userinfo_encrypted_response_alg: alg,
      userinfo_encrypted_response_enc: enc,
      userinfo_signed_response_alg: "RS256",
      grant_types: ["authorization_code"],
      redirect_uris: [`${WEBSITE}/callback`],
      allowed_identity_scopes: ["openid", "profile", "email"],
      allowed_api_scopes: ["books-read"],
    });
    const config = await configured("archive", client.ClientSecretPost(REPORTS_SECRET));
    client.enableDecryptingResponses(config, contents, { key: pair.privateKey, kid: alg });
    const person = new Person();
    const tokens = await signIn(config, person);
    assert.equal(tokens.claims().name, "John Doe");
    const facts = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
    assert.equal(facts.email, "john@example.org");
    person.forget();
  }
  ok("encryption");
}

/** Known by the address of a document about itself, and by nothing else. */
async function aStranger() {
  const clientId = `${WEBSITE}/client.json`;
  publish({
    client_id: clientId,
    client_name: "A reading club",
    redirect_uris: [`${WEBSITE}/callback`],
    token_endpoint_auth_method: "none",
  });
  const config = await configured(clientId, client.None());
  assert.equal(config.serverMetadata().client_id_metadata_document_supported, true);
  const person = new Person();
  assert.equal((await signIn(config, person, { scope: "openid profile" })).claims().name, "John Doe");
  ok("client ID document");
  person.forget();
}

/** Adds an application to what Tessera has. */
async function configure(application) {
  const folder = mkdtempSync(join(tmpdir(), "tessera-configure-"));
  const file = join(folder, "application.json");
  writeFileSync(file, JSON.stringify({ subscriptions: [{ slug: "library", name: "The library", applications: [application] }] }));
  execFileSync(TESSERA_BIN, ["apply", file]);
  rmSync(folder, { recursive: true });
  // A running server knows of it within a second.
  await wait(1_100);
}

await listen();
const api = await configured("books", client.ClientSecretBasic(API_SECRET));
await aWebsite(api);
await aService(api);
await aPhone();
await aTelevision();
await aDesk();
// Before what is configured on the way: that says nothing of documents, and so takes none.
await aStranger();
await aBank(api);
await anArchive();
website.close();
website.closeAllConnections();
