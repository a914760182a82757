//! OpenID Connect Back-Channel Logout 1.0 section 2.4.

use oidc::logout_token::{self, Ended};
use serde_json::{Value, json};

use crate::fixture::{JOHN, Library, NOW, SESSION};

fn payload(session_required: bool) -> Value {
    let tenant = Library::with_website(|spec| spec.backchannel_logout_session_required = session_required);
    let application = tenant.application("my-app").expect("an application");
    let ended = Ended { user_id: JOHN, session_id: SESSION };
    Value::Object(logout_token::payload(&tenant, application, &ended, "random", NOW))
}

#[test]
fn it_says_who_and_which_session_for_two_minutes_and_has_no_nonce() {
    let said = payload(true);
    assert_eq!(
        said,
        json!({
            "iss": said["iss"], "aud": "my-app", "iat": NOW, "exp": NOW + 120, "jti": "random",
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
            "sub": JOHN, "sid": SESSION,
        })
    );
    assert!(said["iss"].as_str().is_some_and(|issuer| issuer.starts_with("https://")), "{said}");
}

#[test]
fn without_a_session_it_means_all_of_the_user() {
    let said = payload(false);
    assert_eq!((said["sub"].as_str(), said.get("sid")), (Some(JOHN), None));
}
