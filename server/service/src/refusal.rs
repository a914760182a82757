//! What the database refuses, as an error at the field of the form that caused it.

use model::{FieldErrors, Problem};
use store::{Constraint, NameKind};

use crate::error::{Error, Result};

/// Which field a refusal of the database belongs to.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// A name or value that another object bears already.
    Taken(Constraint, &'static str),
    /// A name that nothing bears.
    Unknown(NameKind, &'static str),
}

/// Turns refusals of the database into errors at fields.
pub(crate) trait Refusal<T> {
    /// A refusal that has a place becomes `taken` or `unknown` there; any other error stays.
    fn at(self, places: &[Place]) -> Result<T>;
}

impl<T> Refusal<T> for store::Result<T> {
    fn at(self, places: &[Place]) -> Result<T> {
        self.map_err(|error| {
            let found = places.iter().find_map(|place| match (place, &error) {
                (Place::Taken(constraint, field), store::Error::Unique(broken)) if constraint == broken => {
                    Some(Error::field(field, Problem::new("taken")))
                }
                (Place::Unknown(kind, field), store::Error::UnknownName { kind: missing, name }) if kind == missing => {
                    Some(Error::field(field, unknown(name)))
                }
                _ => None,
            });
            found.unwrap_or_else(|| error.into())
        })
    }
}

/// A name that nothing bears.
pub(crate) fn unknown(name: &str) -> Problem {
    Problem::new("unknown").with("name", name)
}

/// Notes `immutable` at a field that must keep its value.
pub(crate) fn immutable<T: PartialEq>(errors: &mut FieldErrors, field: &str, before: &T, after: &T) {
    if before != after {
        errors.add(field, Problem::new("immutable"));
    }
}
