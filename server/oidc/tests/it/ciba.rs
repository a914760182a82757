//! What an application may ask of a person (OpenID Connect CIBA section 7.1).

use model::spec::GrantType;
use oidc::ciba::{self, Delivery, PersonHint};
use oidc::{ErrorCode, Tenant};

use crate::fixture::{Library, client, params};

fn tenant(pinged: bool) -> Tenant {
    Library::with_website(|website| {
        website.grant_types.push(GrantType::Ciba);
        website.backchannel_client_notification_endpoint = pinged.then(|| "https://my-app.example/ciba".to_owned());
    })
}

fn read(pinged: bool, fields: &[(&str, &str)]) -> Result<ciba::Asked, ErrorCode> {
    let tenant = tenant(pinged);
    ciba::read(&tenant, &client(&tenant, "my-app"), &params(fields)).map_err(|error| error.code)
}

const GOOD: [(&str, &str); 2] = [("scope", "openid profile"), ("login_hint", "john")];

#[test]
fn one_hint_names_the_person() {
    assert_eq!(read(false, &GOOD).expect("good").person, PersonHint::Login("john".to_owned()));
    let token = [GOOD[0], ("id_token_hint", "a.b.c")];
    assert_eq!(read(false, &token).expect("good").person, PersonHint::IdToken("a.b.c".to_owned()));
    for fields in [
        vec![GOOD[0]],
        vec![GOOD[0], GOOD[1], ("id_token_hint", "a.b.c")],
        vec![GOOD[0], ("login_hint_token", "a.b.c")],
    ] {
        assert_eq!(read(false, &fields), Err(ErrorCode::InvalidRequest), "{fields:?}");
    }
}

#[test]
fn who_is_pinged_sends_a_token_for_it() {
    assert_eq!(read(false, &GOOD).expect("good").delivery, Delivery::Poll);
    assert_eq!(read(true, &GOOD), Err(ErrorCode::InvalidRequest));
    let with = |token: &str| read(true, &[&GOOD[..], &[("client_notification_token", token)]].concat());
    assert_eq!(with("a-b.c_d~e+f/1==").expect("good").delivery, Delivery::Ping("a-b.c_d~e+f/1==".to_owned()));
    for bad in ["", "two words", "=", &"x".repeat(1_025)] {
        assert_eq!(with(bad), Err(ErrorCode::InvalidRequest), "{bad}");
    }
}

#[test]
fn a_message_is_short_and_plain_and_an_end_is_bounded() {
    let long = "x".repeat(101);
    let with = |name, value| read(false, &[&GOOD[..], &[(name, value)]].concat());
    assert_eq!(with("binding_message", "W4SCT").expect("good").request.binding_message.as_deref(), Some("W4SCT"));
    assert_eq!(with("binding_message", &long), Err(ErrorCode::InvalidBindingMessage));
    assert_eq!(read(false, &GOOD).expect("good").expires_in, 600);
    assert_eq!(with("requested_expiry", "60").expect("good").expires_in, 60);
    assert_eq!(with("requested_expiry", "999999").expect("good").expires_in, 3_600);
    for bad in ["0", "-1", "soon", "1.5"] {
        assert_eq!(with("requested_expiry", bad), Err(ErrorCode::InvalidRequest), "{bad}");
    }
    assert_eq!(read(false, &[("scope", "profile"), GOOD[1]]), Err(ErrorCode::InvalidScope));
    assert_eq!(with("request", "a.b.c"), Err(ErrorCode::RequestNotSupported));
}
