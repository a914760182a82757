//! What the browser of somebody who signs out loads from an application (OpenID Connect Front-Channel Logout 1.0
//! section 2).

use crate::tenant::{Application, Tenant};
use crate::verified_uri;

/// A frame of the signed-out page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutFrame {
    /// What it loads.
    pub url: String,
    /// The one origin that it may load from.
    pub origin: String,
}

/// The frame of an application that got something in this session; `None` where it has no address for one, or is
/// out of use.
pub fn frame(tenant: &Tenant, application: &Application, session_id: &str) -> Option<LogoutFrame> {
    let spec = application.spec();
    let uri = spec.frontchannel_logout_uri.as_deref().filter(|_| application.is_enabled())?;
    let origin = url::Url::parse(uri).ok()?.origin().ascii_serialization();
    // "If either is included, both MUST be."
    let named =
        [("iss", tenant.issuer().to_owned()), ("sid", tenant.session_for(application, session_id).into_owned())];
    let added = if spec.frontchannel_logout_session_required { named.as_slice() } else { &[] };
    Some(LogoutFrame { url: verified_uri::with_query(uri, added), origin })
}
