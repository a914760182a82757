//! Resource indicators: RFC 8707, RFC 9068 section 3.

use oidc::authorize::DropReason;
use oidc::grant::{AccessTokenData, authorization_code, client_credentials, refresh_token};
use oidc::{ErrorCode, Tenant, introspection};
use serde_json::json;

use crate::fixture::{
    ISSUER, JOHN, Library, NOW, REDIRECT, VERIFIER, client, code_row, connection, john, redirected, refresh_row,
    request, strings,
};

const BOOKS: &str = "https://books.example";
const ROOMS: &str = "https://rooms.example/mcp";
const SCOPE: (&str, &str) = ("scope", "openid library-api-checked-books rooms-api");

/// The connections of the library have resource indicators.
fn tenant() -> Tenant {
    let with = |name: &str, scopes: &[&str], resource: &str| {
        let connection = connection(name, scopes);
        let mut spec = connection.spec().clone();
        spec.resource = Some(resource.to_owned());
        let stored = model::Stored { id: connection.id().to_owned(), ..crate::fixture::stored("", spec) };
        oidc::Connection::new(stored, connection.secrets().to_vec())
    };
    let connections = vec![with("library-api", &["library-api-checked-books"], BOOKS), with("rooms-api", &[], ROOMS)];
    Library { connections, ..Library::default() }.open()
}

#[test]
fn a_request_is_for_the_apis_that_it_names() {
    let tenant = tenant();
    let asked = request(&tenant, &[SCOPE, ("resource", BOOKS)]);
    assert_eq!(asked.scopes, strings(&["openid", "library-api-checked-books"]));
    assert_eq!(asked.resources, strings(&[BOOKS]));
    assert_eq!((asked.dropped[0].scope.as_str(), asked.dropped[0].reason), ("rooms-api", DropReason::OtherResource));
    let all = request(&tenant, &[SCOPE]);
    assert_eq!((all.scopes.len(), all.resources.len()), (3, 0));
}

#[test]
fn one_that_is_unknown_or_of_which_nothing_is_granted_is_no_target() {
    let tenant = tenant();
    for (scope, resource) in [
        ("openid rooms-api", "https://unknown.example"),
        ("openid rooms-api", "https://rooms.example"),
        ("openid rooms-api", "https://ROOMS.example/mcp"),
        ("openid rooms-api", "https://rooms.example/mcp#x"),
        ("openid rooms-api", "rooms-api"),
        ("openid rooms-api", BOOKS),
        ("openid", ROOMS),
    ] {
        let error = redirected(&tenant, &[("scope", scope), ("resource", resource)]);
        assert_eq!(error.code, ErrorCode::InvalidTarget, "{resource}");
    }
}

/// Scopes and audience of the token, and the scopes of the refresh token.
type Redeemed = (Vec<String>, Vec<String>, Vec<String>);

fn redeem(tenant: &Tenant, held: &[&str], asked: &[&str]) -> Result<Redeemed, ErrorCode> {
    let mut row = code_row();
    row.data.scopes = strings(&["openid", "library-api-checked-books", "rooms-api"]);
    row.data.resources = strings(held);
    let request = authorization_code::Request {
        code: "c".to_owned(),
        redirect_uri: Some(REDIRECT.to_owned()),
        code_verifier: Some(VERIFIER.to_owned()),
        resources: strings(asked),
        details: None,
        playground_run: None,
    };
    let client = client(tenant, "my-app");
    let plan = authorization_code::decide(tenant, &client, &request, &row, Some(&john()), None, NOW);
    let plan = plan.map_err(|denied| denied.error().code)?;
    let refresh = plan.refresh_token.expect("a refresh token").data;
    assert_eq!(refresh.resources, strings(held), "the grant is as it was");
    Ok((plan.scopes, plan.access_token.data.audience, refresh.scopes))
}

