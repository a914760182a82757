//! npm's openid-client, version 6.

use super::{Values, literal};

/// How to run a sample.
const SET_UP: &str = "// npm install openid-client
// Save this as sample.mjs, and run it with: node sample.mjs
";

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
    let [redirect_uri, path, scopes] = [values.redirect_uri, &values.path, &values.scopes.join(" ")].map(literal);
    let discovery = discovery(values);
    format!(
        "{SET_UP}import {{ createServer }} from 'node:http'

{discovery}
const redirectUri = {redirect_uri}

// Of one visitor, to try it out. A real website keeps this in the session of each.
let checks

async function begin(response) {{
  const verifier = client.randomPKCECodeVerifier()
  const [state, nonce] = [client.randomState(), client.randomNonce()]
  checks = {{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }}
  const url = client.buildAuthorizationUrl(config, {{
    redirect_uri: redirectUri,
    scope: {scopes},
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }})
  response.writeHead(302, {{ location: url.href }}).end()
}}

async function finish(response, currentUrl) {{
  const tokens = await client.authorizationCodeGrant(config, currentUrl, checks)
  console.log(tokens.access_token)
  response.end(JSON.stringify(tokens.claims(), null, 2))
}}

// Open /sign-in on this server.
createServer(async (request, response) => {{
  const currentUrl = new URL(request.url, redirectUri)
  try {{
    if (currentUrl.pathname === {path}) await finish(response, currentUrl)
    else if (currentUrl.pathname === '/sign-in') await begin(response)
    else response.writeHead(404).end()
  }} catch (error) {{
    response.writeHead(400).end(error.message)
  }}
}}).listen(new URL(redirectUri).port || 3000)"
    )
}

pub(super) fn client_credentials(values: &Values<'_>) -> String {
    let scopes = literal(&values.spec.allowed_api_scopes.join(" "));
    let discovery = discovery(values);
    format!(
        "{SET_UP}{discovery}
const tokens = await client.clientCredentialsGrant(config, {{ scope: {scopes} }})
console.log(tokens.access_token, tokens.expires_in)"
    )
}
