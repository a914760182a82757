//! Words for what the log names: kinds, deeds, fields and their values.

use serde_json::Value;
use service::revision::ObjectType;

use crate::i18n::locale;
use crate::tr;

/// The word for a stored name; the name itself where there is none, so that no row is lost.
pub fn word(family: &str, name: &str) -> String {
    let message = format!("{family}-{}", name.replace('_', "-"));
    let said = locale().say(&message, &[]);
    if said == message { name.to_owned() } else { said }
}

/// The word for a kind of object.
pub fn kind(kind: ObjectType) -> String {
    word("object", kind.as_str())
}

/// What a form calls a field of an object; the key of the `apply` file where no form has it.
pub fn field(kind: &str, name: &str) -> String {
    match (kind, name) {
        (_, "name") => tr!("field-name"),
        (_, "display_name") => tr!("field-display-name"),
        (_, "description") => tr!("field-description"),
        (_, "disabled") => tr!("state-disabled"),
        ("application", "type") => tr!("application-type"),
        ("application", "client_id") => tr!("application-client-id"),
        ("application", "client_uri") => tr!("application-client-uri"),
        ("application", "logo_uri") => tr!("application-logo-uri"),
        ("application", "policy_uri") => tr!("application-policy-uri"),
        ("application", "tos_uri") => tr!("application-tos-uri"),
        ("application", "redirect_uris") => tr!("application-redirect-uris"),
        ("application", "post_logout_redirect_uris") => tr!("application-post-logout-uris"),
        ("application", "backchannel_logout_uri") => tr!("application-backchannel-logout-uri"),
        ("application", "backchannel_logout_session_required") => tr!("application-backchannel-logout-session"),
        ("application", "backchannel_client_notification_endpoint") => tr!("application-notification-endpoint"),
        ("application", "frontchannel_logout_uri") => tr!("application-frontchannel-logout-uri"),
        ("application", "frontchannel_logout_session_required") => tr!("application-frontchannel-logout-session"),
        ("application", "cors_origins") => tr!("application-cors-origins"),
        ("application", "grant_types") => tr!("application-grant-types"),
        ("application", "response_types") => tr!("application-response-types"),
        ("application", "allowed_identity_scopes") => tr!("application-identity-scopes"),
        ("application", "allowed_api_scopes") => tr!("application-api-scopes"),
        ("application", "allowed_authorization_details_types") => tr!("application-detail-types"),
        ("application", "exchange_targets") => tr!("application-exchange-targets"),
        ("application", "impersonation_targets") => tr!("application-impersonation-targets"),
        ("application", "may_act") => tr!("application-may-act"),
        ("application", "required_claims") => tr!("application-required-claims"),
        ("application", "require_consent") => tr!("application-require-consent"),
        ("application", "require_pkce") => tr!("application-require-pkce"),
        ("application", "allow_registration") => tr!("application-allow-registration"),
        ("application", "token_endpoint_auth_method") => tr!("application-auth-method"),
        ("application" | "api_connection", "jwks") => tr!("application-jwks"),
        ("application" | "api_connection", "jwks_uri") => tr!("application-jwks-uri"),
        ("application", "tls_client_auth") => tr!("application-tls-client-auth"),
        ("application", "tls_client_certificate_bound_access_tokens") => tr!("application-tls-bound"),
        ("application", "require_pushed_authorization_requests") => tr!("application-require-pushed"),
        ("application", "require_signed_request_object") => tr!("application-require-signed"),
        ("application", "request_uris") => tr!("application-request-uris"),
        ("application", "dpop_bound_access_tokens") => tr!("application-dpop"),
        ("application", "require_dpop_nonce") => tr!("application-dpop-nonce"),
        ("application", "security_profile") => tr!("application-security-profile"),
        ("application", "refresh_token_use") => tr!("application-refresh-token-use"),
        ("application", "subject_type") => tr!("application-subject-type"),
        ("application", "sector_identifier_uri") => tr!("application-sector"),
        ("application", "dialect") => tr!("application-dialect"),
        ("application", "access_token_format") => tr!("application-access-token-format"),
        ("application", "signing_alg") => tr!("application-signing-alg"),
        ("application", "access_token_signing_alg") => tr!("application-access-token-signing-alg"),
        ("application", "userinfo_signed_response_alg") => tr!("application-userinfo-alg"),
        ("application", "id_token_encrypted_response_alg") => tr!("application-id-token-encryption"),
        ("application", "id_token_encrypted_response_enc") => tr!("application-id-token-content-encryption"),
        ("application", "userinfo_encrypted_response_alg") => tr!("application-userinfo-encryption"),
        ("application", "userinfo_encrypted_response_enc") => tr!("application-userinfo-content-encryption"),
        ("application", "claims_in_identity_token") => tr!("application-claims-in-identity-token"),
        ("application", "access_token_lifetime") => tr!("application-access-token-lifetime"),
        ("application", "identity_token_lifetime") => tr!("application-identity-token-lifetime"),
        ("application", "refresh_token_idle_lifetime") => tr!("application-refresh-idle-lifetime"),
        ("application", "refresh_token_absolute_lifetime") => tr!("application-refresh-absolute-lifetime"),
        ("application", "refresh_grace") => tr!("application-refresh-grace"),
        ("claim", "type") => tr!("claim-type"),
        ("claim", "pattern") => tr!("claim-pattern"),
        ("claim", "min_length") => tr!("claim-min-length"),
        ("claim", "max_length") => tr!("claim-max-length"),
        ("claim", "minimum") => tr!("claim-minimum"),
        ("claim", "maximum") => tr!("claim-maximum"),
        ("claim", "choices") => tr!("claim-choices"),
        ("claim", "help") => tr!("claim-help"),
        ("claim", "unique") => tr!("claim-unique"),
        ("claim", "show_at_registration") => tr!("claim-at-registration"),
        ("claim", "show_on_profile") => tr!("claim-on-profile"),
        ("claim", "in_identity_token") => tr!("claim-in-identity-token"),
        ("claim", "in_access_token") => tr!("claim-in-access-token"),
        ("identity_scope", "claims") => tr!("history-claims"),
        ("api_connection", "resource") => tr!("connection-resource"),
        ("api_connection", "authorization_details_types") => tr!("detail-types-title"),
        ("subscription", "slug") => tr!("subscription-slug"),
        ("subscription", "scope_preset") => tr!("subscription-preset"),
        ("subscription", "registration") => tr!("subscription-registration"),
        ("subscription", "session_management") => tr!("subscription-session-management"),
        ("subscription", "client_registration") => tr!("subscription-client-registration"),
        ("subscription", "trusted_issuers") => tr!("trusted-issuers-title"),
        ("subscription", "session_idle_lifetime") => tr!("subscription-session-idle"),
        ("subscription", "session_absolute_lifetime") => tr!("subscription-session-absolute"),
        (_, other) => other.replace('_', " "),
    }
}

