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

/// The same of a message that need not end.
#[derive(Clone, Copy, Debug, Deserialize)]
struct OpenTimes {
    exp: Option<i64>,
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
        let times: Self = read(signed)?;
        times.look(now)?;
        Ok(times)
    }

    /// The same of a message that need not end, such as a software statement.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_open<A>(signed: &Signed<'_, A>, now: i64) -> Result<(), VerifyError> {
        let OpenTimes { exp, iat, nbf } = read(signed)?;
        Self { exp: exp.unwrap_or(i64::MAX), iat, nbf }.look(now)
    }

    fn look(self, now: i64) -> Result<(), VerifyError> {
        if self.exp.saturating_add(SKEW) <= now {
            return Err(VerifyError::Expired);
        }
        if [self.iat, self.nbf].into_iter().flatten().any(|from| from > now + SKEW) {
            return Err(VerifyError::NotYetValid);
        }
        Ok(())
    }
}

fn read<A, T: serde::de::DeserializeOwned>(signed: &Signed<'_, A>) -> Result<T, VerifyError> {
    serde_json::from_value(Value::Object(signed.payload.clone())).map_err(|_| VerifyError::Claims)
}
