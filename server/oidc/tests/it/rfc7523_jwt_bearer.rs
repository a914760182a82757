//! Assertions as a grant: RFC 7521 section 4.1, RFC 7523 sections 2.1 and 3. The cryptography is somebody else's: a
//! signature is good here when it says so.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::{AssertedSubject, GrantType, SubjectType, TrustedIssuerSpec};
use oidc::grant::jwt_bearer::{self, Asserted, Expected, Request, Vouched};
use oidc::grant::{self, TokenPlan, TokenRequest};
use oidc::jose::{Alg, PublicKey};
use oidc::{ErrorCode, OAuthError, Tenant, UserFacts};
use serde_json::{Value, json};

use crate::fixture::{GRANT, ISSUER, JOHN, Library, NOW, client, john, params, strings};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const STS: &str = "https://sts.example";

fn jwks() -> Value {
    let x = URL_SAFE_NO_PAD.encode([7; 32]);
    json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": x, "y": x, "kid": "one" }] })
}

fn sts(subject: AssertedSubject) -> TrustedIssuerSpec {
    TrustedIssuerSpec {
        issuer: STS.to_owned(),
        jwks: Some(jwks()),
        applications: strings(&["my-app", "gone"]),
        subject,
        ..TrustedIssuerSpec::default()
    }
}

/// The library trusts the issuer, which names users by their identifiers.
fn library() -> Library {
    let mut library = Library::default();
    library.settings.spec.trusted_issuers = vec![sts(AssertedSubject::Identifier)];
    library
}

fn tenant() -> Tenant {
    library().open()
}

fn assertion(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(payload), URL_SAFE_NO_PAD.encode("good"))
}

/// Good claims, with other values for some of them; null takes one away.
fn claims(other: &Value) -> Value {
    let mut claims = json!({ "iss": STS, "sub": JOHN, "aud": ISSUER, "jti": "1", "exp": NOW + 60 });
    for (name, value) in other.as_object().expect("an object") {
        claims[name] = value.clone();
    }
    claims.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    claims
}

fn read(fields: &[(&str, &str)]) -> Result<Request, OAuthError> {
    match grant::read(&params(&[&[("grant_type", GRANT_TYPE)], fields].concat()))? {
        TokenRequest::JwtBearer(request) => Ok(request),
        other => panic!("{other:?}"),
    }
}

fn request(assertion: &str) -> Request {
    read(&[("assertion", assertion), ("scope", "openid library-api")]).expect("reads")
}

fn check_at(tenant: &Tenant, client_id: &str, assertion: &str) -> Result<Asserted, OAuthError> {
    let request = request(assertion);
    let (issuer, _) = jwt_bearer::issuer(tenant, &client(tenant, client_id), &request)?;
    let good = |_: &PublicKey, _: Alg, _: &[u8], signature: &[u8]| signature == b"good";
    jwt_bearer::check(tenant, issuer, &request, &Expected { keys: issuer.keys(), signatures: &good, now: NOW })
}

fn check(other: &Value) -> Result<Asserted, OAuthError> {
    check_at(&tenant(), "my-app", &assertion(&json!({ "alg": "ES256" }), &claims(other)))
}

fn asserted(kind: AssertedSubject, subject: &str) -> Asserted {
    Asserted { subject: subject.to_owned(), kind, id: "1".to_owned(), expires_at: NOW + 120 }
}

fn decide(
    tenant: &Tenant,
    fields: &[(&str, &str)],
    asserted: &Asserted,
    user: Option<&UserFacts>,
) -> Result<TokenPlan, OAuthError> {
    let request = read(&[&[("assertion", "a.b.c")], fields].concat())?;
    let client = client(tenant, "my-app");
    let scopes = jwt_bearer::scopes(tenant, &client, &request)?;
    let vouched = Vouched { asserted, user, grant_id: GRANT, consented: None };
    jwt_bearer::decide(tenant, &client, &request, &scopes, vouched, NOW)
}

const ASKED: [(&str, &str); 1] = [("scope", "openid library-api")];

#[test]
fn a_request_brings_one_assertion() {
    let request = read(&[("assertion", "a.b.c"), ("scope", "openid")]).expect("reads");
    assert_eq!((request.assertion.as_str(), request.scope.as_deref()), ("a.b.c", Some("openid")));
    assert!(!format!("{request:?}").contains("a.b.c"));
    for (fields, code) in [
        (&[("scope", "openid")][..], ErrorCode::InvalidRequest),
        (&[("assertion", "a.b.c"), ("assertion", "a.b.d")], ErrorCode::InvalidRequest),
        (&[("assertion", "a"), ("authorization_details", "[]")], ErrorCode::InvalidAuthorizationDetails),
    ] {
        assert_eq!(read(fields).expect_err("refused").code, code, "{fields:?}");
    }
}