#[test]
fn a_token_can_be_for_fewer_than_the_grant() {
    let tenant = tenant();
    let all = strings(&["openid", "library-api-checked-books", "rooms-api"]);
    assert_eq!(redeem(&tenant, &[], &[]), Ok((all.clone(), strings(&["library-api", "rooms-api"]), all.clone())));
    let rooms = strings(&["openid", "rooms-api"]);
    for held in [&[][..], &[ROOMS], &[BOOKS, ROOMS]] {
        assert_eq!(redeem(&tenant, held, &[ROOMS]), Ok((rooms.clone(), strings(&[ROOMS]), all.clone())), "{held:?}");
    }
    assert_eq!(redeem(&tenant, &[ROOMS], &[]), Ok((rooms, strings(&[ROOMS]), all.clone())));
    assert_eq!(redeem(&tenant, &[BOOKS], &[ROOMS]), Err(ErrorCode::InvalidTarget));
    assert_eq!(redeem(&tenant, &[], &["https://unknown.example"]), Err(ErrorCode::InvalidTarget));
    // An indicator that was taken away since takes its scopes with it.
    let gone = redeem(&tenant, &["https://gone.example"], &[]);
    assert_eq!(gone, Ok((strings(&["openid"]), strings(&[ISSUER]), all)));
    let mut bare = refresh_row();
    (bare.data.scopes, bare.data.resources) = (strings(&["rooms-api"]), strings(&["https://gone.example"]));
    let request =
        refresh_token::Request { refresh_token: "r".to_owned(), scope: None, resources: Vec::new(), details: None };
    let client = client(&tenant, "my-app");
    let nothing = refresh_token::decide(&tenant, &client, &request, &bare, Some(&john()), None, NOW);
    assert_eq!(nothing.expect_err("refused").error().code, ErrorCode::InvalidTarget);
}

#[test]
fn a_refresh_never_leaves_the_grant() {
    let tenant = tenant();
    let refresh = |held: &[&str], asked: &[&str], scope: Option<&str>| {
        let mut row = refresh_row();
        row.data.resources = strings(held);
        let request = refresh_token::Request {
            refresh_token: "r".to_owned(),
            scope: scope.map(str::to_owned),
            resources: strings(asked),
            details: None,
        };
        let client = client(&tenant, "my-app");
        let decided = refresh_token::decide(&tenant, &client, &request, &row, Some(&john()), None, NOW);
        decided.map(|decided| decided.plan.access_token.data.audience).map_err(|denied| denied.error().code)
    };
    assert_eq!(refresh(&[BOOKS, ROOMS], &[BOOKS], None), Ok(strings(&[BOOKS])));
    assert_eq!(refresh(&[BOOKS, ROOMS], &[], None), Ok(strings(&[BOOKS, ROOMS])));
    assert_eq!(refresh(&[BOOKS], &[ROOMS], None), Err(ErrorCode::InvalidTarget));
    assert_eq!(refresh(&[], &[ROOMS], Some("library-api-checked-books")), Err(ErrorCode::InvalidTarget));
}

#[test]
fn an_application_acts_for_itself_at_one_api() {
    let tenant = tenant();
    let issue = |scope: Option<&str>, resources: &[&str]| {
        let request = client_credentials::Request {
            scope: scope.map(str::to_owned),
            resources: strings(resources),
            details: None,
        };
        let plan = client_credentials::decide(&tenant, &client(&tenant, "my-app"), &request, NOW);
        plan.map(|plan| (plan.scopes, plan.access_token.data.audience)).map_err(|error| error.code)
    };
    assert_eq!(issue(None, &[ROOMS]), Ok((strings(&["rooms-api"]), strings(&[ROOMS]))));
    let one = strings(&["library-api-checked-books"]);
    assert_eq!(issue(Some("library-api-checked-books rooms-api"), &[BOOKS]), Ok((one, strings(&[BOOKS]))));
    assert_eq!(issue(Some("rooms-api"), &[BOOKS]), Err(ErrorCode::InvalidTarget));
    assert_eq!(issue(None, &["https://unknown.example"]), Err(ErrorCode::InvalidTarget));
}

#[test]
fn the_api_finds_itself_by_either_name() {
    let tenant = tenant();
    let rooms = tenant.connection("rooms-api").expect("there");
    let told = |audience: &str, scopes: &[&str]| {
        let token = AccessTokenData {
            client_id: "my-app".to_owned(),
            user_id: Some(JOHN.to_owned()),
            audience: strings(&[audience]),
            scopes: strings(scopes),
            expires_at: NOW + 60,
            ..AccessTokenData::default()
        };
        let answer = introspection::answer(&tenant, rooms, Some(&token), None, Some(&john()), NOW);
        answer["aud"].clone()
    };
    assert_eq!(told("rooms-api", &["openid"]), json!("rooms-api"));
    assert_eq!(told(ROOMS, &["rooms-api"]), json!(ROOMS));
    assert_eq!(told(BOOKS, &["rooms-api"]), json!(null));
    // An indicator that was another's when the token was issued.
    assert_eq!(told(ROOMS, &["library-api-checked-books"]), json!(null));
}
