//! Token exchange (RFC 8693): who acts, and how often a token may be passed on.

use oidc::Tenant;
use oidc::error::{ErrorCode, OAuthError};
use oidc::grant::token_exchange::{Exchange, Request, decide};
use oidc::grant::{AccessTokenData, Actor};

use crate::fixture::{GRANT, JOHN, Library, NOW, client, john, strings};

/// The website may exchange towards the library's API, and is the user there or not.
fn tenant(is_the_user: bool) -> Tenant {
    Library::with_website(|spec| {
        spec.exchange_targets = strings(&["library-api"]);
        spec.impersonation_targets = if is_the_user { strings(&["library-api"]) } else { Vec::new() };
    })
}

/// A token of John's for the website, by way of so many others.
fn passed_on(times: usize) -> AccessTokenData {
    let names = (0..times).map(|n| format!("before-{n}"));
    let actor = names.fold(None, |before: Option<Actor>, name| Some(Actor::after(&name, before.as_ref())));
    AccessTokenData {
        client_id: "somebody".to_owned(),
        user_id: Some(JOHN.to_owned()),
        grant_id: Some(GRANT.to_owned()),
        scopes: strings(&["openid", "library-api"]),
        audience: strings(&["my-app"]),
        authorization_details: Vec::new(),
        issued_at: NOW,
        expires_at: NOW + 3_600,
        auth_time: Some(NOW),
        amr: Vec::new(),
        acr: None,
        userinfo_claims: Vec::new(),
        jkt: None,
        x5t: None,
        actor,
        may_act: None,
    }
}

fn exchanged<'t>(tenant: &'t Tenant, token: &AccessTokenData) -> Result<Exchange<'t>, OAuthError> {
    let request = Request { subject_token: "token".to_owned(), targets: strings(&["library-api"]), scope: None };
    decide(tenant, &client(tenant, "my-app"), &request, token, Some(&john()), NOW)
}

#[test]
fn a_token_is_passed_on_eight_times_at_most() {
    let tenant = tenant(false);
    let actor = exchanged(&tenant, &passed_on(7)).expect("exchanged").plan.access_token.data.actor;
    assert_eq!(actor.map(|actor| actor.depth()), Some(8));
    let refused = exchanged(&tenant, &passed_on(8)).expect_err("too often");
    assert_eq!(refused.code, ErrorCode::InvalidRequest);
}

#[test]
fn who_acted_before_is_named_also_where_the_caller_is_the_user() {
    let token = passed_on(2);
    let tenant = tenant(true);
    let exchange = exchanged(&tenant, &token).expect("exchanged");
    assert_eq!((exchange.plan.access_token.data.actor, exchange.impersonated_at), (token.actor, Some("library-api")));
}
