//! OpenID Connect Front-Channel Logout 1.0 section 2.

use oidc::frontchannel_logout::{self, LogoutFrame};

use crate::fixture::{Library, SESSION};

fn frame(uri: Option<&str>, session_required: bool, disabled: bool) -> Option<LogoutFrame> {
    let tenant = Library::with_website(|spec| {
        spec.frontchannel_logout_uri = uri.map(str::to_owned);
        spec.frontchannel_logout_session_required = session_required;
        spec.disabled = disabled;
    });
    frontchannel_logout::frame(&tenant, tenant.application("my-app").expect("an application"), SESSION)
}

#[test]
fn a_frame_names_issuer_and_session_beside_a_query_of_its_own() {
    let named = "iss=https%3A%2F%2Fid.example%2Fs%2Flibrary&sid=session-1";
    for (uri, expected) in [
        ("https://library.example/logout", format!("https://library.example/logout?{named}")),
        (
            "https://library.example:8443/logout?of=books",
            format!("https://library.example:8443/logout?of=books&{named}"),
        ),
    ] {
        assert_eq!(frame(Some(uri), true, false).map(|frame| frame.url), Some(expected));
        assert_eq!(frame(Some(uri), false, false).map(|frame| frame.url).as_deref(), Some(uri));
    }
}

#[test]
fn its_page_allows_the_origin_only() {
    let origin = |uri| frame(Some(uri), true, false).map(|frame| frame.origin);
    assert_eq!(origin("https://Library.example/logout?x").as_deref(), Some("https://library.example"));
    assert_eq!(origin("http://localhost:3000/").as_deref(), Some("http://localhost:3000"));
}

#[test]
fn without_an_address_or_out_of_use_there_is_no_frame() {
    assert_eq!(frame(None, true, false), None);
    assert_eq!(frame(Some("https://library.example/logout"), true, true), None);
}
