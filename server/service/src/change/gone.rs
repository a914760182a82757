//! A deleted object, as the log knows it: what its row needs to come back under its old id.

use model::Stored;
use store::revisions::Revision;

use crate::error::{Error, Result};
use crate::revision::{Action, Facts};

/// An object that is not there any more.
#[derive(Clone, Debug)]
pub(crate) struct Gone {
    pub(crate) subscription_id: String,
    pub(crate) object_id: String,
    /// The change that deleted it.
    pub(crate) deleted_by: String,
    /// Nothing, for what was deleted by an older release.
    facts: Option<Facts>,
}

impl Gone {
    /// From the last revision of an object. [`Error::NotFound`] when that is not its end.
    pub(crate) fn of(last: &Revision) -> Result<Self> {
        if last.action != Action::Delete.as_str() {
            return Err(Error::NotFound);
        }
        Ok(Self {
            subscription_id: last.subscription_id.clone().ok_or(Error::NotFound)?,
            object_id: last.object_id.clone(),
            deleted_by: last.change_id.clone().unwrap_or_else(|| last.id.clone()),
            facts: last.facts.as_ref().map(store::JsonText::decode).transpose()?,
        })
    }

    /// The row as it comes back: the same id, and a version that no form of before can carry.
    pub(crate) fn object<T>(&self, now: i64, spec: T) -> Stored<T> {
        // Seconds are above any count of saves.
        let (created_at, version) =
            self.facts.as_ref().map_or((now, now), |facts| (facts.created_at, facts.version + 1));
        Stored { id: self.object_id.clone(), version, created_at, updated_at: now, disabled_at: None, spec }
    }

    /// Its place among its kind, or this one where nobody kept it.
    pub(crate) fn position(&self, otherwise: i64) -> i64 {
        self.facts.as_ref().and_then(|facts| facts.position).unwrap_or(otherwise)
    }

    /// Row id of an API scope's connection.
    pub(crate) fn connection(&self) -> Option<&str> {
        self.facts.as_ref().and_then(|facts| facts.connection.as_deref())
    }

    /// Row ids of the secrets that went with it.
    pub(crate) fn secrets(&self) -> &[String] {
        self.facts.as_ref().map_or(&[], |facts| facts.secrets_gone.as_slice())
    }
}
