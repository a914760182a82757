//! The configuration as of a moment: what stands now, with each change since then taken back. Backwards,
//! because what a subscription is born with has no revision of its own.

use model::Stored;
use model::spec::SubscriptionSpec;
use serde::de::DeserializeOwned;
use store::JsonText;
use store::api_connections::ApiConnection;
use store::applications::Application;
use store::claims::Claim;
use store::revisions::Revision;
use store::scopes::{ApiScope, IdentityScope};
use store::snapshot::Snapshot;

use super::plan::spec;
use crate::change::object::read;
use crate::change::subscription::DISABLED;
use crate::error::Result;
use crate::revision::{Action, Facts, ObjectType};

/// Ids are UUIDs of version 7, in the order of time: every id made at this second or later is not below
/// this text.
pub(crate) fn first_id_at(seconds: i64) -> String {
    // Forty-eight bits of milliseconds.
    let milliseconds = seconds.clamp(0, i64::from(u32::MAX) * 64) * 1_000;
    let hex = format!("{milliseconds:012x}");
    format!("{}-{}", &hex[..8], &hex[8..])
}

/// Takes back from `rows` what the first revision of each object since a moment found.
pub(crate) fn before(mut rows: Snapshot, revisions: &[Revision], switch: Option<&Revision>) -> Result<Snapshot> {
    let subscription_id = rows.subscription.object.id.clone();
    for row in revisions {
        let Some(kind) = ObjectType::parse(&row.object_type) else { continue };
        let facts: Facts = row.facts.as_ref().map(JsonText::decode).transpose()?.unwrap_or_default();
        let was = spec(kind, row.before.as_ref())?.map(serde_json::Value::Object);
        let was = Was { row, facts, subscription_id: &subscription_id, spec: was };
        match kind {
            ObjectType::Subscription => settings(&mut rows, was)?,
            ObjectType::Claim => was.put(
                &mut rows.claims,
                |claim| &mut claim.object,
                |was, object| Claim {
                    subscription_id: was.subscription_id.to_owned(),
                    standard: false,
                    position: was.position(),
                    object,
                },
            )?,
            ObjectType::IdentityScope => {
                was.put(
                    &mut rows.identity_scopes,
                    |scope| &mut scope.object,
                    |was, object| IdentityScope {
                        subscription_id: was.subscription_id.to_owned(),
                        position: was.position(),
                        object,
                    },
                )?;
            }
            ObjectType::ApiScope => was.put(
                &mut rows.api_scopes,
                |scope| &mut scope.object,
                |was, object| ApiScope {
                    subscription_id: was.subscription_id.to_owned(),
                    api_connection_id: was.facts.connection.clone().unwrap_or_default(),
                    position: was.position(),
                    object,
                },
            )?,
            ObjectType::ApiConnection => {
                was.put(
                    &mut rows.api_connections,
                    |row| &mut row.object,
                    |was, object| ApiConnection { subscription_id: was.subscription_id.to_owned(), object },
                )?;
            }
            ObjectType::Application => was.put(
                &mut rows.applications,
                |row| &mut row.object,
                |was, object| Application { subscription_id: was.subscription_id.to_owned(), built_in: false, object },
            )?,
            ObjectType::SigningKey => {}
        }
    }
    if let Some(switch) = switch {
        let disabled = switch.action == Action::Enable.as_str();
        rows.subscription.object.disabled_at = disabled.then_some(switch.at);
    }
    rows.claims.sort_by(|a, b| (a.position, &a.object.id).cmp(&(b.position, &b.object.id)));
    rows.identity_scopes.sort_by(|a, b| (a.position, &a.object.id).cmp(&(b.position, &b.object.id)));
    rows.api_scopes.sort_by(|a, b| (a.position, &a.object.id).cmp(&(b.position, &b.object.id)));
    rows.api_connections.sort_by(|a, b| a.object.spec.name.cmp(&b.object.spec.name));
    rows.applications.sort_by(|a, b| a.object.spec.client_id.cmp(&b.object.spec.client_id));
    for application in &mut rows.applications {
        let disabled = application.object.spec.disabled;
        application.object.disabled_at = disabled.then_some(application.object.updated_at);
    }
    Ok(rows)
}

fn settings(rows: &mut Snapshot, was: Was<'_>) -> Result<()> {
    let Some(mut spec) = was.spec else { return Ok(()) };
    if let Some(fields) = spec.as_object_mut() {
        fields.remove(DISABLED);
    }
    rows.subscription.object.spec = read::<SubscriptionSpec>(spec)?;
    Ok(())
}

/// An object as a revision found it.
struct Was<'a> {
    row: &'a Revision,
    facts: Facts,
    subscription_id: &'a str,
    /// `None`: it was not there.
    spec: Option<serde_json::Value>,
}

impl Was<'_> {
    /// After all others where nobody kept it.
    fn position(&self) -> i64 {
        self.facts.position.unwrap_or(i64::MAX)
    }

    fn put<R, T: DeserializeOwned>(
        self,
        rows: &mut Vec<R>,
        object: fn(&mut R) -> &mut Stored<T>,
        new: fn(&Self, Stored<T>) -> R,
    ) -> Result<()> {
        let at = rows.iter_mut().position(|row| object(row).id == self.row.object_id);
        match (&self.spec, at) {
            (None, Some(at)) => {
                rows.remove(at);
            }
            (None, None) => {}
            (Some(spec), Some(at)) => object(&mut rows[at]).spec = read(spec.clone())?,
            (Some(spec), None) => {
                let stored = Stored {
                    id: self.row.object_id.clone(),
                    version: self.facts.version,
                    created_at: self.facts.created_at,
                    updated_at: self.row.at,
                    disabled_at: None,
                    spec: read(spec.clone())?,
                };
                rows.push(new(&self, stored));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::first_id_at;

    #[test]
    fn ids_of_a_second_are_not_below_its_bound() {
        let id = "01a3185c-5000-7000-8000-000000000000";
        assert!(id >= first_id_at(1_800_000_000).as_str() && id < first_id_at(1_800_000_001).as_str());
        assert_eq!(first_id_at(-5), "00000000-0000");
        assert_eq!(first_id_at(i64::MAX).len(), 13);
    }
}
