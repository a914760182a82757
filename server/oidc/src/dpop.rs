//! Demonstrating proof of possession (RFC 9449): a token that counts only with a proof of the key it was issued to.

use url::Url;

use crate::digest;
use crate::error::{ErrorCode, OAuthError};
use crate::jose::{CheckSignature, PublicKey, Signed};
use crate::verify::SKEW;

/// `typ` of a proof (section 4.2).
const TYPE: &str = "dpop+jwt";
/// Seconds between the making of a proof and its use.
const LONGEST: i64 = 60;

/// The request that a proof comes with.
pub struct Expected<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// The endpoint, as it is published.
    pub url: &'a str,
    /// The access token of the request, at a protected resource.
    pub access_token: Option<&'a str>,
    /// The cryptography.
    pub signatures: &'a dyn CheckSignature,
    /// Unix seconds.
    pub now: i64,
}

/// A proof that was found good. It counts once: the caller remembers [`Self::id`] until its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Thumbprint of the key (RFC 7638).
    pub jkt: String,
    /// Names the proof among all those of this key and endpoint.
    pub id: String,
    /// The server's nonce, which is for the caller to check.
    pub nonce: Option<String>,
    /// Unix seconds, from when on the proof would be refused anyway.
    pub expires_at: i64,
}

/// The proof of a request, if it has one. `headers` are all of the name `DPoP`.
///
/// # Errors
/// `invalid_dpop_proof`, by the checks of section 4.3 in their order.
pub fn read(headers: &[&[u8]], expected: &Expected<'_>) -> Result<Option<Proof>, OAuthError> {
    match headers {
        [] => Ok(None),
        [one] => {
            let text = std::str::from_utf8(one).map_err(|_| refused("the DPoP header is no JWT"))?;
            check(text, expected).map(Some)
        }
        // "There is not more than one DPoP HTTP request header field."
        _ => Err(refused("more than one DPoP header")),
    }
}

fn check(text: &str, expected: &Expected<'_>) -> Result<Proof, OAuthError> {
    let signed = Signed::parse(text).map_err(|error| refused(format!("the DPoP proof is {error}")))?;
    if signed.typ.as_deref() != Some(TYPE) {
        return Err(refused("typ of the DPoP proof must be dpop+jwt"));
    }
    let jwk = signed.jwk.as_ref().ok_or_else(|| refused("the DPoP proof brings no jwk"))?;
    // "The jwk JOSE Header Parameter does not contain a private key."
    let key = PublicKey::parse(jwk).map_err(|error| refused(format!("jwk of the DPoP proof is {error}")))?;
    let fits = key.fits(signed.alg);
    if !fits || !expected.signatures.verifies(&key, signed.alg, signed.signing_input.as_bytes(), &signed.signature) {
        return Err(refused("the DPoP proof is not signed with the key that it brings"));
    }
    if signed.text("htm") != Some(expected.method) {
        return Err(refused("htm of the DPoP proof is not the method of this request"));
    }
    if !signed.text("htu").is_some_and(|htu| is_same(htu, expected.url)) {
        return Err(refused("htu of the DPoP proof is not this endpoint"));
    }
    let made_at = signed.payload.get("iat").and_then(serde_json::Value::as_i64);
    let made_at = made_at.ok_or_else(|| refused("the DPoP proof needs an iat, a whole number"))?;
    if made_at > expected.now + SKEW || made_at + LONGEST + SKEW <= expected.now {
        return Err(refused("the DPoP proof was not made just now"));
    }
    // "ensure that the value of the ath claim equals the hash of that access token".
    if let Some(token) = expected.access_token
        && signed.text("ath") != Some(&digest::sha256_base64url(token.as_bytes()))
    {
        return Err(refused("ath of the DPoP proof is not the hash of this access token"));
    }
    let jti = signed.id().ok_or_else(|| refused("the DPoP proof needs a jti"))?;
    let jkt = key.thumbprint();
    Ok(Proof {
        id: format!("{jkt} {} {jti}", expected.url),
        jkt,
        nonce: signed.text("nonce").map(str::to_owned),
        expires_at: made_at + LONGEST + SKEW,
    })
}

/// Section 4.3: "The htu claim matches the HTTP URI value for the HTTP request in which the JWT was received, ignoring
/// any query and fragment parts", after normalization.
fn is_same(htu: &str, endpoint: &str) -> bool {
    let bare = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        Some(url)
    };
    bare(htu).is_some_and(|url| Some(url) == bare(endpoint))
}

/// Is the key that came with a request the one that a code or a token is bound to, if it is bound?
///
/// # Errors
/// `invalid_dpop_proof`.
pub fn same_key(proved: Option<&str>, bound_to: Option<&str>) -> Result<(), OAuthError> {
    match (proved, bound_to) {
        (_, None) => Ok(()),
        (None, Some(_)) => Err(missing()),
        (Some(proved), Some(jkt)) if proved == jkt => Ok(()),
        (Some(_), Some(_)) => Err(refused("the DPoP proof is of another key")),
    }
}

/// There is no proof where one is needed.
pub fn missing() -> OAuthError {
    refused("a DPoP proof is required")
}

/// `use_dpop_nonce` (section 8): the answer brings one.
pub fn use_nonce() -> OAuthError {
    OAuthError::new(ErrorCode::UseDpopNonce, "the DPoP proof needs the nonce of this answer")
}

/// A proof that was used before.
pub fn used() -> OAuthError {
    refused("the DPoP proof was used before")
}

fn refused(text: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidDpopProof, text)
}
