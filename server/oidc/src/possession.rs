//! May this access token be used by whoever presents it? A bound one only with a proof of its key (RFC 9449
//! section 7).

use crate::bearer::PresentedToken;
use crate::dpop::{self, Proof};
use crate::error::{ErrorCode, OAuthError};
use crate::grant::AccessTokenData;

/// Checks the way in which a living access token was presented. `proof` is the one of the request.
///
/// # Errors
/// `invalid_token` for a bound token that came as if it were none, and the reverse; `invalid_dpop_proof` for a missing
/// proof and for one of another key.
pub fn check(presented: &PresentedToken, token: &AccessTokenData, proof: Option<&Proof>) -> Result<(), OAuthError> {
    let invalid = |text: &'static str| Err(OAuthError::new(ErrorCode::InvalidToken, text));
    match (&token.jkt, presented.with_proof) {
        (None, false) => Ok(()),
        // Section 7.2: "resource servers MUST NOT accept a DPoP-bound access token as a bearer token".
        (Some(_), false) => invalid("the access token is bound to a key: present it with the scheme DPoP and a proof"),
        (None, true) => invalid("the access token is bound to no key"),
        (Some(jkt), true) => dpop::same_key(proof.map(|proof| proof.jkt.as_str()), Some(jkt)),
    }
}