#[test]
fn the_application_must_be_allowed_the_grant_and_known() {
    let code = |tenant: &Tenant, client_id: &str| {
        let request = request("a.b.c");
        jwt_bearer::scopes(tenant, &client(tenant, client_id), &request).map_err(|error| error.code)
    };
    assert_eq!(code(&tenant(), "my-app"), Ok(strings(&["openid", "library-api"])));
    let mut without = library();
    without.website.stored.spec.grant_types = vec![GrantType::AuthorizationCode];
    assert_eq!(code(&without.open(), "my-app"), Err(ErrorCode::UnauthorizedClient));
    // One that says no more than its name, however it came by the grant.
    let mut public = library();
    public.reader.stored.spec.grant_types = vec![GrantType::JwtBearer];
    assert_eq!(code(&public.open(), "reader"), Err(ErrorCode::UnauthorizedClient));
}

#[test]
fn scopes_are_those_that_are_allowed_and_there_is_no_offline_access() {
    let tenant = tenant();
    let scopes = |fields: &[(&str, &str)]| {
        let request = read(&[&[("assertion", "a.b.c")], fields].concat()).expect("reads");
        jwt_bearer::scopes(&tenant, &client(&tenant, "my-app"), &request).map_err(|error| error.code)
    };
    assert_eq!(scopes(&[("scope", "openid offline_access")]), Ok(strings(&["openid"])));
    for fields in [&[][..], &[("scope", "offline_access")], &[("scope", "openid invented")], &[("scope", "address")]] {
        assert_eq!(scopes(fields), Err(ErrorCode::InvalidScope), "{fields:?}");
    }
}

#[test]
fn every_claim_is_looked_at() {
    let token_endpoint = format!("{ISSUER}/connect/token");
    for good in [
        json!({}),
        json!({ "aud": token_endpoint }),
        json!({ "aud": [ISSUER] }),
        json!({ "exp": NOW + 360 }),
        json!({ "exp": NOW - 59 }),
        json!({ "iat": NOW, "nbf": NOW, "other": true }),
    ] {
        let found = check(&good).unwrap_or_else(|error| panic!("{good}: {error:?}"));
        assert_eq!((found.subject.as_str(), found.id.as_str()), (JOHN, "1"));
    }
    assert_eq!(check(&json!({})).map(|found| found.expires_at), Ok(NOW + 120));
    for bad in [
        json!({ "iss": null }),
        json!({ "iss": "https://sts.example/" }),
        json!({ "iss": ["https://sts.example"] }),
        json!({ "iss": ISSUER }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": 7 }),
        json!({ "sub": "user\u{0}john" }),
        json!({ "sub": "x".repeat(513) }),
        json!({ "aud": null }),
        json!({ "aud": [] }),
        json!({ "aud": "https://other.example" }),
        json!({ "aud": format!("{ISSUER}/") }),
        json!({ "aud": format!("{ISSUER}/connect/revocation") }),
        json!({ "aud": [ISSUER, "https://other.example"] }),
        json!({ "aud": [ISSUER, token_endpoint] }),
        json!({ "exp": null }),
        json!({ "exp": NOW - 60 }),
        json!({ "exp": NOW + 361 }),
        json!({ "exp": i64::MAX }),
        json!({ "exp": (NOW + 60).to_string() }),
        json!({ "nbf": NOW + 61 }),
        json!({ "iat": NOW + 61 }),
        json!({ "iat": "now" }),
        json!({ "jti": null }),
        json!({ "jti": "" }),
        json!({ "jti": 7 }),
        json!({ "jti": "x".repeat(256) }),
    ] {
        assert_eq!(check(&bad).expect_err("refused").code, ErrorCode::InvalidGrant, "{bad}");
    }
}

#[test]
fn only_a_key_of_the_issuer_signs_and_only_assertions() {
    let with = |header: Value| check_at(&tenant(), "my-app", &assertion(&header, &claims(&json!({}))));
    for good in [json!({ "alg": "ES256", "kid": "one" }), json!({ "alg": "ES256", "typ": "JWT" })] {
        assert!(with(good.clone()).is_ok(), "{good}");
    }
    for bad in [
        json!({ "alg": "ES256", "kid": "two" }),
        json!({ "alg": "ES256", "typ": "at+jwt" }),
        json!({ "alg": "ES256", "typ": "application/dpop+jwt" }),
        json!({ "alg": "ES256", "crit": ["exp"] }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "none" }),
    ] {
        assert_eq!(with(bad.clone()).expect_err("refused").code, ErrorCode::InvalidGrant, "{bad}");
    }
    let good = assertion(&json!({ "alg": "ES256" }), &claims(&json!({})));
    let (signed, _) = good.rsplit_once('.').expect("a signature");
    let forged = format!("{signed}.{}", URL_SAFE_NO_PAD.encode("bad"));
    for bad in [forged.as_str(), signed, "no JWT", "a.b.c"] {
        let refused = check_at(&tenant(), "my-app", bad).expect_err("refused");
        assert_eq!(refused.code, ErrorCode::InvalidGrant, "{bad}");
    }
}

