//! `redirect_uri`: one that the application has registered, or for the very request of a run of the
//! console's playground the server's own.

use crate::authorize::{PageError, PlaygroundRun, Refusal};
use crate::error::OAuthError;
use crate::params::Params;
use crate::scope::OPENID;
use crate::tenant::Application;
use crate::verified_uri::VerifiedRedirectUri;

/// The verified URI, and whether the request named it.
pub fn verify(
    application: &Application,
    params: &Params,
    run: Option<&PlaygroundRun<'_>>,
) -> Result<(VerifiedRedirectUri, bool), Refusal> {
    if params.is_repeated("redirect_uri") {
        return Err(PageError::Malformed(OAuthError::invalid_request("parameter redirect_uri is repeated")).into());
    }
    let own = run.filter(|run| run.application_id == application.id()).and_then(|run| {
        let own = [run.redirect_uri.to_owned()];
        VerifiedRedirectUri::verify_exact(&own, params.get("redirect_uri")?)
    });
    if let Some(uri) = own {
        return Ok((uri, true));
    }
    let registered = &application.spec().redirect_uris;
    match params.get("redirect_uri") {
        Some(received) => VerifiedRedirectUri::verify(registered, received)
            .map(|uri| (uri, true))
            .ok_or_else(|| PageError::UnregisteredRedirectUri { received: received.to_owned() }.into()),
        // OpenID Connect Core section 3.1.2.1 requires it; RFC 6749 section 3.1.2.3 lets a plain
        // OAuth request leave it out where there is only one.
        None => match registered.as_slice() {
            // FAPI 2.0 Security Profile section 5.3.2.2: "shall require the redirect_uri parameter in pushed
            // authorization requests".
            [only] if !asks_for_openid(params) && !application.spec().is_fapi() => {
                VerifiedRedirectUri::verify_exact(registered, only)
                    .map(|uri| (uri, false))
                    .ok_or_else(|| PageError::MissingRedirectUri.into())
            }
            _ => Err(PageError::MissingRedirectUri.into()),
        },
    }
}

fn asks_for_openid(params: &Params) -> bool {
    params.all("scope").any(|text| text.split(' ').any(|scope| scope == OPENID))
}
