//! When a message was made and until when it counts (RFC 7519 section 4.1).

use serde::Deserialize;
use serde_json::Value;

use super::Signed;
use crate::verify::{SKEW, VerifyError};

/// Unix seconds. Whole numbers: a string or a fraction is refused, never skipped.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Times {
    /// It no longer counts from then on.
    pub exp: i64,
    iat: Option<i64>,
    nbf: Option<i64>,
}

impl Times {
    /// Reads `exp`, which must be there, `iat` and `nbf`, and looks whether this is their time. Clocks may differ
    /// by [`SKEW`] seconds.
    ///
    /// # Errors
    /// [`VerifyError::Claims`], [`VerifyError::Expired`] or [`VerifyError::NotYetValid`].
    pub fn check<A>(signed: &Signed<'_, A>, now: i64) -> Result<Self, VerifyError> {
        let times: Self =
            serde_json::from_value(Value::Object(signed.payload.clone())).map_err(|_| VerifyError::Claims)?;
        if times.exp.saturating_add(SKEW) <= now {
            return Err(VerifyError::Expired);
        }
        if [times.iat, times.nbf].into_iter().flatten().any(|from| from > now + SKEW) {
            return Err(VerifyError::NotYetValid);
        }
        Ok(times)
    }
}
