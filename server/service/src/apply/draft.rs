//! A plan in the making: what is wrong with the file, what will change, and what to write.

use model::{FieldErrors, Problem};
use serde::Serialize;

use super::Options;
use super::plan::{Change, FieldChange, Kind, fields};
use crate::error::{Error, Result};

/// An object as it stands. Without a version it is one that will be born with its subscription.
#[derive(Clone, Debug)]
pub(super) struct Known<T> {
    pub(super) spec: T,
    pub(super) version: Option<i64>,
}

/// What to do with an object that the file does not list, when pruning.
pub(super) enum Absent<T> {
    /// Make it what it was born as.
    Become(T),
    /// Delete it.
    Delete,
}

/// An object to be written.
#[derive(Clone, Debug)]
pub(super) struct Write<T> {
    /// Where the file says so: `subscriptions[0].claims[1]`.
    pub(super) at: String,
    /// Its name.
    pub(super) name: String,
    pub(super) what: What<T>,
}

/// What to write.
#[derive(Clone, Debug)]
pub(super) enum What<T> {
    Create(T),
    Update {
        after: T,
        version: Option<i64>,
    },
    /// Without a version: one that is born with its subscription.
    Delete {
        version: Option<i64>,
    },
}

/// The draft of one subscription.
pub(super) struct Draft<'a> {
    /// `subscriptions[0]`.
    pub(super) at: String,
    pub(super) slug: String,
    pub(super) options: &'a Options,
    pub(super) errors: FieldErrors,
    pub(super) changes: Vec<Change>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(index: usize, slug: &str, options: &'a Options) -> Self {
        let at = format!("subscriptions[{index}]");
        Self { at, slug: slug.to_owned(), options, errors: FieldErrors::default(), changes: Vec::new() }
    }

    /// Where the file lists an object.
    pub(super) fn item(&self, section: &str, index: usize) -> String {
        format!("{}.{section}[{index}]", self.at)
    }

    /// Notes a problem at a place of the file.
    pub(super) fn refuse(&mut self, at: &str, problem: Problem) {
        self.errors.add(at, problem);
    }

    /// Notes the problems of an object that stands at a place of the file.
    pub(super) fn refuse_all(&mut self, at: &str, errors: FieldErrors) {
        self.errors.0.extend(errors.prefixed(&format!("{at}.")).0);
    }

    /// How a plan names an object of a section.
    fn path(&self, section: &str, name: &str) -> String {
        if section.is_empty() { self.slug.clone() } else { format!("{}/{section}/{name}", self.slug) }
    }

    pub(super) fn note(&mut self, kind: Kind, section: &str, name: &str, fields: Vec<FieldChange>) {
        self.changes.push(Change { kind, path: self.path(section, name), fields });
    }

    /// Adds a field to the change of an object, which may be the only one.
    pub(super) fn note_field(&mut self, section: &str, name: &str, field: FieldChange) {
        let path = self.path(section, name);
        match self.changes.iter_mut().find(|change| change.path == path) {
            Some(change) => change.fields.push(field),
            None => self.changes.push(Change { kind: Kind::Change, path, fields: vec![field] }),
        }
    }

    /// Compares what the file lists with what stands, by name.
    pub(super) fn compare<T: Serialize + PartialEq + Clone>(
        &mut self,
        section: &str,
        wanted: &[T],
        known: &[Known<T>],
        name: fn(&T) -> &str,
        absent: impl Fn(&T) -> Absent<T>,
    ) -> Vec<Write<T>> {
        let mut writes = Vec::new();
        for (index, after) in wanted.iter().enumerate() {
            let before = known.iter().find(|k| name(&k.spec) == name(after));
            let what = match before {
                None => What::Create(after.clone()),
                Some(before) if before.spec == *after => continue,
                Some(before) => What::Update { after: after.clone(), version: before.version },
            };
            let kind = if before.is_some() { Kind::Change } else { Kind::Create };
            self.note(kind, section, name(after), fields(before.map(|k| &k.spec), after));
            writes.push(Write { at: self.item(section, index), name: name(after).to_owned(), what });
        }
        let unlisted = known.iter().filter(|k| self.options.prune && !wanted.iter().any(|w| name(w) == name(&k.spec)));
        for before in unlisted.collect::<Vec<_>>() {
            let what = match (absent(&before.spec), before.version) {
                (Absent::Become(after), version) if after != before.spec => {
                    self.note(Kind::Change, section, name(&after), fields(Some(&before.spec), &after));
                    What::Update { after, version }
                }
                (Absent::Delete, version @ Some(_)) => {
                    self.note(Kind::Delete, section, name(&before.spec), Vec::new());
                    What::Delete { version }
                }
                _ => continue,
            };
            writes.push(Write { at: format!("{}.{section}", self.at), name: name(&before.spec).to_owned(), what });
        }
        writes
    }
}

/// Says of an error at a field where in the file that field is.
pub(super) fn located<T>(at: &str, result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Invalid(errors) => Error::Invalid(errors.prefixed(&format!("{at}."))),
        other => other,
    })
}
