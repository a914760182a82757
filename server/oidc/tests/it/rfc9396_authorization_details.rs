//! Rich authorization requests: RFC 9396.

use model::spec::{DetailFieldKind, DetailFieldSpec, DetailTypeSpec, Dialect};
use oidc::authorization_details::{self, Detail};
use oidc::authorize::{AuthorizationRequest, Facts, InteractionState, SessionFacts, Step, next_step};
use oidc::grant::{authorization_code, client_credentials};
use oidc::{ErrorCode, Tenant, introspection, token};
use serde_json::{Value, json};

use crate::fixture::{
    JOHN, Library, NOW, REDIRECT, SESSION, VERIFIER, client, code_row, connection, john, redirected, request, strings,
};

const LOAN: &str = r#"{ "type": "loan", "actions": ["borrow"], "book": "Moby Dick" }"#;
const ROOM: &str = r#"{ "type": "room", "seats": 4 }"#;

/// Each API defines a type, and the website may ask for both.
fn tenant_of(dialect: Dialect) -> Tenant {
    let field =
        |name: &str, kind| DetailFieldSpec { name: name.to_owned(), kind, required: true, ..Default::default() };
    let loan = DetailTypeSpec {
        name: "loan".to_owned(),
        actions: strings(&["borrow", "renew"]),
        fields: vec![field("book", DetailFieldKind::String)],
        ..DetailTypeSpec::default()
    };
    let room = DetailTypeSpec {
        name: "room".to_owned(),
        fields: vec![field("seats", DetailFieldKind::Number)],
        ..DetailTypeSpec::default()
    };
    let with = |name: &str, scopes: &[&str], one: DetailTypeSpec| {
        let connection = connection(name, scopes);
        let mut spec = connection.spec().clone();
        spec.authorization_details_types = vec![one];
        let stored = model::Stored { id: connection.id().to_owned(), ..crate::fixture::stored("", spec) };
        oidc::Connection::new(stored, connection.secrets().to_vec())
    };
    let mut library = Library {
        connections: vec![with("library-api", &["library-api-checked-books"], loan), with("rooms-api", &[], room)],
        ..Library::default()
    };
    let website = &mut library.website.stored.spec;
    website.allowed_authorization_details_types = strings(&["loan", "room"]);
    website.dialect = dialect;
    library.open()
}

fn tenant() -> Tenant {
    tenant_of(Dialect::Standard)
}

fn list(details: &[&str]) -> String {
    format!("[{}]", details.join(", "))
}

fn parsed(details: &[&str]) -> Vec<Detail> {
    authorization_details::parse(&list(details)).expect("good")
}

fn asked(tenant: &Tenant, details: &[&str]) -> AuthorizationRequest {
    request(tenant, &[("scope", "openid"), ("authorization_details", &list(details))])
}

#[test]
fn a_request_keeps_them_as_they_came() {
    let tenant = tenant();
    let request = asked(&tenant, &[LOAN, ROOM]);
    assert_eq!(request.authorization_details, parsed(&[LOAN, ROOM]));
    assert_eq!(AuthorizationRequest::from_stored(&request.to_stored()).expect("reads"), request);
    // What stands in them is for nobody's log.
    assert!(!format!("{request:?}").contains("Moby Dick"));
    let lines = format!("[\n\t{LOAN}\n]");
    assert_eq!(oidc::authorization_details::parse(&lines), Ok(parsed(&[LOAN])));
    let request = crate::fixture::request(&tenant, &[("authorization_details", &lines)]);
    assert_eq!(request.authorization_details.len(), 1);
}

#[test]
fn an_unknown_type_and_one_that_is_not_allowed_are_told_alike() {
    let allowed = |types: &[&str]| {
        let tenant = tenant();
        let id = tenant.application("my-app").expect("the website").id().to_owned();
        let mut spec = tenant.application("my-app").expect("the website").spec().clone();
        spec.allowed_authorization_details_types = strings(types);
        tenant.with_application(&id, spec)
    };
    let room = list(&[ROOM]);
    let hall = room.replace("room", "hall");
    let unallowed = redirected(&allowed(&["loan"]), &[("authorization_details", &room)]);
    let unknown = redirected(&allowed(&["loan", "hall"]), &[("authorization_details", &hall)]);
    assert_eq!(unallowed.code, ErrorCode::InvalidAuthorizationDetails);
    assert_eq!(unallowed, unknown);
}

#[test]
fn consent_is_asked_for_whatever_was_agreed_to() {
    let tenant = tenant();
    let state = InteractionState::default();
    let step = |request: &AuthorizationRequest| {
        let facts = Facts {
            now: NOW,
            state: &state,
            session: Some(SessionFacts {
                id: SESSION.to_owned(),
                user_id: JOHN.to_owned(),
                auth_time: NOW - 100,
                user_enabled: true,
            }),
            missing_claims: oidc::claims::Missing::default(),
            consented_scopes: Some(strings(&["openid"])),
        };
        next_step(&tenant, request, &facts)
    };
    assert_eq!(step(&request(&tenant, &[("scope", "openid")])), Step::Issue);
    assert_eq!(step(&asked(&tenant, &[LOAN])), Step::Consent { scopes: strings(&["openid"]) });
}

