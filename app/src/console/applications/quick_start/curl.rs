//! curl, in a POSIX shell.

use super::Values;

pub(super) fn discovery(values: &Values<'_>) -> String {
    format!("curl {}", shell(&values.discovery()))
}

pub(super) fn client_credentials(values: &Values<'_>) -> String {
    let endpoint = shell(&format!("{}/connect/token", values.issuer));
    let client_id = shell(&format!("client_id={}", values.spec.client_id));
    let scope = shell(&format!("scope={}", values.spec.allowed_api_scopes.join(" ")));
    format!(
        "curl {endpoint} \\
  --data-urlencode grant_type=client_credentials \\
  --data-urlencode {client_id} \\
  --data-urlencode \"client_secret=$CLIENT_SECRET\" \\
  --data-urlencode {scope}"
    )
}

/// A word that a shell takes as it is.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
