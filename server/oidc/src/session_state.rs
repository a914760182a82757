//! What tells an application that the sign-in in its browser is no longer the one it got an answer from (OpenID
//! Connect Session Management 1.0 section 2). The other half is the script of the frame at
//! [`crate::endpoint::CHECK_SESSION`], which computes the same.

use crate::authorize::Redirection;
use crate::digest::{sha256_base64url, sha256_hex};

/// What a browser keeps of its sign-in where scripts can read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserState(Option<String>);

impl BrowserState {
    /// Of a session, by the SHA-256 of its cookie. A hash of 256 random bits under a label of its own: it leads
    /// neither to the cookie nor to the session's row or `sid`, and is another one as soon as the cookie is.
    pub fn of_session(hash_hex: &str) -> Self {
        Self(Some(sha256_base64url(format!("tessera browser state {hash_hex}").as_bytes())))
    }

    /// The same, by the cookie itself.
    pub fn of_cookie(cookie: &str) -> Self {
        Self::of_session(&sha256_hex(cookie.as_bytes()))
    }

    /// Nobody is signed in.
    pub fn nobody() -> Self {
        Self(None)
    }

    /// The cookie's value; none where nobody is signed in.
    pub fn value(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// `session_state`: "based on a salted cryptographic hash of Client ID, origin URL, and OP User Agent state". The
/// origin is that of the redirect URI. `None` where no page receives the answer, so that no script could ask.
pub fn session_state(client_id: &str, to: &Redirection, state: &BrowserState, salt: &str) -> Option<String> {
    let origin = to.redirect_uri.origin()?;
    let state = state.value().unwrap_or_default();
    Some(format!("{}.{salt}", sha256_hex(format!("{client_id} {origin} {state} {salt}").as_bytes())))
}
