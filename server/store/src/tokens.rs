//! The one question that the hot paths ask about a JWT access token.

use crate::{Conn, Result};

/// Whether a signed, unexpired token still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwtState {
    /// It does.
    Live,
    /// It was revoked itself, its grant was revoked or is gone, or its user is disabled.
    Revoked,
}

/// Asks about a token's own id and its grant (none for client credentials) in one statement.
pub async fn jwt_state(c: &mut Conn, jti: &str, grant_id: Option<&str>) -> Result<JwtState> {
    let (revoked,) = match grant_id {
        None => sql!(c, one(bool,), "SELECT EXISTS (SELECT 1 FROM revoked_tokens WHERE jti = $1) AS revoked", jti)?,
        Some(grant_id) => sql!(
            c,
            one(bool,),
            "SELECT EXISTS (SELECT 1 FROM revoked_tokens WHERE jti = $1)
                OR NOT EXISTS (
                    SELECT 1 FROM grants g LEFT JOIN users u ON u.id = g.user_id
                    WHERE g.id = $2 AND g.revoked_at IS NULL AND u.disabled_at IS NULL) AS revoked",
            jti,
            grant_id
        )?,
    };
    Ok(if revoked { JwtState::Revoked } else { JwtState::Live })
}
