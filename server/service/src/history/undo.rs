//! Taking a change back, inside another change.

use model::Problem;
use serde_json::Value;

use super::merge::take_back;
use super::plan::{Plan, Step, What, map, plan};
use crate::change::gone::Gone;
use crate::change::object::{self, Object};
use crate::change::{Change, api_connection};
use crate::error::{Error, Result};
use crate::revision::ObjectType;

/// Takes a change back as far as it can be: fields that somebody changed since stay. Refused when it is
/// undone already, and when part of it cannot be taken back.
pub(crate) async fn undo(change: &mut Change<'_>, subscription_id: &str, change_id: &str) -> Result<()> {
    let (own, refused) = (change.id.clone(), |problem| Err(Error::field("", problem)));
    let revisions = store::revisions::of_change(change.conn(), subscription_id, change_id).await?;
    if revisions.is_empty() {
        return Err(Error::NotFound);
    }
    // First of all: two who try at once wait for each other here.
    if !store::undone_changes::insert(&mut change.tx, subscription_id, change_id, &own).await? {
        return refused(Problem::new("undone-already"));
    }
    let plan = plan(change.conn(), subscription_id, &revisions).await?;
    if !plan.is_possible() {
        return refused(Problem::new("undo-impossible"));
    }
    for step in &plan.steps {
        run(change, subscription_id, step).await?;
    }
    whole_connections(change, subscription_id, &plan).await?;
    Ok(store::undone_changes::forget(&mut change.tx, subscription_id, change_id).await?)
}

async fn run(change: &mut Change<'_>, subscription_id: &str, step: &Step) -> Result<()> {
    if !step.does_something() {
        return Ok(());
    }
    if let What::Revive(spec) = &step.what {
        let last = store::revisions::last_of_object(change.conn(), subscription_id, &step.id).await?;
        let gone = Gone::of(&last.ok_or(Error::Changed)?)?;
        return object::revive(change, step.kind, &gone, Value::Object(spec.clone())).await;
    }
    let standing = find(change, subscription_id, step).await?;
    if step.what == What::Delete {
        return standing.delete(change).await;
    }
    if let What::Change { before, after, .. } = &step.what {
        // Once more: a step before this one may have done part of it.
        let merged = take_back(before, after, &map(standing.spec()));
        if !merged.fields.is_empty() {
            standing.put(change, Value::Object(merged.result)).await?;
        }
    }
    if step.secrets_refused.is_empty() && step.secrets_back.is_empty() {
        return Ok(());
    }
    standing.undo_secrets(change, &step.secrets_refused, &step.secrets_back).await
}

async fn find(change: &mut Change<'_>, subscription_id: &str, step: &Step) -> Result<Object> {
    Object::find(change.conn(), subscription_id, step.kind, &step.id).await?.ok_or(Error::Changed)
}

/// Every connection that came back has the scope of its own name.
async fn whole_connections(change: &mut Change<'_>, subscription_id: &str, plan: &Plan) -> Result<()> {
    let back = plan.steps.iter().filter(|step| matches!(step.what, What::Revive(_)));
    for step in back.filter(|step| step.kind == ObjectType::ApiConnection) {
        if let Some(connection) = object::find_connection(change.conn(), subscription_id, &step.id).await? {
            api_connection::ensure_own_scope(change, &connection).await?;
        }
    }
    Ok(())
}