#[test]
fn a_type_that_is_gone_meanwhile_ends_the_sign_in() {
    let asked = asked(&tenant(), &[LOAN]);
    let state = InteractionState::default();
    let facts = Facts {
        now: NOW,
        state: &state,
        session: None,
        missing_claims: oidc::claims::Missing::default(),
        consented_scopes: None,
    };
    let step = next_step(&crate::fixture::tenant(), &asked, &facts);
    assert!(matches!(step, Step::Refuse(error) if error.code == ErrorCode::InvalidAuthorizationDetails));
}

/// What a code with these details is good for.
fn redeemed(
    tenant: &Tenant,
    scopes: &[&str],
    details: &[&str],
    consented: bool,
) -> Result<oidc::grant::TokenPlan, ErrorCode> {
    let mut row = code_row();
    row.data.scopes = strings(scopes);
    row.data.authorization_details = parsed(details);
    let request = authorization_code::Request {
        code: "c".to_owned(),
        redirect_uri: Some(REDIRECT.to_owned()),
        code_verifier: Some(VERIFIER.to_owned()),
        resources: Vec::new(),
        details: None,
        playground_run: None,
    };
    let agreed = consented.then(|| strings(scopes));
    let client = client(tenant, "my-app");
    authorization_code::decide(tenant, &client, &request, &row, Some(&john()), agreed.as_deref(), NOW)
        .map_err(|denied| denied.error().code)
}

#[test]
fn scopes_and_details_go_together() {
    let tenant = tenant();
    let plan = redeemed(&tenant, &["openid", "library-api"], &[ROOM], true).expect("good");
    assert_eq!(plan.access_token.data.audience, strings(&["library-api", "rooms-api"]));
    assert_eq!(plan.access_token.data.authorization_details, parsed(&[ROOM]));
    let refresh = plan.refresh_token.expect("one").data;
    assert_eq!(refresh.authorization_details, parsed(&[ROOM]));
    // They need an agreement that stands, though the application asks for none.
    assert_eq!(redeemed(&tenant, &["openid"], &[ROOM], false).map(drop), Err(ErrorCode::InvalidGrant));
    assert!(redeemed(&tenant, &["openid"], &[], false).is_ok());
}

#[test]
fn each_api_is_told_its_own() {
    let tenant = tenant();
    let data = redeemed(&tenant, &["openid"], &[LOAN, ROOM], true).expect("good").access_token.data;
    let told = |name: &str| {
        let connection = tenant.connection(name).expect("a connection");
        let answer = introspection::answer(&tenant, connection, Some(&data), None, Some(&john()), NOW);
        answer["authorization_details"].clone()
    };
    let value = |text: &str| json!([serde_json::from_str::<Value>(text).expect("JSON")]);
    assert_eq!((told("library-api"), told("rooms-api")), (value(LOAN), value(ROOM)));
}

#[test]
fn tokens_of_a_fixed_shape_hold_none() {
    for (dialect, held) in [(Dialect::Standard, true), (Dialect::Grantid, false), (Dialect::Connect, false)] {
        let tenant = tenant_of(dialect);
        let plan = redeemed(&tenant, &["openid"], &[LOAN], true).expect("good");
        let application = tenant.application("my-app").expect("the website");
        let payload = token::access_payload(&tenant, application, &plan.access_token, "id");
        assert_eq!(payload.contains_key("authorization_details"), held, "{dialect:?}");
        let connection = tenant.connection("library-api").expect("a connection");
        let told = introspection::answer(&tenant, connection, Some(&plan.access_token.data), None, Some(&john()), NOW);
        assert_eq!(told["authorization_details"][0]["book"], "Moby Dick", "{dialect:?}");
    }
}

#[test]
fn for_itself_an_application_has_no_scope_that_it_does_not_name() {
    let tenant = tenant();
    let decide = |scope: Option<&str>, details: Option<Vec<Detail>>| {
        let request = client_credentials::Request { scope: scope.map(str::to_owned), resources: Vec::new(), details };
        client_credentials::decide(&tenant, &client(&tenant, "my-app"), &request, NOW).map(|plan| plan.scopes)
    };
    assert_eq!(decide(None, Some(parsed(&[ROOM]))), Ok(Vec::new()));
    assert_eq!(decide(Some("library-api"), Some(parsed(&[ROOM]))), Ok(strings(&["library-api"])));
    assert_eq!(decide(None, None).expect("good").len(), 3);
    let bad = decide(None, Some(parsed(&[r#"{ "type": "room" }"#]))).expect_err("refused");
    assert_eq!(bad.code, ErrorCode::InvalidAuthorizationDetails);
}
