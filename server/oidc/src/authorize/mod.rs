//! The authorization endpoint: is the request good, and what comes next.
//!
//! [`validate`] walks one ordered table of checks, a small file each. [`next_step()`] then decides
//! each step from stored state alone. Neither shows a page nor issues anything.

mod answer_to;
mod checks;
mod next_step;
pub mod pushed;
mod refusal;
mod request;
pub mod request_object;
mod state;

pub use answer_to::{AnswerTo, Redirection, WaitingApplication, WaitingDevice};
pub(crate) use checks::scope::select as select_scopes;
pub use next_step::{Facts, LoginReason, SessionFacts, Step, next_step};
pub use refusal::{PageError, Refusal};
pub use request::{
    AuthorizationRequest, DropReason, DroppedScope, PlaygroundRun, Prompt, RequestedClaims, ResponseMode,
};
pub use state::{BackchannelAnswer, ConsentAnswer, DeviceAnswer, Hint, InteractionState, SkippedClaims};

use checks::{Check, Checked};

use crate::params::Params;
use crate::tenant::Tenant;

/// The checks whose failure is told to the application, in their order. Before them come the two
/// whose failure must stay with us, the client and the redirect URI, and how an answer travels, since
/// each later error travels that way.
const CHECKS: &[Check] = &[
    checks::repeated::check,
    checks::pushed::check,
    checks::signed::check,
    checks::unsupported::check,
    checks::response_type::check,
    checks::scope::check,
    checks::authorization_details::check,
    checks::resource::check,
    checks::pkce::check,
    checks::dpop::check,
    checks::prompt::check,
    checks::max_age::check,
    checks::claims::check,
    checks::hints::check,
    checks::identity_token::check,
];

/// Validates a request.
///
/// # Errors
/// [`Refusal::Page`] while client and redirect URI are not sure, [`Refusal::Redirect`] after.
pub fn validate(tenant: &Tenant, params: &Params) -> Result<AuthorizationRequest, Refusal> {
    validate_with(tenant, params, &Origin::Browser)
}

/// How a request came.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// By way of the browser, whose user may have changed it.
    Browser,
    /// By way of the browser, in an object that the application signed (RFC 9101), and whose parameters these are.
    Signed,
    /// The application itself sent it before (RFC 9126).
    Pushed,
    /// It is the one of a run of the console's playground.
    Playground(PlaygroundRun<'a>),
}

/// The same for a request that may have come in another way.
///
/// # Errors
/// As [`validate`].
pub fn validate_with(tenant: &Tenant, params: &Params, origin: &Origin<'_>) -> Result<AuthorizationRequest, Refusal> {
    let run = match origin {
        Origin::Browser | Origin::Signed | Origin::Pushed => None,
        Origin::Playground(run) => Some(run),
    };
    let application = checks::client::find(tenant, params)?;
    let (redirect_uri, redirect_uri_given) = checks::redirect_uri::verify(application, params, run)?;
    let state = params.get("state").map(str::to_owned);
    let response_type = checks::response_type::read(params);
    let response_mode = ResponseMode::usual(response_type);
    let mut to = Redirection { redirect_uri, redirect_uri_given, response_mode, state };
    to.response_mode = checks::response_mode::read(params, response_type, &to.redirect_uri)
        .map_err(|error| Refusal::Redirect { to: to.clone(), error })?;
    let mut request = AuthorizationRequest::begin(application, AnswerTo::Browser(to.clone()));
    request.playground_run =
        run.filter(|run| run.redirect_uri == to.redirect_uri.as_str()).map(|run| run.id.to_owned());
    let context = Checked { tenant, application, params, origin };
    for check in CHECKS {
        check(&context, &mut request).map_err(|error| Refusal::Redirect { to: to.clone(), error })?;
    }
    Ok(request)
}
