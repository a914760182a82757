// A website that lets people sign in with Tessera: a real OpenID Connect client (openid-client) behind
// a tiny HTTP server. It lives at 127.0.0.1, so that to a browser it is another site than localhost.
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as oidc from "openid-client";

/** What the website knows after somebody has signed in. */
export type SignIn = {
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;
  claims: oidc.IDToken;
};

type Pending = { verifier: string; nonce: string };

export class RelyingParty {
  /** Of the most recent sign-in. */
  signedIn: SignIn | undefined;
  /** `error` of the most recent refusal. */
  refused: string | undefined;
  /** Set by `configure`. */
  config!: oidc.Configuration;
  /** What it asks for. */
  scope = "openid";
  private readonly pending = new Map<string, Pending>();
  private readonly signingOut = new Set<string>();

  private constructor(
    private readonly http: HttpServer,
    /** Its own address, without a slash at the end. */
    readonly url: string,
  ) {}

  /** Listens, so that its redirect URI is known before any application is. */
  static async start(): Promise<RelyingParty> {
    const http = createServer();
    await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
    const { port } = http.address() as AddressInfo;
    const party = new RelyingParty(http, `http://127.0.0.1:${port}`);
    http.on("request", (request, response) => void party.answer(request, response));
    return party;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((closed) => this.http.close(closed));
  }

  get redirectUri(): string {
    return `${this.url}/callback`;
  }

  get postLogoutRedirectUri(): string {
    return `${this.url}/signed-out`;
  }

  /** Discovers the issuer and takes the credentials of an application. */
  async configure(issuer: string, clientId: string, secret: string): Promise<void> {
    const authentication = oidc.ClientSecretBasic(secret);
    const execute = [oidc.allowInsecureRequests];
    this.config = await oidc.discovery(new URL(issuer), clientId, {}, authentication, { execute });
  }

  /** Where its "Sign in" button leads; the parameters go along to the authorization endpoint. */
  loginUrl(parameters: Record<string, string> = {}): string {
    return `${this.url}/login?${new URLSearchParams(parameters)}`;
  }

  /** Takes what it learned, so that the next look cannot find it. */
  take(): SignIn {
    const taken = this.signedIn;
    if (!taken) throw new Error(`nobody has signed in (${this.refused ?? "and nobody was refused"})`);
    this.signedIn = undefined;
    return taken;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    try {
      switch (url.pathname) {
        case "/login":
          return redirect(response, await this.authorizationUrl(url.searchParams));
        case "/callback":
          return await this.called(response, await received(request, url));
        case "/logout":
          return redirect(response, this.endSessionUrl());
        case "/signed-out":
          return this.farewell(response, url);
        default:
          return page(response, 404, "There is nothing here");
      }
    } catch (error) {
      page(response, 500, `The library is broken: ${String(error)}`);
    }
  }

  private async authorizationUrl(parameters: URLSearchParams): Promise<URL> {
    const state = oidc.randomState();
    const pending = { verifier: oidc.randomPKCECodeVerifier(), nonce: oidc.randomNonce() };
    this.pending.set(state, pending);
    return oidc.buildAuthorizationUrl(this.config, {
      scope: this.scope,
      redirect_uri: this.redirectUri,
      state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: "S256",
      ...Object.fromEntries(parameters),
    });
  }

  private async called(response: ServerResponse, answer: Request): Promise<void> {
    const parameters = answer.method === "POST" ? await answer.clone().formData() : new URL(answer.url).searchParams;
    const state = String(parameters.get("state"));
    const pending = this.pending.get(state);
    this.pending.delete(state);
    if (!pending) return page(response, 400, "The library did not ask for this");
    this.refused = undefined;
    try {
      const tokens = await oidc.authorizationCodeGrant(this.config, answer, {
        pkceCodeVerifier: pending.verifier,
        expectedNonce: pending.nonce,
        expectedState: state,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("no identity token");
      this.signedIn = { tokens, claims };
      page(response, 200, "Welcome to the library");
    } catch (error) {
      if (!(error instanceof oidc.AuthorizationResponseError)) throw error;
      this.refused = error.error;
      page(response, 200, "The library could not sign you in");
    }
  }

  private endSessionUrl(): URL {
    const state = oidc.randomState();
    this.signingOut.add(state);
    return oidc.buildEndSessionUrl(this.config, {
      id_token_hint: this.take().tokens.id_token ?? "",
      post_logout_redirect_uri: this.postLogoutRedirectUri,
      state,
    });
  }

  private farewell(response: ServerResponse, url: URL): void {
    const known = this.signingOut.delete(url.searchParams.get("state") ?? "");
    page(response, known ? 200 : 400, known ? "The library says goodbye" : "The library did not ask for this");
  }
}

/** The request as `fetch` would have it. */
async function received(request: IncomingMessage, url: URL): Promise<Request> {
  if (request.method !== "POST") return new Request(url);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  return new Request(url, { method: "POST", headers, body: Buffer.concat(chunks) });
}

function redirect(response: ServerResponse, to: URL): void {
  response.writeHead(303, { location: to.href }).end();
}

function page(response: ServerResponse, status: number, words: string): void {
  const text = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(`<!doctype html><html lang="en"><title>Library</title><h1>${text}</h1></html>`);
}
