// A device without a browser: its application, and what it asks.
import * as oauth from "oauth4webapi";
import { apply } from "./sample.ts";
import type { Server } from "./server.ts";

const INSECURE = { [oauth.allowInsecureRequests]: true };
const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/** A television in the sample's subscription. */
export class Television {
  readonly client: oauth.Client = { client_id: "television" };
  private constructor(private readonly as: oauth.AuthorizationServer) {}

  static async in(server: Server, issuer: string, settings: object = {}): Promise<Television> {
    const application = {
      client_id: "television",
      name: "Reading room on TV",
      type: "device",
      grant_types: [GRANT, "refresh_token"],
      allowed_identity_scopes: ["openid", "profile"],
      allowed_api_scopes: ["library-api-checked-books"],
      ...settings,
    };
    apply(server, { subscriptions: [{ slug: "mysub", name: "My subscription", applications: [application] }] });
    const found = await oauth.discoveryRequest(new URL(issuer), INSECURE);
    return new Television(await oauth.processDiscoveryResponse(new URL(issuer), found));
  }

  /** Asks for the codes. */
  async begin(scope = "openid profile library-api-checked-books"): Promise<oauth.DeviceAuthorizationResponse> {
    const answer = await oauth.deviceAuthorizationRequest(this.as, this.client, oauth.None(), { scope }, INSECURE);
    return oauth.processDeviceAuthorizationResponse(this.as, this.client, answer);
  }

  /** Asks what became of them. */
  async poll(codes: oauth.DeviceAuthorizationResponse): Promise<oauth.TokenEndpointResponse> {
    const answer = await oauth.deviceCodeGrantRequest(this.as, this.client, oauth.None(), codes.device_code, INSECURE);
    return oauth.processDeviceCodeResponse(this.as, this.client, answer);
  }

  /** Goes on with what it was given. */
  async refresh(token: string): Promise<oauth.TokenEndpointResponse> {
    const answer = await oauth.refreshTokenGrantRequest(this.as, this.client, oauth.None(), token, INSECURE);
    return oauth.processRefreshTokenResponse(this.as, this.client, answer);
  }

  /** Who is signed in. */
  async user(tokens: oauth.TokenEndpointResponse): Promise<oauth.UserInfoResponse> {
    const sub = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? "";
    const answer = await oauth.userInfoRequest(this.as, this.client, tokens.access_token, INSECURE);
    return oauth.processUserInfoResponse(this.as, this.client, sub, answer);
  }
}