#[test]
fn an_issuer_that_is_unknown_sounds_like_one_for_others() {
    let mut library = library();
    library.settings.spec.trusted_issuers[0].applications = strings(&["gone"]);
    let good = assertion(&json!({ "alg": "ES256" }), &claims(&json!({})));
    let for_others = check_at(&library.open(), "my-app", &good).expect_err("refused");
    let unknown = check(&json!({ "iss": "https://unknown.example" })).expect_err("refused");
    assert_eq!(for_others, unknown);
    // Nor do we name users to ourselves, whatever the settings say.
    let mut ourselves = Library::default();
    let own = TrustedIssuerSpec { issuer: ISSUER.to_owned(), ..sts(AssertedSubject::Identifier) };
    ourselves.settings.spec.trusted_issuers = vec![own];
    let by_us = assertion(&json!({ "alg": "ES256" }), &claims(&json!({ "iss": ISSUER })));
    assert_eq!(check_at(&ourselves.open(), "my-app", &by_us), Err(unknown));
}

#[test]
fn an_access_token_comes_out_and_nothing_else() {
    let user = john();
    let plan = decide(&tenant(), &ASKED, &asserted(AssertedSubject::Identifier, JOHN), Some(&user)).expect("a plan");
    assert_eq!((plan.user_id.as_deref(), plan.grant_id.as_deref()), (Some(JOHN), Some(GRANT)));
    assert!(plan.identity_token.is_none() && plan.refresh_token.is_none() && plan.session_id.is_none());
    let data = &plan.access_token.data;
    assert_eq!((&data.scopes, &data.audience), (&strings(&["openid", "library-api"]), &strings(&["library-api"])));
    // Nobody was seen to sign in.
    assert_eq!((data.auth_time, data.acr.as_deref(), data.amr.len()), (None, None, 0));
}

#[test]
fn a_user_is_named_in_the_way_that_is_set() {
    let user = john();
    let unverified = UserFacts { email_verified: false, ..john() };
    let (identifier, username, email) =
        (AssertedSubject::Identifier, AssertedSubject::Username, AssertedSubject::Email);
    let named = |kind, subject: &str, user: &UserFacts| {
        decide(&tenant(), &ASKED, &asserted(kind, subject), Some(user)).map_err(|error| error.code)
    };
    for (kind, subject) in [(identifier, JOHN), (username, "John"), (email, "John.Doe@Email.com")] {
        assert!(named(kind, subject, &user).is_ok(), "{kind:?} {subject}");
    }
    for (kind, subject, user) in [
        (identifier, "john", &user),
        (username, JOHN, &user),
        (username, "john.doe@email.com", &user),
        (email, "john", &user),
        (email, "john.doe@email.com", &unverified),
    ] {
        assert_eq!(named(kind, subject, user).map(|_| ()), Err(ErrorCode::InvalidGrant), "{kind:?} {subject}");
    }
}

/// Also where the application knows its users by other names: the issuer does not know these.
#[test]
fn an_identifier_is_the_public_one() {
    let mut library = library();
    library.website.stored.spec.subject_type = SubjectType::Pairwise;
    let tenant = library.open();
    let user = john();
    let pairwise = tenant.subject_for(tenant.application("my-app").expect("there"), JOHN).into_owned();
    let by = |subject: &str| decide(&tenant, &ASKED, &asserted(AssertedSubject::Identifier, subject), Some(&user));
    assert!(by(JOHN).is_ok());
    assert_eq!(by(&pairwise).expect_err("refused"), jwt_bearer::nobody());
}

#[test]
fn whoever_it_is_that_may_not_sounds_the_same() {
    let named = asserted(AssertedSubject::Identifier, JOHN);
    let disabled = UserFacts { enabled: false, ..john() };
    for user in [None, Some(&disabled), Some(&UserFacts { sub: "user-mary".to_owned(), ..john() })] {
        let refused = decide(&tenant(), &ASKED, &named, user).expect_err("refused");
        assert_eq!(refused, jwt_bearer::nobody());
    }
}

#[test]
fn nobody_can_be_asked_here() {
    let named = asserted(AssertedSubject::Identifier, JOHN);
    let mut consent = library();
    consent.website.stored.spec.require_consent = true;
    let refused = decide(&consent.open(), &ASKED, &named, Some(&john())).expect_err("refused");
    assert_eq!(refused.code, ErrorCode::InvalidGrant);
    let mut without_card = john();
    without_card.values.remove("library_card");
    let refused = decide(&tenant(), &ASKED, &named, Some(&without_card)).expect_err("refused");
    assert_eq!(refused.code, ErrorCode::InvalidGrant);
    assert!(refused.description.contains("library_card"), "{}", refused.description);
}
