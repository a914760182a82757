//! Devices without a browser: RFC 8628.

use model::spec::{ApplicationType, GrantType, RequiredClaim};
use oidc::authorize::{
    self, AnswerTo, AuthorizationRequest, DeviceAnswer, DropReason, Facts, InteractionState, LoginReason, PageError,
    SessionFacts, Step, WaitingDevice,
};
use oidc::claims::Missing;
use oidc::device::{self, DeviceRequest, INTERVAL, LIFETIME, UserCode};
use oidc::error::ErrorCode;
use oidc::grant::NoTokens;
use oidc::grant::device_code;
use oidc::grant::{self, Answered, AnsweredGrant, Denied, TokenPlan, TokenRequest, WaitingRow};
use oidc::{Params, Tenant, UserFacts};
use serde_json::json;

use crate::fixture::{GRANT, ISSUER, JOHN, Library, NOW, SESSION, authentication, client, john, strings, tenant};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

fn params(pairs: &[(&str, &str)]) -> Params {
    Params::from_pairs(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))).expect("reads")
}

fn asked(tenant: &Tenant, scope: &str) -> Result<DeviceRequest, ErrorCode> {
    device::read(tenant, &client(tenant, "my-app"), &params(&[("scope", scope)])).map_err(|error| error.code)
}

// Section 3.1 and 3.2: the device's request.

#[test]
fn scopes_are_treated_as_at_the_authorization_endpoint() {
    let tenant = tenant();
    let request = asked(&tenant, "openid profile address nothing").expect("some are left");
    assert_eq!(request.scopes, strings(&["openid", "profile"]));
    let dropped: Vec<_> = request.dropped.iter().map(|d| (d.scope.as_str(), d.reason)).collect();
    assert_eq!(dropped, [("address", DropReason::NotAllowed), ("nothing", DropReason::Unknown)]);
    assert_eq!(asked(&tenant, "nothing address"), Err(ErrorCode::InvalidScope));
    let without = device::read(&tenant, &client(&tenant, "my-app"), &params(&[]));
    assert_eq!(without.expect_err("no scope").code, ErrorCode::InvalidScope);
}

#[test]
fn the_application_must_be_allowed_the_grant() {
    let tenant = Library::with_website(|w| w.grant_types = vec![GrantType::AuthorizationCode]);
    assert_eq!(asked(&tenant, "openid"), Err(ErrorCode::UnauthorizedClient));
}

#[test]
fn repeated_parameters_are_refused() {
    let tenant = tenant();
    let twice = params(&[("scope", "openid"), ("scope", "profile")]);
    let refused = device::read(&tenant, &client(&tenant, "my-app"), &twice);
    assert_eq!(refused.expect_err("refused").code, ErrorCode::InvalidRequest);
}

#[test]
fn the_answer_leads_to_the_page() {
    let code = UserCode::parse("wdjb mjht").expect("a code");
    let answer = device::response(ISSUER, "secret", &code);
    let page = format!("{ISSUER}/device");
    assert_eq!(
        answer,
        json!({
            "device_code": "secret", "user_code": "WDJB-MJHT", "verification_uri": page,
            "verification_uri_complete": format!("{page}?user_code=WDJB-MJHT"), "expires_in": 600, "interval": 5,
        })
    );
}

// Section 6.1: the user code.

#[test]
fn a_user_code_is_read_however_it_is_typed() {
    for typed in ["WDJB-MJHT", "wdjbmjht", " wdjb  mjht ", "W D J B - M J H T", "wdjb–mjht", "wdjb_mjht."] {
        assert_eq!(UserCode::parse(typed).expect(typed).as_str(), "WDJBMJHT", "{typed}");
    }
    for typed in ["", "WDJB-MJH", "WDJB-MJHTT", "WDJA-MJHT", "WDJB-MJH1", "ＷDJB-MJHT", "WDJB-MJHTÉ"] {
        assert_eq!(UserCode::parse(typed), None, "{typed}");
    }
    assert_eq!(UserCode::parse(&format!("WDJBMJHT{}", " ".repeat(1_000_000))), None, "nobody types that");
}

#[test]
fn a_user_code_is_made_of_the_alphabet_evenly() {
    let all: Vec<u8> = (0..=255).collect();
    let codes: Vec<UserCode> = all.chunks(8).filter_map(UserCode::from_random).collect();
    // Bytes above 239 would make the first letters likelier than the others: they are not used.
    assert_eq!(codes.len(), 30);
    let letters: String = codes.iter().map(UserCode::as_str).collect();
    for letter in "BCDFGHJKLMNPQRSTVWXZ".chars() {
        assert_eq!(letters.matches(letter).count(), 12, "{letter}");
    }
    assert_eq!(UserCode::from_random(&[255; 64]), None);
    assert_eq!(UserCode::from_random(&[0; 8]).map(|code| code.to_string()).as_deref(), Some("BBBB-BBBB"));
}

