//! `private_key_jwt` and `client_secret_jwt`: a message that the application signed with its own key or with its secret
//! (RFC 7523 section 3, OpenID Connect Core section 9).

use serde_json::Value;

use super::AuthMethod;
use crate::error::OAuthError;
use crate::jose::{Alg, CheckSignature, CheckTag, MacAlg, PublicKey, Signed, Times};
use crate::tenant::Application;
use crate::verify::{SKEW, VerifyError};

/// `client_assertion_type` of a JWT (RFC 7523 section 2.2).
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Seconds from now in which an assertion must end: so long its `jti` has to be remembered.
const LONGEST: i64 = 3_600;

/// What an assertion is checked with.
pub struct Expected<'a> {
    /// The application's keys.
    pub keys: &'a [PublicKey],
    /// Whom it is meant for.
    pub issuer: &'a str,
    /// Its names: the issuer, the token endpoint, the endpoint that was called.
    pub audience: &'a [String],
    /// The cryptography.
    pub signatures: &'a dyn CheckSignature,
    /// The same for secrets.
    pub tags: &'a dyn CheckTag,
    /// Unix seconds.
    pub now: i64,
}

/// An assertion that was found good. It counts once: the caller remembers it until its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// `jti`.
    pub id: String,
    /// Unix seconds, from when on it would be refused anyway.
    pub expires_at: i64,
}

/// An assertion, by what it is signed with.
enum Assertion<'a> {
    Key(Signed<'a>),
    Secret(Signed<'a, MacAlg>),
}

impl<'a> Assertion<'a> {
    fn parse(text: &'a str) -> Result<Self, VerifyError> {
        match Signed::parse(text) {
            Err(VerifyError::Algorithm) => Signed::parse_tagged(text).map(Self::Secret),
            parsed => parsed.map(Self::Key),
        }
    }
}

/// What an assertion says of itself. Not to be believed before the signature was checked.
pub(super) struct Claimed {
    /// RFC 7521 section 4.2: "The subject of the assertion identifies the client", and `client_id` need not be sent.
    pub client_id: String,
    /// By what it is signed with.
    pub method: AuthMethod,
}

/// Who an assertion says it is from, and how it is signed.
pub(super) fn claimed(assertion: &str) -> Option<Claimed> {
    let (sub, method) = match Assertion::parse(assertion).ok()? {
        Assertion::Key(signed) => (signed.text("sub")?.to_owned(), AuthMethod::PrivateKeyJwt),
        Assertion::Secret(signed) => (signed.text("sub")?.to_owned(), AuthMethod::ClientSecretJwt),
    };
    Some(Claimed { client_id: sub, method })
}

/// The key that an assertion says it is signed with; `None` too for one that a secret signed.
pub(super) fn claimed_key(assertion: &str) -> Option<String> {
    Signed::parse(assertion).ok()?.kid
}

/// Checks an assertion of an application. With the row id of the secret that signed it, if one did.
///
/// # Errors
/// `invalid_client`, saying which rule was broken to an application that signed with its own key or secret, and nothing
/// to anybody else.
pub(super) fn check<'t>(
    assertion: &str,
    application: &'t Application,
    expected: &Expected<'_>,
) -> Result<(Used, Option<&'t str>), OAuthError> {
    let parsed = Assertion::parse(assertion).map_err(|error| refused(format!("the client assertion is {error}")))?;
    match parsed {
        Assertion::Key(signed) => {
            if application.spec().is_fapi() {
                check_fapi(&signed, expected)?;
            }
            Ok((check_signed(&signed, application.client_id(), expected)?, None))
        }
        Assertion::Secret(signed) => {
            let mut known = application.sealed_secrets(expected.now);
            let Some((id, _)) = known.find(|(_, sealed)| signed.is_tagged_by(sealed, expected.tags)) else {
                if application.sealed_secrets(expected.now).next().is_none() {
                    check_nobodys(assertion, expected);
                }
                return Err(refused(
                    "the client assertion is not signed with a secret of this application that was made since it \
                     authenticates this way",
                ));
            };
            Ok((check_claims(&signed, application.client_id(), expected)?, Some(id)))
        }
    }
}

/// Does for an application that nobody knows, or that authenticates in another way, the work of one with a secret, so
/// that the time of the answer does not tell them apart.
pub(super) fn check_nobodys(assertion: &str, expected: &Expected<'_>) {
    if let Ok(Assertion::Secret(signed)) = Assertion::parse(assertion) {
        // Nothing that is sealed opens to it, so it is nobody's.
        let _never = signed.is_tagged_by("", expected.tags);
    }
}

/// Checks an assertion of an API connection, by its name: only a key of its own signs it.
///
/// # Errors
/// As [`check`].
pub(super) fn check_connections(assertion: &str, name: &str, expected: &Expected<'_>) -> Result<Used, OAuthError> {
    let signed = Signed::parse(assertion).map_err(|error| refused(format!("the client assertion is {error}")))?;
    check_signed(&signed, name, expected)
}

fn check_signed(signed: &Signed<'_>, name: &str, expected: &Expected<'_>) -> Result<Used, OAuthError> {
    if !signed.is_signed_by(expected.keys, expected.signatures) {
        return Err(refused("the client assertion is not signed with a registered key"));
    }
    check_claims(signed, name, expected)
}

fn check_claims<A>(signed: &Signed<'_, A>, client_id: &str, expected: &Expected<'_>) -> Result<Used, OAuthError> {
    // RFC 7523 section 3: the JWT "MUST contain an iss (issuer) claim", and "For client authentication, the subject
    // MUST be the client_id of the OAuth client".
    for name in ["iss", "sub"] {
        if signed.text(name) != Some(client_id) {
            return Err(refused(format!("{name} of the client assertion must be the client_id")));
        }
    }
    if !is_for(signed.payload.get("aud"), expected.audience) {
        return Err(refused("aud of the client assertion must name this issuer or its token endpoint"));
    }
    let times = Times::check(signed, expected.now)
        .map_err(|error| refused(format!("exp, nbf or iat of the client assertion: {error}")))?;
    if times.exp > expected.now + LONGEST {
        return Err(refused("the client assertion must end within an hour"));
    }
    let id = signed.id().ok_or_else(|| refused("the client assertion needs a jti"))?;
    Ok(Used { id: id.to_owned(), expires_at: times.exp + SKEW })
}

/// FAPI 2.0 Security Profile section 5.3.2.1: "shall only accept its issuer identifier value [...] as a string in the
/// aud claim received in client authentication assertions", and section 5.4.1 on algorithms.
fn check_fapi(signed: &Signed, expected: &Expected<'_>) -> Result<(), OAuthError> {
    if !matches!(signed.alg, Alg::Ps256 | Alg::Es256 | Alg::EdDsa | Alg::Ed25519) {
        return Err(refused("the client assertion must be signed with PS256, ES256 or EdDSA"));
    }
    if signed.text("aud") != Some(expected.issuer) {
        return Err(refused("aud of the client assertion must be this issuer, and nothing else"));
    }
    Ok(())
}

/// RFC 7523 section 3: "The authorization server MUST reject any JWT that does not contain its own identity as the
/// intended audience."
fn is_for(aud: Option<&Value>, ours: &[String]) -> bool {
    let is_ours = |value: &Value| value.as_str().is_some_and(|text| ours.iter().any(|one| one == text));
    match aud {
        Some(Value::Array(many)) => many.iter().any(is_ours),
        Some(one) => is_ours(one),
        None => false,
    }
}

fn refused(text: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::invalid_client(text)
}
