//! Code to copy, with this application's real values. Secrets come from the environment.

use leptos::prelude::*;
use model::spec::{ApplicationSpec, ApplicationType, GrantType};

use crate::islands::CopyButton;
use crate::tr;

/// The section.
#[component]
pub fn QuickStart(
    /// The application.
    spec: ApplicationSpec,
    /// The subscription's issuer.
    issuer: String,
) -> AnyView {
    let samples = samples(&spec, &issuer).into_iter().map(|(title, code)| {
        view! {
            <div class="sample-header">
                <h3>{title.clone()}</h3>
                <CopyButton value=code.clone() label=tr!("copy") done=tr!("copied") what=title />
            </div>
            <pre class="code-block" tabindex="0">
                <code>{code}</code>
            </pre>
        }
    });
    let secret = spec.kind.is_confidential().then(|| view! { " " {tr!("quick-start-secret")} });
    view! {
        <section class="card stack" id="quick-start" aria-labelledby="quick-start-heading">
            <h2 id="quick-start-heading">{tr!("quick-start-title")}</h2>
            <p class="muted">{tr!("quick-start-text")} {secret}</p>
            {samples.collect_view()}
        </section>
    }
    .into_any()
}

/// Titles and code that fit the application's grants.
fn samples(spec: &ApplicationSpec, issuer: &str) -> Vec<(String, String)> {
    let mut samples = Vec::new();
    if spec.grant_types.contains(&GrantType::AuthorizationCode) {
        let title = match spec.kind {
            ApplicationType::SinglePage => tr!("quick-start-openid-client-browser"),
            _ => tr!("quick-start-openid-client"),
        };
        samples.push((title, openid_client(spec, issuer)));
    }
    if spec.grant_types.contains(&GrantType::ClientCredentials) {
        samples.push((tr!("quick-start-curl-client-credentials"), curl_client_credentials(spec, issuer)));
    }
    samples.push((
        tr!("quick-start-curl-discovery"),
        format!("curl {}", shell(&format!("{issuer}/.well-known/openid-configuration"))),
    ));
    samples
}

fn scopes(spec: &ApplicationSpec) -> String {
    [&spec.allowed_identity_scopes[..], &spec.allowed_api_scopes].concat().join(" ")
}

/// npm's openid-client, version 6.
fn openid_client(spec: &ApplicationSpec, issuer: &str) -> String {
    let redirect_uri = spec.redirect_uris.first().map_or("", String::as_str);
    let scopes = scopes(spec);
    let [url, client_id, redirect_uri, scopes] = [issuer, &spec.client_id, redirect_uri, &scopes].map(script);
    let url = format!("new URL({url})");
    let mut arguments = vec![url.as_str(), client_id.as_str()];
    // The library insists on https unless told otherwise, which is for a server on this machine only.
    let insecure = issuer.starts_with("http://");
    if spec.kind.is_confidential() {
        arguments.push("process.env.CLIENT_SECRET");
    } else if insecure {
        arguments.push("undefined");
    }
    if insecure {
        arguments.extend(["undefined", "{ execute: [client.allowInsecureRequests] }"]);
    }
    let arguments = arguments.join(",\n  ");
    format!(
        "import * as client from 'openid-client'

const config = await client.discovery(
  {arguments},
)

// Send the browser to the sign-in.
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

fn curl_client_credentials(spec: &ApplicationSpec, issuer: &str) -> String {
    let endpoint = shell(&format!("{issuer}/connect/token"));
    let client_id = shell(&format!("client_id={}", spec.client_id));
    let scope = shell(&format!("scope={}", spec.allowed_api_scopes.join(" ")));
    format!(
        "curl {endpoint} \\
  --data-urlencode grant_type=client_credentials \\
  --data-urlencode {client_id} \\
  --data-urlencode \"client_secret=$CLIENT_SECRET\" \\
  --data-urlencode {scope}"
    )
}

/// A string literal of JavaScript.
fn script(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A word that a shell takes as it is.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_quotes() {
        let spec = ApplicationSpec { client_id: "a'b\"c".into(), ..ApplicationSpec::default() };
        assert!(openid_client(&spec, "https://i.example").contains(r#""a'b\"c""#));
        assert!(curl_client_credentials(&spec, "https://i.example").contains(r#"'client_id=a'\''b"c'"#));
    }
}