#[test]
fn codes_are_not_in_debug_output() {
    let code = UserCode::parse("WDJB-MJHT").expect("a code");
    assert!(!format!("{code:?}").contains("WDJB"));
    let request = grant::read(&params(&[("grant_type", GRANT_TYPE), ("device_code", "canary")])).expect("reads");
    assert!(matches!(&request, TokenRequest::DeviceCode(asked) if asked.device_code == "canary"));
    assert!(!format!("{request:?}").contains("canary"));
}

#[test]
fn a_token_request_needs_its_code() {
    let refused = grant::read(&params(&[("grant_type", GRANT_TYPE)])).expect_err("refused");
    assert_eq!(refused.code, ErrorCode::InvalidRequest);
}

// Section 3.3: what the person is asked.

fn to_device() -> AnswerTo {
    AnswerTo::Device(WaitingDevice { device_code_hash: "hash".to_owned(), user_code_sealed: "sealed".to_owned() })
}

fn request(tenant: &Tenant) -> AuthorizationRequest {
    let AnswerTo::Device(device) = to_device() else { panic!() };
    let asked = DeviceRequest {
        scopes: strings(&["openid", "profile"]),
        dropped: Vec::new(),
        authorization_details: Vec::new(),
    };
    AuthorizationRequest::of_device(tenant.application("my-app").expect("there"), asked, device)
}

struct Scene {
    tenant: Tenant,
    state: InteractionState,
    signed_in: bool,
    missing: Missing,
}

impl Scene {
    fn of(tenant: Tenant) -> Self {
        Self { tenant, state: InteractionState::default(), signed_in: true, missing: Missing::default() }
    }

    fn answered(mut self, user_id: &str, connect: bool) -> Self {
        self.state.device = Some(DeviceAnswer { user_id: user_id.to_owned(), connect });
        self
    }

    fn step(&self) -> Step {
        let session =
            SessionFacts { id: SESSION.to_owned(), user_id: JOHN.to_owned(), auth_time: NOW - 100, user_enabled: true };
        let facts = Facts {
            now: NOW,
            state: &self.state,
            session: self.signed_in.then_some(session),
            missing_claims: self.missing.clone(),
            // Agreed to before: it is asked all the same whether the device is one's own.
            consented_scopes: Some(strings(&["openid", "profile"])),
        };
        authorize::next_step(&self.tenant, &request(&self.tenant), &facts)
    }
}

#[test]
fn nothing_is_granted_before_the_person_says_that_the_device_is_theirs() {
    let mut nobody = Scene::of(tenant());
    nobody.signed_in = false;
    assert_eq!(nobody.step(), Step::Login { reason: LoginReason::NoSession });
    assert_eq!(Scene::of(tenant()).step(), Step::Device);
    assert_eq!(Scene::of(tenant()).answered("user-mary", true).step(), Step::Device, "somebody else's answer");
    assert_eq!(Scene::of(tenant()).answered(JOHN, true).step(), Step::Issue);
}

#[test]
fn a_no_is_told_to_the_device() {
    let Step::Refuse(error) = Scene::of(tenant()).answered(JOHN, false).step() else { panic!("not refused") };
    assert_eq!(error.code, ErrorCode::AccessDenied);
}

#[test]
fn required_claims_and_consent_are_asked_after_that() {
    let mut scene = Scene::of(tenant());
    scene.missing = Missing { required: strings(&["library_card"]), skippable: Vec::new() };
    assert_eq!(scene.step(), Step::Device);
    let scene = scene.answered(JOHN, true);
    assert!(matches!(scene.step(), Step::Claims { .. }));
    let mut asking = Scene::of(Library::with_website(|w| w.require_consent = true)).answered(JOHN, true);
    assert_eq!(asking.step(), Step::Issue, "agreed to before");
    asking.state.consent = Some(authorize::ConsentAnswer { user_id: JOHN.to_owned(), granted: false });
    assert!(matches!(asking.step(), Step::Refuse(_)));
}

