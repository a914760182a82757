//! What comes next in an interaction: OpenID Connect Core sections 3.1.2.1 to 3.1.2.4.

use oidc::authorize::{
    self, BackchannelAnswer, ConsentAnswer, DeviceAnswer, Facts, Hint, InteractionState, LoginReason, PageError,
    SessionFacts, SkippedClaims, Step,
};
use oidc::claims::{Missing, Skippable};
use oidc::{ErrorCode, Tenant};

use crate::fixture::{JOHN, Library, NOW, SESSION, request, strings, tenant};

/// An interaction that began 30 seconds ago, in a browser where John signed in 100 seconds ago.
struct Scene {
    tenant: Tenant,
    changes: Vec<(&'static str, &'static str)>,
    state: InteractionState,
    session: Option<SessionFacts>,
    missing: Missing,
    consented: Option<Vec<String>>,
}

fn scene(changes: &[(&'static str, &'static str)]) -> Scene {
    Scene {
        tenant: tenant(),
        changes: changes.to_vec(),
        state: InteractionState::default(),
        session: Some(session(JOHN, NOW - 100)),
        missing: Missing::default(),
        consented: None,
    }
}

fn session(user_id: &str, auth_time: i64) -> SessionFacts {
    SessionFacts { id: SESSION.to_owned(), user_id: user_id.to_owned(), auth_time, user_enabled: true }
}

impl Scene {
    fn step(&self) -> Step {
        let request = request(&self.tenant, &self.changes);
        let facts = Facts {
            now: NOW,
            state: &self.state,
            session: self.session.clone(),
            missing_claims: self.missing.clone(),
            consented_scopes: self.consented.clone(),
        };
        authorize::next_step(&self.tenant, &request, &facts)
    }

