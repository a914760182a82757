//! Identity scopes of the file. Those of the subscription's preset need not be listed.

use model::preset::ScopePreset;
use model::spec::IdentityScopeSpec;

use model::Problem;

use super::draft::{Absent, Draft, Known, What, Write, located};
use super::plan::Kind;
use crate::change::names::Names;
use crate::change::{self, Change};
use crate::error::{Error, Result};

/// Compares the scopes.
pub(super) fn plan(
    draft: &mut Draft<'_>,
    wanted: &[IdentityScopeSpec],
    unwanted: &[String],
    known: &[Known<IdentityScopeSpec>],
    preset: ScopePreset,
    names: &Names,
) -> Vec<Write<IdentityScopeSpec>> {
    for (index, scope) in wanted.iter().enumerate() {
        let at = draft.item("identity_scopes", index);
        draft.refuse_all(&at, change::identity_scope::check(scope, names));
    }
    let born = preset.scopes();
    for (index, name) in unwanted.iter().enumerate() {
        let at = draft.item("without_identity_scopes", index);
        if !born.iter().any(|scope| scope.name == *name) {
            draft.refuse(&at, Problem::new("unknown").with("name", name));
        }
        if wanted.iter().any(|scope| scope.name == *name) {
            draft.refuse(&at, Problem::new("repeated").with("name", name));
        }
    }
    let (kept, going): (Vec<_>, Vec<_>) = known.iter().cloned().partition(|scope| !unwanted.contains(&scope.spec.name));
    let absent = |scope: &IdentityScopeSpec| match born.iter().find(|b| b.name == scope.name) {
        Some(born) => Absent::Become(born.clone()),
        None => Absent::Delete,
    };
    let mut writes = draft.compare("identity_scopes", wanted, &kept, |scope| &scope.name, absent);
    for scope in going {
        let name = scope.spec.name;
        // One that its subscription is born with, and that goes at once, is nothing to tell.
        if scope.version.is_some() {
            draft.note(Kind::Delete, "identity_scopes", &name, Vec::new());
        }
        let at = format!("{}.without_identity_scopes", draft.at);
        writes.push(Write { at, name, what: What::Delete { version: scope.version } });
    }
    writes
}

/// Creates and changes.
pub(super) async fn write(
    change: &mut Change<'_>,
    subscription_id: &str,
    writes: &[Write<IdentityScopeSpec>],
) -> Result<()> {
    for write in writes {
        let done = match &write.what {
            What::Create(spec) => change::identity_scope::create(change, subscription_id, spec.clone()).await.map(drop),
            What::Update { after, version } => {
                let before = store::scopes::find_identity(change.conn(), subscription_id, &write.name).await?;
                let before = before.ok_or(Error::Changed)?;
                let version = version.unwrap_or(before.object.version);
                change::identity_scope::update(change, &before, version, after).await
            }
            What::Delete { .. } => Ok(()),
        };
        located(&write.at, done)?;
    }
    Ok(())
}

/// Deletes what the file does not list.
pub(super) async fn delete(
    change: &mut Change<'_>,
    subscription_id: &str,
    writes: &[Write<IdentityScopeSpec>],
) -> Result<()> {
    for write in writes {
        let What::Delete { version } = write.what else { continue };
        let scope = store::scopes::find_identity(change.conn(), subscription_id, &write.name).await?;
        let scope = scope.ok_or(Error::Changed)?;
        let version = version.unwrap_or(scope.object.version);
        located(&write.at, change::identity_scope::delete(change, &scope, version).await)?;
    }
    Ok(())
}
