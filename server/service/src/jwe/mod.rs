//! What only its receiver can read: JSON Web Encryption (RFC 7516), in compact serialization. Tessera encrypts; it
//! decrypts nothing.

mod content;
mod key;
mod recipient;

pub(crate) use recipient::Recipient;

use model::spec::Encryption;
use serde_json::{Value, json};

use self::key::ContentKey;
use crate::crypto::base64url;
use crate::error::Result;
use crate::random::Random;

/// What the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A signed JWT. RFC 7519 section 5.2: "In the case that nested signing or encryption is employed, this Header Parameter
    /// MUST be present; in this case, the value MUST be "JWT"".
    Jwt,
    /// Claims as JSON.
    Claims,
}

/// Puts a message together (RFC 7516 section 5.1). Nothing is compressed: how long what was compressed is would tell of what
/// is in it (RFC 8725 section 3.6).
fn compact(
    encryption: Encryption,
    kid: Option<&str>,
    key: &ContentKey,
    (content, plain): (Content, &[u8]),
    random: &Random,
) -> Result<String> {
    let mut header = json!({ "alg": encryption.alg.as_str(), "enc": encryption.enc.as_str() });
    if let Some(kid) = kid {
        header["kid"] = Value::from(kid);
    }
    if let Some(epk) = &key.epk {
        header["epk"] = epk.clone();
    }
    if content == Content::Jwt {
        header["cty"] = Value::from("JWT");
    }
    let header = base64url(header.to_string().as_bytes());
    let sealed = content::seal(encryption.enc, &key.key, header.as_bytes(), plain, random)?;
    let parts = [&key.encrypted, &sealed.iv, &sealed.ciphertext, &sealed.tag].map(|part| base64url(part));
    Ok(format!("{header}.{}", parts.join(".")))
}
