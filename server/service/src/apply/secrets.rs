//! From a reference in the file to the secret: the environment, a file, or the text itself.

use std::collections::BTreeMap;

use model::Problem;
use model::spec::SecretRef;
use model::spec::secret_ref::MIN_SECRET_BYTES;

use super::draft::Draft;
use super::plan::{FieldChange, HIDDEN};
use crate::crypto;

/// Where `env:` and `file:` look.
#[derive(Clone, Default)]
pub enum SecretSource {
    /// The environment and the files of this process.
    #[default]
    Process,
    /// Given values, for `env:` alone.
    Given(BTreeMap<String, String>),
}

impl std::fmt::Debug for SecretSource {
    /// Values stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Process => "Process",
            Self::Given(_) => "Given([hidden])",
        })
    }
}

impl SecretSource {
    /// The text that a reference stands for. `None` for a variable that is not set.
    pub(super) fn read(&self, reference: &SecretRef) -> Result<Option<String>, Problem> {
        match reference {
            SecretRef::Value(text) => Ok(Some(text.clone())),
            SecretRef::Env(name) => Ok(self.variable(name).filter(|text| !text.is_empty())),
            SecretRef::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(Some(text.strip_suffix('\n').map_or(text.as_str(), without_return).to_owned())),
                Err(_) => Err(Problem::new("secret-file").with("path", path)),
            },
        }
    }

    fn variable(&self, name: &str) -> Option<String> {
        match self {
            Self::Process => std::env::var(name).ok(),
            Self::Given(values) => values.get(name).cloned(),
        }
    }
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// Checks a secret that somebody chose.
fn check(secret: &str) -> Result<(), Problem> {
    if secret.len() < MIN_SECRET_BYTES {
        return Err(Problem::new("secret-short").with("min", MIN_SECRET_BYTES));
    }
    Ok(())
}

/// A variable that something new needs and that is not set.
pub(super) fn unset(reference: &SecretRef) -> Problem {
    let name = match reference {
        SecretRef::Env(name) => name.as_str(),
        SecretRef::File(_) | SecretRef::Value(_) => "",
    };
    Problem::new("secret-unset").with("name", name)
}

/// A secret to be written in place of the others.
pub(super) struct SecretWrite {
    /// `client_id`, or the connection's name.
    pub(super) name: String,
    pub(super) secret: String,
}

impl std::fmt::Debug for SecretWrite {
    /// The secret stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretWrite({})", self.name)
    }
}

/// Compares a secret of the file with the live ones (by hash), `None` for a new owner. An unset
/// variable keeps what exists.
pub(super) fn plan(
    draft: &mut Draft<'_>,
    section: &str,
    at: &str,
    name: &str,
    reference: &SecretRef,
    live: Option<&[String]>,
) -> Option<SecretWrite> {
    let at = format!("{at}.secret");
    let secret = match draft.options.secrets.read(reference) {
        Ok(Some(secret)) => secret,
        Ok(None) => {
            if live.is_none() {
                draft.refuse(&at, unset(reference));
            }
            return None;
        }
        Err(problem) => {
            draft.refuse(&at, problem);
            return None;
        }
    };
    if let Err(problem) = check(&secret) {
        draft.refuse(&at, problem);
        return None;
    }
    let live = live.unwrap_or_default();
    if live.contains(&crypto::hash(&secret)) {
        return None;
    }
    let old = (!live.is_empty()).then(|| HIDDEN.to_owned());
    draft.note_field(section, name, FieldChange { name: "secret".to_owned(), old, new: Some(HIDDEN.to_owned()) });
    Some(SecretWrite { name: name.to_owned(), secret })
}
