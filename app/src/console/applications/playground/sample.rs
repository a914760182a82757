//! The requests of an application, as commands for a terminal. What is secret comes from the environment.

use model::spec::GrantType;
use service::console::playground::RunView;

/// The token request.
pub fn token(view: &RunView) -> String {
    let mut lines = vec![format!("curl {}", shell(&format!("{}/connect/token", view.issuer)))];
    let mut field = |text: String| lines.push(format!("  --data-urlencode {text}"));
    field(format!("grant_type={}", view.record.grant.as_str()));
    if view.record.grant == GrantType::AuthorizationCode {
        field("\"code=$CODE\"".to_owned());
        field(shell(&format!("redirect_uri={}", view.redirect_uri)));
        field("\"code_verifier=$CODE_VERIFIER\"".to_owned());
    }
    let scope = view.record.request.iter().find(|(name, _)| name == "scope");
    if let Some((_, scope)) = scope.filter(|_| view.record.grant == GrantType::ClientCredentials) {
        field(shell(&format!("scope={scope}")));
    }
    field(shell(&format!("client_id={}", view.spec.client_id)));
    if view.spec.kind.is_confidential() {
        field("\"client_secret=$CLIENT_SECRET\"".to_owned());
    }
    lines.join(" \\\n")
}

/// The UserInfo request.
pub fn userinfo(view: &RunView) -> String {
    let endpoint = shell(&format!("{}/connect/userinfo", view.issuer));
    format!("curl {endpoint} \\\n  --header \"Authorization: Bearer $ACCESS_TOKEN\"")
}

/// An API's question about a token.
pub fn introspection(view: &RunView, connection: &str) -> String {
    let endpoint = shell(&format!("{}/connect/introspect", view.issuer));
    let client_id = shell(&format!("client_id={connection}"));
    format!(
        "curl {endpoint} \\
  --data-urlencode {client_id} \\
  --data-urlencode \"client_secret=$API_SECRET\" \\
  --data-urlencode \"token=$ACCESS_TOKEN\""
    )
}

/// A word that a shell takes as it is.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
