//! The server's own redirect URI: for the request of a run of the console's playground, and nothing else.

use oidc::authorize::{
    self, AuthorizationRequest, Facts, InteractionState, Origin, PageError, PlaygroundRun, Refusal, Step,
};
use oidc::client_auth;
use oidc::grant::{CodeRow, Denied, authorization_code};
use oidc::{ErrorCode, Params};

use crate::fixture::{Library, NOW, VERIFIER, authorize_params, client, code_row, john, redirection, tenant};

const OWN: &str = "https://id.example/console/playground/callback";
const RUN: PlaygroundRun<'_> = PlaygroundRun { id: "run-1", application_id: "app-1", redirect_uri: OWN };

fn asked(redirect_uri: &str) -> Params {
    authorize_params(&[("redirect_uri", redirect_uri)])
}

fn validated(params: &Params, run: Option<&PlaygroundRun<'_>>) -> Result<AuthorizationRequest, Refusal> {
    authorize::validate_with(&tenant(), params, &run.map_or(Origin::Browser, |run| Origin::Playground(*run)))
}

#[test]
fn it_is_nobodys_without_a_run() {
    let unregistered = PageError::UnregisteredRedirectUri { received: OWN.to_owned() };
    let other = PlaygroundRun { application_id: "app-2", ..RUN };
    for run in [None, Some(&other)] {
        assert_eq!(validated(&asked(OWN), run).expect_err("refused"), Refusal::Page(unregistered.clone()));
    }
}

#[test]
fn a_run_may_use_it_to_the_letter() {
    let request = validated(&asked(OWN), Some(&RUN)).expect("accepted");
    let to = redirection(&request);
    assert_eq!((to.redirect_uri.as_str(), to.redirect_uri_given), (OWN, true));
    assert_eq!(request.playground_run.as_deref(), Some("run-1"));
    for other in ["https://id.example/console/playground/callback/", "https://id.example/console/callback"] {
        assert!(matches!(validated(&asked(other), Some(&RUN)), Err(Refusal::Page(_))), "{other}");
    }
}

#[test]
fn a_registered_redirect_uri_makes_no_run() {
    assert_eq!(validated(&authorize_params(&[]), Some(&RUN)).expect("accepted").playground_run, None);
}

#[test]
fn every_other_check_stays() {
    let params = authorize_params(&[("redirect_uri", OWN), ("code_challenge_method", "plain")]);
    let Err(Refusal::Redirect { to, error }) = validated(&params, Some(&RUN)) else { panic!("accepted") };
    assert_eq!((to.redirect_uri.as_str(), error.code), (OWN, ErrorCode::InvalidRequest));
    let disabled = Library::with_website(|website| website.disabled = true);
    let refused = authorize::validate_with(&disabled, &asked(OWN), &Origin::Playground(RUN));
    assert_eq!(refused.expect_err("refused"), Refusal::Page(PageError::DisabledApplication));
    let application = disabled.application("my-app").expect("there");
    assert!(client_auth::vouched(&disabled, application).is_err());
}

#[test]
fn the_way_goes_on_though_nobody_registered_it() {
    let request = validated(&asked(OWN), Some(&RUN)).expect("accepted");
    let stored = AuthorizationRequest::from_stored(&request.to_stored()).expect("reads");
    let facts = Facts {
        now: NOW,
        state: &InteractionState::default(),
        session: None,
        missing_claims: oidc::claims::Missing::default(),
        consented_scopes: None,
    };
    assert!(matches!(authorize::next_step(&tenant(), &stored, &facts), Step::Login { .. }));
}

#[test]
fn its_code_is_unknown_to_the_token_endpoint() {
    let tenant = tenant();
    let mut row = code_row();
    row.data.redirect_uri = OWN.to_owned();
    row.data.playground_run = Some("run-1".to_owned());
    let decide = |row: &CodeRow, run: Option<&str>| {
        let asked = authorization_code::Request {
            code: "c".to_owned(),
            redirect_uri: Some(OWN.to_owned()),
            code_verifier: Some(VERIFIER.to_owned()),
            resources: Vec::new(),
            details: None,
            playground_run: run.map(str::to_owned),
        };
        authorization_code::decide(&tenant, &client(&tenant, "my-app"), &asked, row, Some(&john()), None, NOW)
    };
    for run in [None, Some("run-2")] {
        assert!(matches!(decide(&row, run), Err(Denied::Error(error)) if error.code == ErrorCode::InvalidGrant));
    }
    assert!(decide(&row, Some("run-1")).is_ok());
    // Nor does a run redeem an application's own code.
    row.data.playground_run = None;
    assert!(matches!(decide(&row, Some("run-1")), Err(Denied::Error(_))));
}