    fn refused(&self) -> ErrorCode {
        match self.step() {
            Step::Refuse(error) => error.code,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// The user signs in through this interaction, 10 seconds after it began.
    fn signed_in_here(mut self) -> Self {
        let user_id = self.session.as_ref().map_or(JOHN.to_owned(), |s| s.user_id.clone());
        self.session = Some(session(&user_id, NOW - 20));
        self.state.signed_in_session = Some(SESSION.to_owned());
        self
    }
}

fn login(reason: LoginReason) -> Step {
    Step::Login { reason }
}

#[test]
fn a_session_is_enough() {
    assert_eq!(scene(&[]).step(), Step::Issue);
}

#[test]
fn without_a_session_or_with_a_disabled_user_one_signs_in() {
    let mut nobody = scene(&[]);
    nobody.session = None;
    assert_eq!(nobody.step(), login(LoginReason::NoSession));
    let mut disabled = scene(&[]);
    disabled.session.as_mut().expect("there").user_enabled = false;
    assert_eq!(disabled.step(), login(LoginReason::NoSession));
}

#[test]
fn prompt_none_answers_by_its_errors() {
    let mut nobody = scene(&[("prompt", "none")]);
    nobody.session = None;
    assert_eq!(nobody.refused(), ErrorCode::LoginRequired);
    let mut claims = scene(&[("prompt", "none")]);
    claims.missing.required = strings(&["library_card"]);
    assert_eq!(claims.refused(), ErrorCode::InteractionRequired);
    let mut consent = scene(&[("prompt", "none")]);
    consent.tenant = Library::with_website(|w| w.require_consent = true);
    assert_eq!(consent.refused(), ErrorCode::ConsentRequired);
    assert_eq!(scene(&[("prompt", "none")]).step(), Step::Issue);
    assert_eq!(scene(&[("prompt", "none"), ("max_age", "10")]).refused(), ErrorCode::LoginRequired);
}

#[test]
fn prompt_login_needs_a_sign_in_through_this_interaction() {
    assert_eq!(scene(&[("prompt", "login")]).step(), login(LoginReason::Prompt));
    // Another tab signed in meanwhile: later, but not through this interaction.
    let mut elsewhere = scene(&[("prompt", "login")]);
    elsewhere.session = Some(session(JOHN, NOW - 5));
    assert_eq!(elsewhere.step(), login(LoginReason::Prompt));
    assert_eq!(scene(&[("prompt", "login")]).signed_in_here().step(), Step::Issue);
}

#[test]
fn max_age_looks_at_the_last_sign_in() {
    assert_eq!(scene(&[("max_age", "10000")]).step(), Step::Issue);
    assert_eq!(scene(&[("max_age", "100")]).step(), Step::Issue);
    assert_eq!(scene(&[("max_age", "99")]).step(), login(LoginReason::MaxAge));
    // A sign-in through this interaction satisfies max_age for as long as the pages after it take.
    assert_eq!(scene(&[("max_age", "1")]).signed_in_here().step(), Step::Issue);
    assert_eq!(scene(&[("max_age", "0")]).signed_in_here().step(), Step::Issue);
    let mut idle = scene(&[("max_age", "60")]).signed_in_here();
    idle.session.as_mut().expect("there").auth_time = NOW - 301;
    assert_eq!(idle.step(), login(LoginReason::MaxAge), "not for as long as the interaction lives");
    let mut patient = scene(&[("max_age", "1000")]).signed_in_here();
    patient.session.as_mut().expect("there").auth_time = NOW - 900;
    assert_eq!(patient.step(), Step::Issue);
}

#[test]
fn max_age_zero_is_prompt_login() {
    let mut this_second = scene(&[("max_age", "0")]);
    this_second.session = Some(session(JOHN, NOW));
    assert_eq!(this_second.step(), login(LoginReason::MaxAge));
    assert_eq!(this_second.signed_in_here().step(), Step::Issue);
}

#[test]
fn prompt_create_registers_first_where_registration_is_open() {
    assert_eq!(scene(&[("prompt", "create")]).step(), Step::Register);
    assert_eq!(scene(&[("prompt", "create")]).signed_in_here().step(), Step::Issue);
    let mut closed = scene(&[("prompt", "create")]);
    closed.tenant = Library::with_website(|w| w.allow_registration = false);
    assert_eq!(closed.step(), Step::Issue);
    closed.session = None;
    assert_eq!(closed.step(), login(LoginReason::NoSession));
}

#[test]
fn prompt_select_account_asks_who() {
    let mut scene = scene(&[("prompt", "select_account")]);
    assert_eq!(scene.step(), Step::SelectAccount);
    scene.state.confirmed_user = Some("user-mary".to_owned());
    assert_eq!(scene.step(), Step::SelectAccount);
    scene.state.confirmed_user = Some(JOHN.to_owned());
    assert_eq!(scene.step(), Step::Issue);
}

#[test]
fn id_token_hint_names_the_user_expected() {
    let mut mary = scene(&[]);
    mary.state.hint = Hint::Subject { sub: "user-mary".to_owned() };
    assert_eq!(mary.step(), login(LoginReason::OtherUser));
    assert_eq!(mary.signed_in_here().refused(), ErrorCode::LoginRequired);
    let mut silent = scene(&[("prompt", "none")]);
    silent.state.hint = Hint::Subject { sub: "user-mary".to_owned() };
    assert_eq!(silent.refused(), ErrorCode::LoginRequired);
    silent.state.hint = Hint::Subject { sub: JOHN.to_owned() };
    assert_eq!(silent.step(), Step::Issue);
    silent.state.hint = Hint::Invalid;
    assert_eq!(silent.refused(), ErrorCode::InvalidRequest);
}

#[test]
fn the_claims_parameter_may_name_the_user_expected() {
    let scene = scene(&[("claims", r#"{"id_token":{"sub":{"value":"user-mary"}}}"#)]);
    assert_eq!(scene.step(), login(LoginReason::OtherUser));
}

#[test]
fn missing_claims_come_after_sign_in_and_before_consent() {
    let mut scene = scene(&[("prompt", "login consent")]);
    scene.missing.required = strings(&["library_card"]);
    assert_eq!(scene.step(), login(LoginReason::Prompt));
    let mut scene = scene.signed_in_here();
    assert_eq!(scene.step(), Step::Claims { missing: strings(&["library_card"]), skippable: Vec::new() });
    scene.missing = Missing::default();
    assert!(matches!(scene.step(), Step::Consent { .. }));
}

fn skippable(claim: &str) -> Skippable {
    Skippable { claim: claim.to_owned(), until: "2030-01-31".to_owned() }
}

#[test]
fn what_can_be_skipped_is_asked_for_until_it_was() {
    let mut scene = scene(&[]);
    scene.missing.skippable = vec![skippable("birthdate"), skippable("gender")];
    let skipped =
        |user: &str, claims: &[&str]| Some(SkippedClaims { user_id: user.to_owned(), claims: strings(claims) });
    let asked = |scene: &Scene| match scene.step() {
        Step::Claims { missing, skippable } if missing.is_empty() => skippable.into_iter().map(|s| s.claim).collect(),
        _ => Vec::new(),
    };
    assert_eq!(asked(&scene), ["birthdate", "gender"]);
    scene.state.skipped = skipped("user-mary", &["birthdate", "gender"]);
    assert_eq!(asked(&scene), ["birthdate", "gender"], "somebody else left them out");
    scene.state.skipped = skipped(JOHN, &["birthdate"]);
    assert_eq!(asked(&scene), ["gender"], "this one was not offered");
    scene.state.skipped = skipped(JOHN, &["birthdate", "gender"]);
    assert_eq!(scene.step(), Step::Issue);
    // What was skipped a moment ago, and is enforced now.
    scene.missing = Missing { required: strings(&["birthdate"]), skippable: Vec::new() };
    assert!(matches!(scene.step(), Step::Claims { .. }));
}

#[test]
fn what_can_be_skipped_needs_no_page() {
    let mut scene = scene(&[("prompt", "none")]);
    scene.missing.skippable = vec![skippable("birthdate")];
    assert_eq!(scene.step(), Step::Issue);
    scene.missing.required = strings(&["gender"]);
    assert_eq!(scene.refused(), ErrorCode::InteractionRequired);
}

#[test]
fn consent_is_asked_until_it_covers_the_scopes() {
    let mut scene = scene(&[("scope", "openid profile")]);
    scene.tenant = Library::with_website(|w| w.require_consent = true);
    assert_eq!(scene.step(), Step::Consent { scopes: strings(&["openid", "profile"]) });
    scene.consented = Some(strings(&["openid"]));
    assert!(matches!(scene.step(), Step::Consent { .. }));
    scene.consented = Some(strings(&["profile", "openid", "email"]));
    assert_eq!(scene.step(), Step::Issue);
}

#[test]
fn prompt_consent_asks_again() {
    let mut scene = scene(&[("prompt", "consent"), ("scope", "openid")]);
    scene.consented = Some(strings(&["openid"]));
    assert!(matches!(scene.step(), Step::Consent { .. }));
    scene.state.consent = Some(ConsentAnswer { user_id: JOHN.to_owned(), granted: true });
    assert_eq!(scene.step(), Step::Issue);
}

#[test]
fn an_answer_counts_for_the_user_who_gave_it() {
    let mut scene = scene(&[("prompt", "consent")]);
    scene.state.consent = Some(ConsentAnswer { user_id: "user-mary".to_owned(), granted: true });
    assert!(matches!(scene.step(), Step::Consent { .. }));
    scene.state.consent = Some(ConsentAnswer { user_id: JOHN.to_owned(), granted: false });
    assert_eq!(scene.refused(), ErrorCode::AccessDenied);
}

#[test]
fn what_changed_meanwhile_is_seen() {
    let scene = scene(&[]);
    let request = request(&scene.tenant, &[]);
    let facts = |tenant: &Tenant| {
        let state = InteractionState::default();
        let facts = Facts {
            now: NOW,
            state: &state,
            session: scene.session.clone(),
            missing_claims: Missing::default(),
            consented_scopes: None,
        };
        match authorize::next_step(tenant, &request, &facts) {
            Step::Stop(page) => page,
            other => panic!("not a page: {other:?}"),
        }
    };
    assert_eq!(facts(&Library::with_website(|w| w.disabled = true)), PageError::DisabledApplication);
    let moved = Library::with_website(|w| w.redirect_uris = strings(&["https://other.example/"]));
    assert!(matches!(facts(&moved), PageError::UnregisteredRedirectUri { .. }));
    let mut closed = Library::default();
    closed.settings.disabled_at = Some(NOW);
    assert_eq!(facts(&closed.open()), PageError::DisabledSubscription);
}

#[test]
fn state_survives_its_storage() {
    let state = InteractionState {
        signed_in_session: Some("s".to_owned()),
        confirmed_user: None,
        consent: Some(ConsentAnswer { user_id: "u".to_owned(), granted: true }),
        device: Some(DeviceAnswer { user_id: "u".to_owned(), connect: true }),
        backchannel: Some(BackchannelAnswer { user_id: "u".to_owned(), allow: true }),
        skipped: Some(SkippedClaims { user_id: "u".to_owned(), claims: strings(&["birthdate"]) }),
        hint: Hint::Subject { sub: "u".to_owned() },
    };
    let json = serde_json::to_string(&state).expect("writes");
    assert_eq!(serde_json::from_str::<InteractionState>(&json).expect("reads"), state);
    assert_eq!(serde_json::from_str::<InteractionState>("{}").expect("reads"), InteractionState::default());
}

#[test]
fn a_native_application_that_anybody_could_be_asks() {
    let native = |uri: &'static str| {
        let mut scene = scene(&[("redirect_uri", uri)]);
        scene.tenant = Library::with_website(|w| {
            w.kind = model::spec::ApplicationType::Native;
            w.redirect_uris = strings(&[uri]);
        });
        scene
    };
    // RFC 8252 section 8.6: another program may have claimed the scheme, or listen on the port.
    for uri in ["com.example.app:/callback", "http://127.0.0.1/callback"] {
        assert!(matches!(native(uri).step(), Step::Consent { .. }), "{uri}");
        assert_eq!(native(uri).signed_in_here().step(), Step::Issue, "who has just signed in has said enough");
        let mut agreed = native(uri);
        agreed.state.consent = Some(ConsentAnswer { user_id: JOHN.to_owned(), granted: true });
        assert_eq!(agreed.step(), Step::Issue);
        let mut silent = native(uri);
        silent.changes.push(("prompt", "none"));
        assert_eq!(silent.refused(), ErrorCode::ConsentRequired);
    }
    assert_eq!(native("https://app.example.com/callback").step(), Step::Issue, "only its owner receives that");
}

#[test]
fn claims_asked_for_by_name_need_consent_too() {
    let asked = r#"{"userinfo":{"library_card":null},"id_token":{"email":null}}"#;
    let scene = |consented: &[&str]| {
        let mut scene = scene(&[("scope", "openid"), ("claims", asked)]);
        scene.tenant = Library::with_website(|w| w.require_consent = true);
        scene.consented = Some(strings(consented));
        scene
    };
    let Step::Consent { scopes } = scene(&["openid"]).step() else { panic!("not asked") };
    assert!(scopes.len() > 1 && scopes.contains(&"library".to_owned()) && scopes.contains(&"email".to_owned()));
    let all: Vec<&str> = scopes.iter().map(String::as_str).collect();
    assert_eq!(scene(&all).step(), Step::Issue);
}
