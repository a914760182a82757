//! Why a JWT was not accepted. For logs and developers; an answer says only that it was not.

/// The reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Not three parts of canonical base64url holding JSON objects.
    #[error("not a compact JWS")]
    Malformed,
    /// Not on the list, `none` included.
    #[error("the algorithm is not allowed")]
    Algorithm,
    /// RFC 7515 section 4.1.11: extensions that must be understood, and are not.
    #[error("crit is not supported")]
    Critical,
    /// No key of the issuer verifies it.
    #[error("the signature is wrong")]
    Signature,
    /// A token of another kind.
    #[error("a token of another kind")]
    Kind,
    /// A claim is missing or of the wrong JSON type.
    #[error("a claim is missing or of the wrong type")]
    Claims,
    /// Another issuer's.
    #[error("another issuer's token")]
    Issuer,
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// Its time has not come.
    #[error("not valid yet")]
    NotYetValid,
}
