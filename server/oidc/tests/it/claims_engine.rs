//! Which claims reach which destination, and why.

use model::spec::{ClaimSpec, IdentityScopeSpec};
use oidc::claims::{self, Assembled, By, Destination, Outcome, Reason};
use oidc::{Tenant, UserFacts};
use serde_json::{Value, json};

use crate::fixture::{JOHN, Library, NOW, john, stored, strings, tenant, values};

fn assemble<'t>(tenant: &'t Tenant, user: &UserFacts, scopes: &[&str], to: Destination) -> Assembled<'t> {
    assemble_with(tenant, user, scopes, &[], to)
}

fn assemble_with<'t>(
    tenant: &'t Tenant,
    user: &UserFacts,
    scopes: &[&str],
    requested: &[&str],
    destination: Destination,
) -> Assembled<'t> {
    claims::assemble(&claims::Input {
        tenant,
        user,
        application: tenant.application("my-app").expect("there"),
        granted_scopes: &strings(scopes),
        requested: &strings(requested),
        destination,
    })
}

fn outcome<'t>(assembled: &Assembled<'t>, claim: &str) -> Outcome<'t> {
    assembled.explanation.iter().find(|e| e.claim == claim).expect("explained").outcome
}

fn object(assembled: &Assembled<'_>) -> Value {
    Value::Object(assembled.claims.clone())
}

#[test]
fn a_granted_scope_releases_its_claims() {
    let tenant = tenant();
    let got = assemble(&tenant, &john(), &["openid", "email", "library"], Destination::UserInfo);
    assert_eq!(
        object(&got),
        json!({ "email": "john.doe@email.com", "email_verified": true, "library_card": "LC-123456" })
    );
    assert_eq!(outcome(&got, "email"), Outcome::Included(By::Scope("email")));
    assert_eq!(outcome(&got, "sub"), Outcome::Included(By::Scope("openid")));
}

#[test]
fn every_claim_is_explained() {
    let tenant = tenant();
    let got = assemble(&tenant, &john(), &["openid", "profile"], Destination::UserInfo);
    assert_eq!(got.explanation.len(), tenant.claims().len());
    assert_eq!(outcome(&got, "library_card"), Outcome::Excluded(Reason::ScopeNotRequested { scope: "library" }));
    assert_eq!(outcome(&got, "address"), Outcome::Excluded(Reason::ScopeNotAllowed { scope: "address" }));
    assert_eq!(outcome(&got, "birthdate"), Outcome::Excluded(Reason::NoValue));
}

#[test]
fn a_claim_of_no_scope_stays() {
    let mut library = Library::default();
    library.claims.push(stored("claim-x", ClaimSpec { name: "shoe_size".to_owned(), ..ClaimSpec::default() }));
    let tenant = library.open();
    let got = assemble_with(&tenant, &john(), &["openid"], &["shoe_size"], Destination::UserInfo);
    assert_eq!(outcome(&got, "shoe_size"), Outcome::Excluded(Reason::InNoScope));
}

#[test]
fn a_value_that_fails_todays_validation_is_missing() {
    let tenant = tenant();
    let user = UserFacts { values: values(json!({ "library_card": "old-7" })), ..john() };
    let got = assemble(&tenant, &user, &["library"], Destination::UserInfo);
    assert_eq!(object(&got), json!({}));
    assert_eq!(outcome(&got, "library_card"), Outcome::Excluded(Reason::InvalidValue));
}

#[test]
fn derived_claims_follow_their_users_row() {
    let tenant = Library::with_website(|w| w.allowed_identity_scopes.push("phone".to_owned()));
    let user = UserFacts {
        email_verified: false,
        values: values(json!({ "phone_number": "+1 425 555 1212", "email": "other@evil.example" })),
        ..john()
    };
    let got = assemble(&tenant, &user, &["email", "phone", "profile"], Destination::UserInfo);
    assert_eq!(
        object(&got),
        json!({
            "email": "john.doe@email.com", "email_verified": false, "preferred_username": "john",
            "phone_number": "+1 425 555 1212", "phone_number_verified": false, "updated_at": NOW - 1000,
        })
    );
    let nameless = UserFacts { email: None, username: None, ..john() };
    let got = assemble(&tenant, &nameless, &["email"], Destination::UserInfo);
    assert_eq!(object(&got), json!({}));
}

