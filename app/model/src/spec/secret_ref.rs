//! Where an `apply` file says a secret is to be found: `value:…`, `env:NAME` or `file:PATH`.

use serde::{Deserialize, Serialize};

/// Fewest bytes of a secret that somebody chose.
pub const MIN_SECRET_BYTES: usize = 32;

/// A reference to a secret. Its `Debug` never shows a value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SecretRef {
    /// The secret itself.
    Value(String),
    /// Name of an environment variable.
    Env(String),
    /// Path of a file whose content, without the final line break, is the secret.
    File(String),
}

impl TryFrom<String> for SecretRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("value", v)) if !v.is_empty() => Ok(Self::Value(v.to_owned())),
            Some(("env", v)) if !v.is_empty() => Ok(Self::Env(v.to_owned())),
            Some(("file", v)) if !v.is_empty() => Ok(Self::File(v.to_owned())),
            // The text itself may be a secret: it is not repeated.
            _ => Err("a secret is written as value:…, env:NAME or file:PATH".to_owned()),
        }
    }
}

impl From<SecretRef> for String {
    fn from(secret: SecretRef) -> Self {
        match secret {
            SecretRef::Value(v) => format!("value:{v}"),
            SecretRef::Env(v) => format!("env:{v}"),
            SecretRef::File(v) => format!("file:{v}"),
        }
    }
}

impl std::fmt::Debug for SecretRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(_) => f.write_str("value:[hidden]"),
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{path}"),
        }
    }
}
