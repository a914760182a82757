//! npm's openid-client, version 6.

use super::{Values, literal};

fn discovery(values: &Values<'_>) -> String {
    let [url, client_id] = [values.issuer, &values.spec.client_id].map(literal);
    let url = format!("new URL({url})");
    let mut arguments = vec![url.as_str(), client_id.as_str()];
    if values.is_confidential() {
        arguments.push("process.env.CLIENT_SECRET");
    } else if values.is_insecure() {
        arguments.push("undefined");
    }
    if values.is_insecure() {
        arguments.extend(["undefined", "{ execute: [client.allowInsecureRequests] }"]);
    }
    let arguments = arguments.join(",\n  ");
    format!(
        "import * as client from 'openid-client'

const config = await client.discovery(
  {arguments},
)
"
    )
}

pub(super) fn sign_in(values: &Values<'_>) -> String {
    let [redirect_uri, scopes] = [values.redirect_uri, &values.scopes.join(" ")].map(literal);
    let discovery = discovery(values);
    format!(
        "{discovery}
// Send the browser to the sign-in; keep verifier, state and nonce in the visitor's session.
const verifier = client.randomPKCECodeVerifier()
const state = client.randomState()
const nonce = client.randomNonce()
const url = client.buildAuthorizationUrl(config, {{
  redirect_uri: {redirect_uri},
  scope: {scopes},
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
}})

// In the handler of the redirect URI.
const tokens = await client.authorizationCodeGrant(config, currentUrl, {{
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
}})
console.log(tokens.claims(), tokens.access_token)"
    )
}

pub(super) fn client_credentials(values: &Values<'_>) -> String {
    let scopes = literal(&values.spec.allowed_api_scopes.join(" "));
    let discovery = discovery(values);
    format!(
        "{discovery}
const tokens = await client.clientCredentialsGrant(config, {{ scope: {scopes} }})
console.log(tokens.access_token, tokens.expires_in)"
    )
}