#[test]
fn it_needs_no_redirect_uri_and_ends_with_the_grant_type_or_the_application() {
    let only = |w: &mut model::spec::ApplicationSpec| {
        w.redirect_uris = Vec::new();
        w.grant_types = vec![GrantType::DeviceCode];
    };
    let tenant = Library::with_website(only);
    assert_eq!(tenant.application("my-app").expect("there").spec().validate(), Ok(()));
    assert_eq!(Scene::of(tenant).answered(JOHN, true).step(), Step::Issue);
    let without = Library::with_website(|w| w.grant_types = vec![GrantType::AuthorizationCode]);
    let Step::Refuse(error) = Scene::of(without).answered(JOHN, true).step() else { panic!("not refused") };
    assert_eq!(error.code, ErrorCode::UnauthorizedClient);
    let disabled = Library::with_website(|w| w.disabled = true);
    assert_eq!(Scene::of(disabled).answered(JOHN, true).step(), Step::Stop(PageError::DisabledApplication));
}

#[test]
fn where_the_answer_goes_survives_the_database() {
    let request = request(&tenant());
    assert_eq!(request.answer_to, to_device());
    assert_eq!(AuthorizationRequest::from_stored(&request.to_stored()).expect("reads"), request);
}

// Sections 3.4 and 3.5: the device's question.

fn granted() -> Answered {
    Answered::Granted(AnsweredGrant {
        grant_id: GRANT.to_owned(),
        authentication: authentication(),
        scopes: strings(&["openid", "profile", "library"]),
        authorization_details: Vec::new(),
        grant_revoked: false,
    })
}

fn row(answered: Answered) -> WaitingRow {
    WaitingRow {
        application_id: "app-1".to_owned(),
        answered,
        interval: INTERVAL,
        polled_at: None,
        expires_at: NOW + LIFETIME,
        consumed: false,
    }
}

fn decide(tenant: &Tenant, row: &WaitingRow, user: Option<&UserFacts>, now: i64) -> Result<TokenPlan, NoTokens> {
    let asked = device_code::Request { device_code: "d".to_owned(), resources: Vec::new(), details: None };
    device_code::decide(tenant, &client(tenant, "my-app"), &asked, row, user, None, now)
}

