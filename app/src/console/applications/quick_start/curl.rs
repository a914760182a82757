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

/// A device asks for its code, shows the other one, and asks until somebody has answered.
pub(super) fn device(values: &Values<'_>) -> String {
    let begin = shell(&format!("{}/connect/device_authorization", values.issuer));
    let token = shell(&format!("{}/connect/token", values.issuer));
    let client_id = shell(&format!("client_id={}", values.spec.client_id));
    let scope = shell(&format!("scope={}", values.scopes.join(" ")));
    let secret = if values.is_confidential() { " \\\n  --data-urlencode \"client_secret=$CLIENT_SECRET\"" } else { "" };
    format!(
        "# Shows user_code and verification_uri: open the address elsewhere, and enter the code.
curl {begin} \\
  --data-urlencode {client_id}{secret} \\
  --data-urlencode {scope}

# Ask every 5 seconds, until error is no longer authorization_pending.
curl {token} \\
  --data-urlencode grant_type=urn:ietf:params:oauth:grant-type:device_code \\
  --data-urlencode {client_id}{secret} \\
  --data-urlencode \"device_code=$DEVICE_CODE\""
    )
}

/// A word that a shell takes as it is.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
