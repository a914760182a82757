//! Claims of the file. Standard ones exist; a file may change their words and rules.

use model::spec::ClaimSpec;
use model::standard_claims;
use store::Conn;

use super::draft::{Absent, Draft, Known, What, Write, located};
use crate::change::{self, Change};
use crate::error::{Error, Result};

/// Compares the claims. `subscription_id` is `None` for a subscription still to be made.
pub(super) async fn plan(
    draft: &mut Draft<'_>,
    conn: &mut Conn,
    subscription_id: Option<&str>,
    wanted: &[ClaimSpec],
    known: &[Known<ClaimSpec>],
) -> Result<Vec<Write<ClaimSpec>>> {
    for (index, claim) in wanted.iter().enumerate() {
        let at = draft.item("claims", index);
        let Some(before) = known.iter().find(|k| k.spec.name == claim.name) else {
            draft.refuse_all(&at, claim.validate().err().unwrap_or_default());
            continue;
        };
        draft.refuse_all(&at, change::claim::check_update(&before.spec, claim));
        let begins = claim.unique && !before.spec.unique;
        if let Some(subscription_id) = subscription_id.filter(|_| begins)
            && let Some(stored) = store::claims::find(conn, subscription_id, &claim.name).await?
        {
            match change::claim::refuse_duplicates(conn, &stored.object.id).await {
                Err(Error::Invalid(errors)) => draft.refuse_all(&at, errors),
                other => other?,
            }
        }
    }
    let born = standard_claims::all();
    let absent = |claim: &ClaimSpec| match born.iter().find(|b| b.name == claim.name) {
        Some(born) => Absent::Become(born.clone()),
        None => Absent::Delete,
    };
    Ok(draft.compare("claims", wanted, known, |claim| &claim.name, absent))
}

/// Creates and changes.
pub(super) async fn write(change: &mut Change<'_>, subscription_id: &str, writes: &[Write<ClaimSpec>]) -> Result<()> {
    for write in writes {
        let done = match &write.what {
            What::Create(spec) => change::claim::create(change, subscription_id, spec.clone()).await.map(drop),
            What::Update { after, version } => {
                let before = store::claims::find(change.conn(), subscription_id, &write.name).await?;
                let before = before.ok_or(Error::Changed)?;
                let version = version.unwrap_or(before.object.version);
                change::claim::update(change, &before, version, after).await
            }
            What::Delete { .. } => Ok(()),
        };
        located(&write.at, done)?;
    }
    Ok(())
}

/// Deletes what the file does not list.
pub(super) async fn delete(change: &mut Change<'_>, subscription_id: &str, writes: &[Write<ClaimSpec>]) -> Result<()> {
    for write in writes {
        let What::Delete { version: Some(version) } = write.what else { continue };
        let claim = store::claims::find(change.conn(), subscription_id, &write.name).await?.ok_or(Error::Changed)?;
        change::claim::delete(change, &claim, version).await?;
    }
    Ok(())
}
