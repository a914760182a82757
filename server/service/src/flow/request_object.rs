//! What an application signed (RFC 9101), when the browser brings it or says where it is.

use oidc::authorize::Refusal;
use oidc::authorize::request_object::{self, Opened, Passed};
use oidc::params::Params;

use crate::ctx::Ctx;
use crate::request_objects;
use crate::snapshot::Snapshot;

/// The request object of a request, opened; nothing where it has none.
pub(super) async fn take(ctx: &Ctx, snap: &Snapshot, params: &Params) -> Result<Option<Opened>, Refusal> {
    if matches!(request_object::passed(params), Ok(None)) {
        return Ok(None);
    }
    let application = request_object::application(&snap.tenant, params)?;
    let opened = async {
        match request_object::passed(params)? {
            None => Ok(None),
            Some(Passed::Value(object)) => request_objects::open(ctx, snap, application, object).await.map(Some),
            Some(Passed::Reference(uri)) => {
                let object = request_objects::fetch(ctx, snap, application, uri).await?;
                request_objects::open(ctx, snap, application, object.trim()).await.map(Some)
            }
        }
    };
    opened.await.map_err(|error| request_object::refuse(application, params, error))
}
