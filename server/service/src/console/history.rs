//! One change of the configuration: its difference, taking it back, restoring one object; and the whole
//! configuration as of a moment. Who may read the log reads these; editors change, in the built-in
//! subscription owners.

use std::collections::{HashMap, HashSet};

use model::spec::SubscriptionDocument;
use model::{Problem, Role};
use serde_json::{Map, Value};
use store::revisions::Revision;
use store::snapshot::Snapshot;
use store::subscriptions::Subscription;
use store::{Conn, JsonText};

use super::place::{enter, enter_to_people};
use crate::actor::Actor;
use crate::change::{Change, Done};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::history::merge::{FieldChange, difference};
use crate::history::plan::{Plan, map, plan, spec};
use crate::history::restore::{Side, Target};
use crate::history::{past, restore, undo};
use crate::revision::{Facts, ObjectType};

/// One change in a subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeView {
    /// Its id.
    pub id: String,
    /// Unix seconds.
    pub at: i64,
    /// Who did it.
    pub actor: String,
    /// What was done, in that order.
    pub rows: Vec<RevisionView>,
    /// The change that undid it.
    pub undone_by: Option<String>,
    /// What undoing it comes to.
    pub plan: Plan,
    /// Of the subscription's configuration: undo and restore hold for this one.
    pub version: i64,
}

impl ChangeView {
    /// True while it can be undone.
    pub fn can_be_undone(&self) -> bool {
        self.undone_by.is_none() && self.plan.is_possible()
    }
}

/// One thing that a change did.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionView {
    /// Row id.
    pub id: String,
    /// Name of the kind.
    pub object_type: String,
    /// Row id.
    pub object_id: String,
    /// What it was called.
    pub object_name: String,
    /// What was done.
    pub action: String,
    /// What became of each field that changed.
    pub fields: Vec<FieldChange>,
    /// The log holds what it was.
    pub has_before: bool,
    /// The log holds what it became.
    pub has_after: bool,
    /// Secrets that it added and removed.
    pub secrets: (usize, usize),
}

/// An object beside what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoreView {
    /// What it is.
    pub kind: ObjectType,
    /// Row id.
    pub id: String,
    /// What the log calls it.
    pub name: String,
    /// It is deleted, and comes back.
    pub is_gone: bool,
    /// From what it is to what it will be.
    pub fields: Vec<FieldChange>,
    /// See [`ChangeView::version`].
    pub version: i64,
}

/// The configuration as of a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct PastView {
    /// Unix seconds.
    pub at: i64,
    rows: Snapshot,
    /// Change and revision that found an object like this, where it is another now, or gone.
    changed_by: HashMap<String, (String, String)>,
    gone: HashSet<String>,
}

impl PastView {
    /// As an `apply` file has it.
    pub fn document(&self) -> SubscriptionDocument {
        crate::apply::written_down(self.rows.clone(), self.at)
    }

    /// Object by object: first those that are others now, or gone; each part by kind. At most `limit`, after
    /// the first `from`.
    pub fn objects(&self, from: usize, limit: usize) -> Vec<PastObject> {
        let all = objects(&self.rows, |_| false);
        let (first, rest): (Vec<_>, Vec<_>) =
            all.into_iter().map(|(_, id, ..)| id).partition(|id| self.changed_by.contains_key(id));
        let page: Vec<String> = first.into_iter().chain(rest).skip(from).take(limit).collect();
        let wanted: HashSet<&String> = page.iter().collect();
        let mut found: HashMap<String, Shown> = HashMap::new();
        for object in objects(&self.rows, |id| wanted.contains(id)) {
            found.insert(object.1.clone(), object);
        }
        let found = page.iter().filter_map(|id| found.remove(id));
        let of = |(kind, id, name, spec): Shown| PastObject {
            changed_by: self.changed_by.get(&id).cloned(),
            is_gone: self.gone.contains(&id),
            kind,
            id,
            name,
            spec: spec.unwrap_or_default(),
        };
        found.map(of).collect()
    }
}

/// An object as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct PastObject {
    /// What it is.
    pub kind: ObjectType,
    /// Row id.
    pub id: String,
    /// For programs.
    pub name: String,
    /// As it was.
    pub spec: Map<String, Value>,
    /// Change and revision that found it like this, where it is another now, or gone.
    pub changed_by: Option<(String, String)>,
    /// It is gone now.
    pub is_gone: bool,
}

/// One change. [`Error::NotFound`] when nothing in this subscription is part of it.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, change_id: &str) -> Result<ChangeView> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let id = &subscription.object.id;
    let revisions = store::revisions::of_change(&mut conn, id, change_id).await?;
    let last = revisions.last().ok_or(Error::NotFound)?;
    Ok(ChangeView {
        id: change_id.to_owned(),
        at: last.at,
        actor: last.actor.clone(),
        undone_by: store::undone_changes::find(&mut conn, id, change_id).await?,
        plan: plan(&mut conn, id, &revisions).await?,
        rows: revisions.into_iter().map(view).collect::<Result<_>>()?,
        version: subscription.config_version,
    })
}

fn view(row: Revision) -> Result<RevisionView> {
    let read = |text: Option<&JsonText>| match ObjectType::parse(&row.object_type) {
        Some(kind) => spec(kind, text),
        None => Ok(text.map(JsonText::decode).transpose()?),
    };
    let (before, after) = (read(row.before.as_ref())?, read(row.after.as_ref())?);
    let facts: Facts = row.facts.as_ref().map(JsonText::decode).transpose()?.unwrap_or_default();
    Ok(RevisionView {
        has_before: before.is_some(),
        has_after: after.is_some(),
        fields: difference(&before.unwrap_or_default(), &after.unwrap_or_default()),
        secrets: (facts.secrets_new.len(), facts.secrets_gone.len()),
        id: row.id,
        object_type: row.object_type,
        object_id: row.object_id,
        object_name: row.object_name,
        action: row.action,
    })
}

