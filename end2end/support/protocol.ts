// The protocol's endpoints, spoken to without a library: what an API does with a token it was given.
import { expect } from "@playwright/test";
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from "jose";

export type Credentials = { name: string; secret: string };
export type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

/** RFC 6749 section 2.3.1: both parts are form-encoded first. */
export function basic({ name, secret }: Credentials): string {
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(name)}:${encode(secret)}`).toString("base64")}`;
}

/** Posts a form to an endpoint of an issuer. */
export async function post(
  issuer: string,
  endpoint: "token" | "introspect" | "revocation",
  parameters: Record<string, string>,
  by?: Credentials,
): Promise<Answer> {
  const headers: Record<string, string> = by ? { authorization: basic(by) } : {};
  const body = new URLSearchParams(parameters);
  const response = await fetch(`${issuer}/connect/${endpoint}`, { method: "POST", headers, body });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}

/** What an API connection is told of a token. */
export async function introspect(issuer: string, by: Credentials, token: string): Promise<Record<string, unknown>> {
  const answer = await post(issuer, "introspect", { token }, by);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  return answer.body;
}

/** What a resource server that follows RFC 9068 section 4 accepts, and what it finds in the token. */
export async function verifyAccessToken(issuer: string, api: string, token: string): Promise<JWTPayload & { scope: string }> {
  const { payload } = await jwtVerify(token, await keysOf(issuer), {
    issuer,
    audience: api,
    typ: "at+jwt",
    algorithms: ["RS256"],
    requiredClaims: ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"],
  });
  if (typeof payload.scope !== "string") throw new Error("scope is no string");
  return { ...payload, scope: payload.scope };
}

/** Verifies an identity token by the published keys. */
export async function verifyIdentityToken(issuer: string, clientId: string, token: string): Promise<JWTPayload> {
  const options = { issuer, audience: clientId, typ: "JWT", algorithms: ["RS256"] };
  return (await jwtVerify(token, await keysOf(issuer), options)).payload;
}

async function keysOf(issuer: string) {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri } = (await response.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(jwks_uri));
}

/** Members that the protocol itself puts into an identity token; what is left is about the user. */
const PROTOCOL = ["iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "amr", "acr", "sid"];

/** The claims about the user. */
export function aboutTheUser(payload: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !PROTOCOL.includes(name)));
}
