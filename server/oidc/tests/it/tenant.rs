//! The snapshot and its indexes.

use crate::fixture::{Library, secret, tenant};

#[test]
fn a_connection_has_the_scope_of_its_own_name() {
    let tenant = tenant();
    assert_eq!(tenant.api_scope_owner("library-api").map(oidc::Connection::name), Some("library-api"));
    assert_eq!(tenant.api_scope_owner("library-api-checked-books").map(oidc::Connection::name), Some("library-api"));
    assert!(tenant.api_scope_owner("openid").is_none());
    assert!(tenant.identity_scope("library-api").is_none());
}

#[test]
fn applications_are_found_by_client_id_and_by_row() {
    let tenant = tenant();
    assert_eq!(tenant.application("my-app").map(oidc::Application::id), Some("app-1"));
    assert_eq!(tenant.application_by_id("app-1").map(oidc::Application::client_id), Some("my-app"));
    assert!(tenant.application("MY-APP").is_none());
}

#[test]
fn cors_origins_are_those_of_enabled_applications() {
    assert!(tenant().allows_origin("https://library.example"));
    assert!(!tenant().allows_origin("https://library.example.evil.example"));
    let disabled = Library::with_website(|w| w.disabled = true);
    assert!(!disabled.allows_origin("https://library.example"));
}

#[test]
fn debug_shows_no_hash() {
    let secret = secret("secret-1", "canary");
    assert!(!format!("{secret:?}").contains(&secret.hash_hex));
}
