//! Applications that register themselves (RFC 7591), and manage that (RFC 7592): who may, then the same change as an
//! administrator's.

mod document;
mod gate;
mod manage;
mod pace;
mod register;
mod statement;

pub use document::{ClientDocuments, Ready, ready};
pub(crate) use document::{parse, remove_unused};
pub use manage::{delete, read, update};
pub use pace::Pace;
pub use register::register;

use oidc::bearer::BearerRefusal;
use oidc::endpoint;
use oidc::error::OAuthError;
use serde_json::{Map, Value, json};

use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::incident;
use crate::snapshot::Snapshot;

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The metadata are refused.
    OAuth(OAuthError),
    /// The token is.
    Bearer(BearerRefusal),
    /// Anything else.
    Service(Error),
}

impl From<OAuthError> for Failure {
    fn from(error: OAuthError) -> Self {
        Self::OAuth(error)
    }
}

impl From<BearerRefusal> for Failure {
    fn from(refusal: BearerRefusal) -> Self {
        Self::Bearer(refusal)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(errors) => Self::OAuth(oidc::client_registration::refusal(&errors)),
            other => Self::Service(other),
        }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Service(error.into())
    }
}

/// A request: what came in the header `Authorization`, and who sent it.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    /// Every header of that name.
    pub authorization: Vec<&'a [u8]>,
    /// For the audit log.
    pub client: &'a ClientInfo,
}

/// The body of a request. RFC 7591 section 3.1: "parameters as top-level members of a JSON object".
fn object(body: &[u8]) -> Result<Map<String, Value>, OAuthError> {
    let refused = || OAuthError::new(oidc::ErrorCode::InvalidClientMetadata, "the body must be a JSON object");
    serde_json::from_slice(body).map_err(|_| refused())
}

/// Where an application manages itself.
fn own_address(snap: &Snapshot, client_id: &str) -> String {
    format!("{}/{client_id}", endpoint::url(snap.tenant.issuer(), endpoint::REGISTER))
}

/// Notes a refusal, bounded as all of them are.
async fn refused(ctx: &Ctx, snap: &Snapshot, failure: &Failure, client_id: Option<&str>, sent: &Sent<'_>) {
    let (error, description) = match failure {
        Failure::OAuth(error) => (error.code.as_str(), error.description.as_ref()),
        Failure::Bearer(refusal) => match refusal.error() {
            Some(error) => (error.code.as_str(), error.description.as_ref()),
            None => ("invalid_token", "no token"),
        },
        Failure::Service(_) => return,
    };
    let application = client_id.and_then(|id| snap.tenant.application(id));
    let data = json!({
        "client_id": application.map(oidc::tenant::Application::client_id),
        "error": error,
        "description": description,
        "address": sent.client.address,
    });
    let application_id = application.map(oidc::tenant::Application::id);
    incident::note(ctx, snap, Event { application_id, ..Event::new("registration_refused", data) }).await;
}