#[track_caller]
fn refused(result: Result<TokenPlan, NoTokens>) -> ErrorCode {
    match result {
        Err(NoTokens::Denied(Denied::Error(error))) => error.code,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_granted_code_gives_what_the_code_grant_gives() {
    let plan = decide(&tenant(), &row(granted()), Some(&john()), NOW).expect("tokens");
    assert_eq!(plan.grant_id.as_deref(), Some(GRANT));
    assert_eq!(plan.scopes, strings(&["openid", "profile", "library"]));
    let identity = plan.identity_token.expect("with openid");
    assert_eq!((identity.nonce, identity.c_hash), (None, None));
    assert_eq!(identity.claims.get("library_card"), Some(&json!("LC-123456")));
    let refresh = plan.refresh_token.expect("with the grant type");
    assert_eq!((refresh.data.granted_at, refresh.data.scopes), (NOW, plan.scopes));
}

#[test]
fn the_interval_grows_by_five_seconds_each_time() {
    let wait = |polled_at: Option<i64>, interval: i64| {
        let row = WaitingRow { polled_at, interval, ..row(Answered::NotYet) };
        match decide(&tenant(), &row, None, NOW) {
            Err(NoTokens::Wait { error, interval }) => (error.code, interval),
            other => panic!("no waiting: {other:?}"),
        }
    };
    assert_eq!(wait(None, 5), (ErrorCode::AuthorizationPending, 5));
    assert_eq!(wait(Some(NOW - 5), 5), (ErrorCode::AuthorizationPending, 5));
    // Whole seconds and an uneven network make five seconds four.
    assert_eq!(wait(Some(NOW - 4), 5), (ErrorCode::AuthorizationPending, 5));
    assert_eq!(wait(Some(NOW - 3), 5), (ErrorCode::SlowDown, 10));
    assert_eq!(wait(Some(NOW - 5), 10), (ErrorCode::SlowDown, 15));
    assert_eq!(wait(Some(NOW), 15), (ErrorCode::SlowDown, 20));
}

#[test]
fn who_asks_too_early_for_what_is_granted_gets_it() {
    let row = WaitingRow { polled_at: Some(NOW), ..row(granted()) };
    assert!(decide(&tenant(), &row, Some(&john()), NOW).is_ok());
}

#[test]
fn a_code_ends() {
    let tenant = tenant();
    for answered in [Answered::NotYet, Answered::Denied, granted()] {
        let code = refused(decide(&tenant, &row(answered), Some(&john()), NOW + LIFETIME));
        assert_eq!(code, ErrorCode::ExpiredToken);
    }
    assert_eq!(refused(decide(&tenant, &row(Answered::Denied), None, NOW)), ErrorCode::AccessDenied);
}

#[test]
fn a_second_use_is_a_replay() {
    let used = WaitingRow { consumed: true, ..row(granted()) };
    for now in [NOW, NOW + LIFETIME] {
        let again = decide(&tenant(), &used, Some(&john()), now);
        assert!(matches!(again, Err(NoTokens::Denied(Denied::Replay(_)))), "{again:?}");
    }
}

#[test]
fn another_application_learns_nothing() {
    let tenant = tenant();
    let theirs = |row: WaitingRow| WaitingRow { application_id: "app-2".to_owned(), ..row };
    let used = WaitingRow { consumed: true, ..row(granted()) };
    for row in [row(Answered::NotYet), row(Answered::Denied), row(granted()), used] {
        let result = decide(&tenant, &theirs(row), Some(&john()), NOW);
        assert_eq!(result, Err(device_code::unknown().into()));
    }
}

#[test]
fn everything_is_looked_at_again() {
    let (tenant, row) = (tenant(), row(granted()));
    assert_eq!(refused(decide(&tenant, &row, None, NOW)), ErrorCode::InvalidGrant);
    let disabled = UserFacts { enabled: false, ..john() };
    assert_eq!(refused(decide(&tenant, &row, Some(&disabled), NOW)), ErrorCode::InvalidGrant);
    let revoked = WaitingRow {
        answered: match granted() {
            Answered::Granted(granted) => Answered::Granted(AnsweredGrant { grant_revoked: true, ..granted }),
            other => other,
        },
        ..row.clone()
    };
    assert_eq!(refused(decide(&tenant, &revoked, Some(&john()), NOW)), ErrorCode::InvalidGrant);
    let asking = Library::with_website(|w| w.require_consent = true);
    assert_eq!(refused(decide(&asking, &row, Some(&john()), NOW)), ErrorCode::InvalidGrant, "consent");
    let mut without = john();
    without.values.remove("library_card");
    assert_eq!(refused(decide(&tenant, &row, Some(&without), NOW)), ErrorCode::InvalidGrant, "required claims");
    let demanding = Library::with_website(|w| w.required_claims.push(RequiredClaim::enforced("nickname")));
    assert_eq!(refused(decide(&demanding, &row, Some(&john()), NOW)), ErrorCode::InvalidGrant, "since then");
    let other = Library::with_website(|w| w.allowed_identity_scopes = strings(&["email"]));
    assert_eq!(refused(decide(&other, &row, Some(&john()), NOW)), ErrorCode::InvalidScope);
    let fewer = Library::with_website(|w| w.allowed_identity_scopes = strings(&["openid"]));
    assert_eq!(decide(&fewer, &row, Some(&john()), NOW).expect("tokens").scopes, strings(&["openid"]));
    let without = Library::with_website(|w| w.grant_types = vec![GrantType::AuthorizationCode]);
    assert_eq!(refused(decide(&without, &row, Some(&john()), NOW)), ErrorCode::UnauthorizedClient);
}

// What an application may be.

#[test]
fn the_grant_is_for_types_that_can_have_a_device() {
    let checked = |kind| {
        let mut spec = crate::fixture::website();
        (spec.kind, spec.grant_types) = (kind, vec![GrantType::DeviceCode, GrantType::RefreshToken]);
        spec.redirect_uris = Vec::new();
        spec.validate().err().and_then(|errors| errors.of("grant_types").map(|problem| problem.code.clone()))
    };
    for kind in [ApplicationType::Device, ApplicationType::Native, ApplicationType::Web] {
        assert_eq!(checked(kind), None, "{kind:?}");
    }
    for kind in [ApplicationType::SinglePage, ApplicationType::Service] {
        assert_eq!(checked(kind).as_deref(), Some("grant-not-for-type"), "{kind:?}");
    }
}

#[test]
fn the_preview_of_a_device_is_what_it_gets() {
    let tenant = Library::with_website(|w| {
        w.grant_types = vec![GrantType::DeviceCode, GrantType::RefreshToken];
        w.redirect_uris = Vec::new();
    });
    let application = tenant.application("my-app").expect("there");
    let preview = oidc::preview::for_user(&tenant, application, &john(), "openid library nothing", None, NOW);
    let preview = preview.expect("a preview");
    assert_eq!(preview.granted, strings(&["openid", "library"]));
    assert_eq!(preview.dropped.len(), 1);
    let identity = preview.identity_token.expect("with openid").payload;
    assert_eq!(identity.get("library_card"), Some(&json!("LC-123456")));
    let disabled = UserFacts { enabled: false, ..john() };
    assert!(oidc::preview::for_user(&tenant, application, &disabled, "openid", None, NOW).is_err());
}