#[test]
fn false_is_a_value() {
    let mut library = Library::default();
    let kind = model::claim_type::ClaimType::Boolean;
    library.claims.push(stored("c", ClaimSpec { name: "adult".to_owned(), kind, ..ClaimSpec::default() }));
    library.scopes.push(stored(
        "s",
        IdentityScopeSpec { name: "age".to_owned(), claims: strings(&["adult"]), ..IdentityScopeSpec::default() },
    ));
    library.website.stored.spec.allowed_identity_scopes.push("age".to_owned());
    let tenant = library.open();
    let user = UserFacts { values: values(json!({ "adult": false })), ..john() };
    assert_eq!(object(&assemble(&tenant, &user, &["age"], Destination::UserInfo)), json!({ "adult": false }));
}

#[test]
fn destinations_are_the_claims_own() {
    let tenant = Library::with_claim("library_card", |c| {
        c.in_identity_token = false;
        c.in_access_token = true;
    });
    let to = |destination| assemble_with(&tenant, &john(), &["library"], &["library_card"], destination);
    assert!(to(Destination::UserInfo).claims.contains_key("library_card"));
    assert!(to(Destination::AccessToken).claims.contains_key("library_card"));
    let identity = to(Destination::IdentityToken);
    assert_eq!(outcome(&identity, "library_card"), Outcome::Excluded(Reason::WrongDestination));
    // Nothing goes into access tokens by default.
    let plain = crate::fixture::tenant();
    assert_eq!(object(&assemble(&plain, &john(), &["library", "email"], Destination::AccessToken)), json!({}));
}

#[test]
fn an_application_can_keep_scope_claims_out_of_its_identity_token() {
    let tenant = Library::with_website(|w| w.claims_in_identity_token = false);
    let got = assemble_with(&tenant, &john(), &["openid", "profile"], &["name"], Destination::IdentityToken);
    assert_eq!(object(&got), json!({ "name": "John Doe" }), "what is asked for by name comes all the same");
    assert_eq!(outcome(&got, "updated_at"), Outcome::Excluded(Reason::WrongDestination));
    let info = assemble(&tenant, &john(), &["openid", "library"], Destination::UserInfo);
    assert!(info.claims.contains_key("library_card"));
}

#[test]
fn the_claims_parameter_keeps_to_the_allowed_scopes() {
    let tenant = tenant();
    let got = assemble_with(&tenant, &john(), &["openid"], &["library_card", "address"], Destination::UserInfo);
    assert_eq!(object(&got), json!({ "library_card": "LC-123456" }));
    assert_eq!(outcome(&got, "library_card"), Outcome::Included(By::ClaimsParameter));
    assert_eq!(outcome(&got, "address"), Outcome::Excluded(Reason::ScopeNotAllowed { scope: "address" }));
}

#[test]
fn reserved_names_are_never_released() {
    let mut library = Library::default();
    for name in ["iss", "gid", "scope", "exp"] {
        library.claims.push(stored(name, ClaimSpec { name: name.to_owned(), ..ClaimSpec::default() }));
        library.scopes[0].spec.claims.push(name.to_owned());
    }
    let tenant = library.open();
    let user = UserFacts { values: values(json!({ "iss": "evil", "gid": "x", "scope": "x", "exp": "9" })), ..john() };
    let got = assemble(&tenant, &user, &["openid"], Destination::UserInfo);
    assert_eq!(object(&got), json!({}));
    assert_eq!(outcome(&got, "iss"), Outcome::Excluded(Reason::Reserved));
}

#[test]
fn a_stored_sub_overwrites_nothing() {
    let tenant = tenant();
    let user = UserFacts { values: values(json!({ "sub": "admin" })), ..john() };
    let token = oidc::grant::AccessTokenData {
        client_id: "my-app".to_owned(),
        user_id: Some(JOHN.to_owned()),
        scopes: strings(&["openid"]),
        expires_at: NOW + 1,
        ..oidc::grant::AccessTokenData::default()
    };
    let answer = oidc::userinfo::answer(&tenant, &token, Some(&user), NOW).expect("answered");
    assert_eq!(Value::Object(answer), json!({ "sub": JOHN }));
}
