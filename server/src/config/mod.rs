//! Settings: a flag, an environment variable or a key of `tessera.toml`, in that order of strength.
//!
//! [`Given`] is what somebody wrote, [`Settings`] what it means once checked.

pub mod file;
pub mod given;
pub mod master_key;
pub mod proxies;
pub mod public_url;
pub mod resolve;
pub mod settings;

pub use given::{Given, Sources};
pub use proxies::TrustedProxies;
pub use settings::{HttpLimits, LogFormat, Settings, TlsFiles};

/// A setting that cannot be used, with how to mend it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The value of one setting. Values are shown only where they cannot hold a secret.
    #[error("{}: {reason}", given::names_of(.key))]
    Setting {
        /// Its key in `tessera.toml`.
        key: &'static str,
        /// What is wrong, and how to mend it.
        reason: String,
    },
    /// `tessera.toml` as a whole.
    #[error("{path}: {reason}")]
    File {
        /// Where it was looked for.
        path: String,
        /// What is wrong, and where.
        reason: String,
    },
}

impl ConfigError {
    /// A refusal of one setting.
    pub fn setting(key: &'static str, reason: impl Into<String>) -> Self {
        Self::Setting { key, reason: reason.into() }
    }
}
