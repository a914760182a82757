//! Software statements (RFC 7591 section 2.3): what an issuer that the subscription trusts says of a piece of software,
//! the same for every copy of it.

use serde_json::{Map, Value};

use crate::endpoint;
use crate::error::{ErrorCode, OAuthError};
use crate::jose::{CheckSignature, PublicKey, Signed, Times};
use crate::tenant::{Tenant, TrustedIssuer};

/// Its name among the metadata, and in the answer.
pub const MEMBER: &str = "software_statement";

/// Members of a JWT that say something of the statement, and nothing of the software (RFC 7519 section 4.1).
const OF_THE_JWT: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// The statement among metadata, as it came.
///
/// # Errors
/// `invalid_software_statement` for what is no text.
pub fn sent(metadata: &Map<String, Value>) -> Result<Option<&str>, OAuthError> {
    match metadata.get(MEMBER) {
        // RFC 7592 section 2.2: "omitted fields MUST be treated as null or empty values".
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid("it must be a string")),
    }
}

/// Where the rules want a statement, and none came.
pub fn missing() -> OAuthError {
    unapproved("who registers here brings a software statement")
}

/// The issuer of a statement, if the subscription approves of its statements; and the name that the statement gives its key.
/// Neither is to be believed before the signature was checked.
///
/// # Errors
/// `unapproved_software_statement`: section 3.2.2, "The software statement presented is not approved for use by this
/// authorization server." `invalid_software_statement` for what is no JWT.
pub fn issuer<'t>(tenant: &'t Tenant, statement: &str) -> Result<(&'t TrustedIssuer, Option<String>), OAuthError> {
    let signed = parse(statement)?;
    // Section 2.3: the statement "MUST contain an 'iss' (issuer) claim denoting the party attesting to the claims". What we
    // sign ourselves is none.
    let claimed = signed.text("iss").filter(|claimed| *claimed != tenant.issuer());
    let known = claimed.and_then(|claimed| tenant.trusted_issuer(claimed));
    let known = known.filter(|one| one.spec().software_statements);
    Ok((known.ok_or_else(|| unapproved("its issuer's statements are not approved here"))?, signed.kid))
}

/// What a statement is checked with.
pub struct Expected<'a> {
    /// The issuer's keys.
    pub keys: &'a [PublicKey],
    /// The cryptography.
    pub signatures: &'a dyn CheckSignature,
    /// Unix seconds.
    pub now: i64,
}

/// Checks a statement of an issuer.
///
/// # Errors
/// `invalid_software_statement`.
pub fn check(tenant: &Tenant, statement: &str, expected: &Expected<'_>) -> Result<Statement, OAuthError> {
    let signed = parse(statement)?;
    // Section 2.3: "The software statement MUST be digitally signed or MACed". A MAC is none here: a secret that two know
    // would let us make statements, too.
    if !signed.is_signed_by(expected.keys, expected.signatures) {
        return Err(invalid("it is not signed with a key of its issuer"));
    }
    // RFC 8725 section 3.11: an identity token, or whatever else the issuer signs, is no statement.
    if signed.typ.as_deref().is_some_and(|typ| typ != "jwt") {
        return Err(invalid("its typ must be JWT, where it has one"));
    }
    if !signed.payload.get("aud").is_none_or(|aud| is_for(aud, tenant)) {
        return Err(invalid("its aud must be this issuer or its registration endpoint, where it has one"));
    }
    Times::check_open(&signed, expected.now).map_err(|error| invalid(&format!("exp, nbf or iat: {error}")))?;
    let statement = Statement::of(signed);
    // What names no software is some other message of the issuer's. Section 2 leaves the member to us.
    if statement.software_id().is_none() {
        return Err(invalid("it needs a software_id"));
    }
    Ok(statement)
}

/// One of several is enough: statements are for everybody who runs the software.
fn is_for(aud: &Value, tenant: &Tenant) -> bool {
    let endpoint = endpoint::url(tenant.issuer(), endpoint::REGISTER);
    let is_ours = |one: &Value| one.as_str().is_some_and(|one| one == tenant.issuer() || one == endpoint);
    match aud {
        Value::Array(all) => all.iter().any(is_ours),
        one => is_ours(one),
    }
}

/// What a good statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    issuer: String,
    metadata: Map<String, Value>,
}

impl Statement {
    /// One that was found good earlier, with the same text.
    ///
    /// # Errors
    /// `invalid_software_statement` for what is no JWT.
    pub fn kept(statement: &str) -> Result<Self, OAuthError> {
        parse(statement).map(Self::of)
    }

    fn of(signed: Signed<'_>) -> Self {
        let issuer = signed.text("iss").unwrap_or_default().to_owned();
        let mut metadata = signed.payload;
        metadata.retain(|name, _| name != MEMBER && !OF_THE_JWT.contains(&name.as_str()));
        Self { issuer, metadata }
    }

    /// Who says it.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Of which software.
    pub fn software_id(&self) -> Option<&str> {
        self.text("software_id")
    }

    /// Of which version, if that is told.
    pub fn software_version(&self) -> Option<&str> {
        self.text("software_version")
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.metadata.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// Metadata with what the statement says in the place of what was said beside it. Section 2.3: "If the same client
    /// metadata name is present in both locations and the software statement is trusted by the authorization server, the
    /// value of a claim in the software statement MUST take precedence."
    #[must_use]
    pub fn over(&self, beside: &Map<String, Value>) -> Map<String, Value> {
        let mut all = beside.clone();
        // Keys here and keys at an address are one thing said in two ways (section 2).
        if ["jwks", "jwks_uri"].iter().any(|name| self.metadata.contains_key(*name)) {
            all.retain(|name, _| name != "jwks" && name != "jwks_uri");
        }
        all.extend(self.metadata.clone());
        all
    }
}

fn parse(statement: &str) -> Result<Signed<'_>, OAuthError> {
    Signed::parse(statement).map_err(|error| invalid(&format!("it is {error}")))
}

/// Section 3.2.2: "The software statement presented is invalid."
fn invalid(text: &str) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidSoftwareStatement, format!("{MEMBER}: {text}"))
}

fn unapproved(text: &str) -> OAuthError {
    OAuthError::new(ErrorCode::UnapprovedSoftwareStatement, format!("{MEMBER}: {text}"))
}
