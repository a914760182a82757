// An application without its user's browser: it names somebody, who answers on a screen of their own (OpenID Connect CIBA).
import { randomBytes } from "node:crypto";
import * as oauth from "oauth4webapi";
import { apply } from "./sample.ts";
import type { Server } from "./server.ts";

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** A front desk in the sample's subscription. */
export class Desk {
  readonly client: oauth.Client = { client_id: "desk" };
  private constructor(
    private readonly as: oauth.AuthorizationServer,
    private readonly authentication: oauth.ClientAuth,
  ) {}

  static async in(server: Server, issuer: string, settings: object = {}): Promise<Desk> {
    const secret = randomBytes(32).toString("base64url");
    const application = {
      client_id: "desk",
      name: "Front desk",
      type: "service",
      secret: `value:${secret}`,
      grant_types: ["urn:openid:params:grant-type:ciba", "refresh_token"],
      allowed_identity_scopes: ["openid", "profile"],
      allowed_api_scopes: ["library-api-checked-books"],
      ...settings,
    };
    apply(server, { subscriptions: [{ slug: "mysub", name: "My subscription", applications: [application] }] });
    const found = await oauth.discoveryRequest(new URL(issuer), INSECURE);
    return new Desk(await oauth.processDiscoveryResponse(new URL(issuer), found), oauth.ClientSecretPost(secret));
  }

  /** Asks for somebody's sign-in. */
  async ask(login_hint: string, binding_message: string): Promise<oauth.BackchannelAuthenticationResponse> {
    const request = { scope: "openid profile library-api-checked-books", login_hint, binding_message };
    const answer = await oauth.backchannelAuthenticationRequest(this.as, this.client, this.authentication, request, INSECURE);
    return oauth.processBackchannelAuthenticationResponse(this.as, this.client, answer);
  }

  /** Asks what became of it. */
  async poll({ auth_req_id }: oauth.BackchannelAuthenticationResponse): Promise<oauth.TokenEndpointResponse> {
    const answer = await oauth.backchannelAuthenticationGrantRequest(this.as, this.client, this.authentication, auth_req_id, INSECURE);
    return oauth.processBackchannelAuthenticationGrantResponse(this.as, this.client, answer);
  }

  /** Who is signed in. */
  async user(tokens: oauth.TokenEndpointResponse): Promise<oauth.UserInfoResponse> {
    const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? "";
    const answer = await oauth.userInfoRequest(this.as, this.client, tokens.access_token, INSECURE);
    return oauth.processUserInfoResponse(this.as, this.client, sub, answer);
  }
}