/// A value in words. An absent switch stands at the opposite of what it is set to on the other side.
pub fn value(value: Option<&Value>, other: Option<&Value>) -> String {
    match (value, other) {
        (None, Some(Value::Bool(other))) => yes_or_no(!other),
        (None | Some(Value::Null), _) => tr!("claim-not-set"),
        (Some(Value::Bool(value)), _) => yes_or_no(*value),
        (Some(Value::String(text)), _) if text.is_empty() => tr!("claim-not-set"),
        (Some(Value::String(text)), _) => text.clone(),
        (Some(Value::Array(items)), _) if items.is_empty() => tr!("history-none"),
        (Some(Value::Array(items)), _) => items.iter().map(item).collect::<Vec<_>>().join(", "),
        (Some(other), _) => item(other),
    }
}

/// One entry of a list: a text, or an object's values (`badge (off)`).
pub fn item(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            let mut texts = fields.values().map(item);
            let first = texts.next().unwrap_or_default();
            let rest: Vec<String> = texts.collect();
            if rest.is_empty() { first } else { format!("{first} ({})", rest.join(", ")) }
        }
        other => other.to_string(),
    }
}

fn yes_or_no(value: bool) -> String {
    if value { tr!("claim-yes") } else { tr!("claim-no") }
}

/// A field's label and its value in words.
pub fn value_of(kind: &str, name: &str, shown: &Value) -> (String, String) {
    (field(kind, name), value(Some(shown), None))
}
