//! The circumstances of an event in words.

use super::word;
use crate::console::applications::logouts::reason;
use crate::tr;

/// All of them on one line.
pub fn circumstances(data: &[(String, String)]) -> String {
    let texts = data.iter().map(|(name, value)| circumstance(name, value));
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// One in words; as it stands where there are none for it.
fn circumstance(name: &str, value: &str) -> String {
    match (name, value) {
        ("amr", "pwd") => tr!("audit-by-password"),
        ("amr", method) => tr!("audit-by", method = method),
        ("address", address) => tr!("audit-from-address", address = address),
        ("claims" | "scopes", "") | ("error", _) | ("end_others", "false") => String::new(),
        ("claims", claims) => tr!("audit-with-claims", claims = claims),
        ("scopes", scopes) => tr!("audit-with-scopes", scopes = scopes),
        ("authorization_details", types) => tr!("audit-with-details", types = types),
        ("grant", grant) => word("grant", grant),
        ("end_others", _) => tr!("audit-end-others"),
        ("client_id", client) => tr!("audit-for-client", client = client),
        ("initial_access_token", name) => tr!("audit-by-initial-token", name = name),
        ("issuer", name) => tr!("audit-by-issuer", name = name),
        ("target", name) => tr!("audit-towards", name = name),
        ("redirect_uri", uri) => tr!("audit-to-uri", uri = uri),
        ("typed", "email") => tr!("audit-typed-email"),
        ("typed", "username") => tr!("audit-typed-username"),
        ("administrator", name) => tr!("audit-to-administrator", name = name),
        ("place", "installation") => tr!("place-installation"),
        ("place", slug) => tr!("audit-in-place", slug = slug),
        ("role", role) => word("role", role),
        ("keys", "no-keys") => tr!("audit-because", reason = tr!("keys-reason-no-keys")),
        ("keys", "too-large") => tr!("audit-because", reason = tr!("keys-reason-too-large")),
        ("request_object", "too-large") => tr!("audit-because", reason = tr!("request-reason-too-large")),
        ("request_object", "no-object") => tr!("audit-because", reason = tr!("request-reason-no-object")),
        ("keys" | "logout" | "request_object", code) => tr!("audit-because", reason = reason(code)),
        ("description" | "reason", text) => tr!("audit-because", reason = word("audit-reason", text)),
        (name, value) => format!("{}: {value}", name.replace('_', " ")),
    }
}