/// Takes a change back, as far as nobody changed the same fields since. `version` is the one that the plan
/// was made for: [`Error::Changed`] when the configuration has moved since.
pub async fn undo(ctx: &Ctx, actor: &Actor, slug: &str, change_id: &str, version: i64) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_restore(change.conn(), actor, slug).await?;
    undo::undo(&mut change, &subscription.object.id, change_id).await?;
    unmoved(&subscription, version)?;
    change.commit().await
}

/// What restoring an object comes to.
pub async fn restore_view(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    change_id: &str,
    revision_id: &str,
    side: Side,
) -> Result<RestoreView> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_restore(&mut conn, actor, slug).await?;
    let target = restore::target(&mut conn, &subscription.object.id, change_id, revision_id, side).await?;
    let Target { kind, id, name, wanted, now } = target;
    let is_gone = now.is_none();
    let fields = difference(&now.unwrap_or_default(), &wanted);
    Ok(RestoreView { kind, id, name, is_gone, fields, version: subscription.config_version })
}

/// Makes an object what it was before or after a revision, a deleted one included. `version` as for [`undo`].
pub async fn restore(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    (change_id, revision_id, side): (&str, &str, Side),
    version: i64,
) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_restore(change.conn(), actor, slug).await?;
    let id = &subscription.object.id;
    let target = restore::target(change.conn(), id, change_id, revision_id, side).await?;
    unmoved(&subscription, version)?;
    if target.now.as_ref() == Some(&target.wanted) {
        return Err(Error::field("", Problem::new("restored-already")));
    }
    restore::restore(&mut change, id, target).await?;
    change.commit().await
}

/// The configuration as of the end of a second. [`Error::NotFound`] for a moment before the subscription.
pub async fn at(ctx: &Ctx, actor: &Actor, slug: &str, moment: i64) -> Result<PastView> {
    let mut conn = ctx.store.read_at_once().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    if moment < subscription.object.created_at {
        return Err(Error::NotFound);
    }
    let id = &subscription.object.id;
    let from = past::first_id_at(moment.saturating_add(1));
    let since = store::revisions::first_since(&mut conn, id, &from).await?;
    let switch = store::revisions::first_switch_since(&mut conn, id, &from).await?;
    let now = store::snapshot::load_objects(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let touched: HashSet<&String> = since.iter().map(|row| &row.object_id).collect();
    let is_touched = |id: &String| touched.contains(id);
    let standing = by_id(&now, is_touched);
    let rows = past::before(now, &since, switch.as_ref())?;
    let (mut changed_by, mut gone) = (HashMap::new(), HashSet::new());
    for (id, spec) in by_id(&rows, is_touched) {
        let there = standing.get(&id);
        let by = since.iter().find(|row| row.object_id == id && row.before.is_some());
        if let Some(row) = by.filter(|_| there != Some(&spec)) {
            let change = row.change_id.clone().unwrap_or_else(|| row.id.clone());
            changed_by.insert(id.clone(), (change, row.id.clone()));
        }
        if there.is_none() {
            gone.insert(id);
        }
    }
    Ok(PastView { at: moment, rows, changed_by, gone })
}

/// Kind, row id and name of an object, and its specification where it is wanted.
type Shown = (ObjectType, String, String, Option<Map<String, Value>>);

/// Specifications by row id.
fn by_id(rows: &Snapshot, is_wanted: impl Fn(&String) -> bool) -> HashMap<String, Map<String, Value>> {
    objects(rows, is_wanted).into_iter().filter_map(|(_, id, _, spec)| Some((id, spec?))).collect()
}

/// Every object but standard claims as they were born, by kind.
fn objects(rows: &Snapshot, is_wanted: impl Fn(&String) -> bool) -> Vec<Shown> {
    let born = model::standard_claims::all();
    let subscription = &rows.subscription.object;
    let switched =
        || map(crate::change::subscription::with_switch(&subscription.spec, subscription.disabled_at.is_some()));
    let mut all = vec![(
        ObjectType::Subscription,
        subscription.id.clone(),
        subscription.spec.slug.clone(),
        is_wanted(&subscription.id).then(switched),
    )];
    macro_rules! add {
        ($kind:ident, $rows:expr, $name:ident) => {
            all.extend($rows.map(|row| {
                let object = &row.object;
                let written = is_wanted(&object.id).then(|| map(crate::revision::without_secret(&object.spec)));
                (ObjectType::$kind, object.id.clone(), object.spec.$name.clone(), written)
            }));
        };
    }
    add!(Application, rows.applications.iter(), client_id);
    add!(Claim, rows.claims.iter().filter(|claim| !born.contains(&claim.object.spec)), name);
    add!(IdentityScope, rows.identity_scopes.iter(), name);
    add!(ApiConnection, rows.api_connections.iter(), name);
    add!(ApiScope, rows.api_scopes.iter(), name);
    all
}

/// What was seen when somebody decided is what stands.
fn unmoved(subscription: &Subscription, version: i64) -> Result<()> {
    if subscription.config_version == version { Ok(()) } else { Err(Error::Changed) }
}

async fn enter_to_restore(conn: &mut Conn, actor: &Actor, slug: &str) -> Result<Subscription> {
    let subscription = enter(conn, actor, slug, Role::Editor).await?;
    if subscription.built_in {
        actor.require(&subscription.object.id, Role::Owner)?;
    }
    Ok(subscription)
}
