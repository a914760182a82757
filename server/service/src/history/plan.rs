//! What taking a change back comes to, object by object, under what stands now.

use serde_json::{Map, Value};
use store::revisions::Revision;
use store::{Conn, JsonText};

use super::merge::{Merged, take_back};
use crate::change::object::Object;
use crate::change::subscription::DISABLED;
use crate::error::Result;
use crate::revision::{Action, Facts, ObjectType, can_be_undone, normal};

/// What one object goes through.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is.
    pub kind: ObjectType,
    /// Row id.
    pub id: String,
    /// What the log calls it.
    pub name: String,
    /// What is done.
    pub what: What,
    /// Secrets that are refused afterwards.
    pub secrets_refused: Vec<String>,
    /// Secrets that are accepted again.
    pub secrets_back: Vec<String>,
}

/// What is done to it.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The change made it: it goes.
    Delete,
    /// The change deleted it: it comes back, as this.
    Revive(Map<String, Value>),
    /// Its fields go back.
    Change {
        /// As the change found it.
        before: Map<String, Value>,
        /// As the change left it.
        after: Map<String, Value>,
        /// Under what stands now.
        merged: Merged,
    },
    /// It is so already.
    Nothing,
    /// It was deleted since.
    Missing,
    /// The log does not say what it was.
    NotKept,
}

impl Step {
    /// True when something will be written.
    pub fn does_something(&self) -> bool {
        let changes = match &self.what {
            What::Delete | What::Revive(_) => true,
            What::Change { merged, .. } => !merged.fields.is_empty(),
            What::Nothing | What::Missing | What::NotKept => false,
        };
        changes || !self.secrets_refused.is_empty() || !self.secrets_back.is_empty()
    }

    /// True when it stands in the way of the whole.
    pub fn is_in_the_way(&self) -> bool {
        matches!(self.what, What::Missing | What::NotKept)
    }
}

/// Everything, in the order in which it is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// One for each object.
    pub steps: Vec<Step>,
    /// The change holds something that no later change takes back.
    pub permanent: bool,
}

impl Plan {
    /// True when it can be tried.
    pub fn is_possible(&self) -> bool {
        !self.permanent && !self.steps.iter().any(Step::is_in_the_way) && self.steps.iter().any(Step::does_something)
    }
}

/// Makes the plan.
pub(crate) async fn plan(conn: &mut Conn, subscription_id: &str, revisions: &[Revision]) -> Result<Plan> {
    let known = |row: &Revision| ObjectType::parse(&row.object_type).is_some();
    if revisions.iter().any(|row| !known(row) || !can_be_undone(&row.object_type, &row.action)) {
        return Ok(Plan { permanent: true, ..Plan::default() });
    }
    let mut touched: Vec<Touched> = Vec::new();
    for row in revisions {
        let Some(kind) = ObjectType::parse(&row.object_type) else { continue };
        if let Some(touched) = touched.iter_mut().find(|touched| touched.id == row.object_id) {
            touched.note(row)?;
        } else {
            let mut first = Touched::new(kind, row);
            first.note(row)?;
            touched.push(first);
        }
    }
    let born: Vec<String> = touched.iter().filter(|one| one.born).map(|one| one.id.clone()).collect();
    let mut steps = Vec::new();
    for one in touched.into_iter().rev() {
        // The scopes of a connection that goes, go with it.
        if one.kind == ObjectType::ApiScope && one.born && one.connection.as_ref().is_some_and(|id| born.contains(id)) {
            continue;
        }
        if !(one.born && one.gone) {
            steps.push(one.step(conn, subscription_id).await?);
        }
    }
    Ok(Plan { steps, permanent: false })
}

/// What a change did to one object, as a whole.
struct Touched {
    kind: ObjectType,
    id: String,
    name: String,
    /// It began, or came back, with the change.
    born: bool,
    /// It ended with the change.
    gone: bool,
    before: Option<Map<String, Value>>,
    after: Option<Map<String, Value>>,
    is_kept: bool,
    connection: Option<String>,
    secrets_new: Vec<String>,
    secrets_gone: Vec<String>,
}

impl Touched {
    fn new(kind: ObjectType, row: &Revision) -> Self {
        Self {
            kind,
            id: row.object_id.clone(),
            name: row.object_name.clone(),
            born: row.action == Action::Create.as_str() || row.action == Action::Restore.as_str(),
            gone: false,
            before: None,
            after: None,
            is_kept: true,
            connection: None,
            secrets_new: Vec::new(),
            secrets_gone: Vec::new(),
        }
    }

    fn note(&mut self, row: &Revision) -> Result<()> {
        let facts: Option<Facts> = row.facts.as_ref().map(JsonText::decode).transpose()?;
        let (mut before, mut after) = (spec(self.kind, row.before.as_ref())?, spec(self.kind, row.after.as_ref())?);
        let action = row.action.as_str();
        if [Action::NewSecret, Action::RemoveSecret, Action::RestoreSecret].iter().any(|a| a.as_str() == action) {
            match facts {
                Some(facts) => {
                    self.secrets_new.extend(facts.secrets_new);
                    self.secrets_gone.extend(facts.secrets_gone);
                }
                None => self.is_kept = false,
            }
            return Ok(());
        }
        self.connection = self.connection.take().or(facts.and_then(|facts| facts.connection));
        self.gone = action == Action::Delete.as_str();
        if self.kind == ObjectType::Subscription && before.is_none() && after.is_none() {
            let switch = |disabled: bool| Map::from_iter([(DISABLED.to_owned(), Value::Bool(disabled))]);
            let disabled = action == Action::Disable.as_str();
            (before, after) = (Some(switch(!disabled)), Some(switch(disabled)));
        }
        self.is_kept &= before.is_some() || after.is_some();
        if self.before.is_none() && !self.born {
            self.before = before;
        } else if let (Some(mine), Some(mut more)) = (&mut self.before, before) {
            // Of a subscription, only some revisions say whether it is out of use.
            if let Some(disabled) = more.remove(DISABLED).filter(|_| self.kind == ObjectType::Subscription) {
                mine.entry(DISABLED).or_insert(disabled);
            }
        }
        if let (Some(old), Some(new)) = (&mut self.after, &mut after)
            && let Some(disabled) = old.remove(DISABLED).filter(|_| self.kind == ObjectType::Subscription)
        {
            new.entry(DISABLED).or_insert(disabled);
        }
        self.after = after;
        Ok(())
    }

    async fn step(self, conn: &mut Conn, subscription_id: &str) -> Result<Step> {
        let now = Object::find(conn, subscription_id, self.kind, &self.id).await?;
        let (mut refused, mut back) = (Vec::new(), Vec::new());
        let what = match (self.born, self.gone, now) {
            (true, _, Some(_)) => What::Delete,
            (true, _, None) | (false, true, Some(_)) => What::Nothing,
            (false, true, None) => self.before.map_or(What::NotKept, What::Revive),
            (false, false, None) => What::Missing,
            (false, false, Some(_)) if !self.is_kept => What::NotKept,
            (false, false, Some(object)) => {
                if !self.secrets_new.is_empty() || !self.secrets_gone.is_empty() {
                    let live = object.secret_ids(conn).await?;
                    refused = self.secrets_new.into_iter().filter(|id| live.contains(id)).collect();
                    let kept = store::removed_secrets::list(conn, subscription_id).await?;
                    let is_kept = |id: &String| !live.contains(id) && kept.iter().any(|secret| secret.id == *id);
                    back = self.secrets_gone.into_iter().filter(is_kept).collect();
                }
                match (self.before, self.after) {
                    (Some(before), Some(after)) => {
                        let merged = take_back(&before, &after, &map(object.spec()));
                        What::Change { before, after, merged }
                    }
                    _ => What::Nothing,
                }
            }
        };
        let Self { kind, id, name, .. } = self;
        Ok(Step { kind, id, name, what, secrets_refused: refused, secrets_back: back })
    }
}

/// A specification of the log, in the form in which this release writes it.
pub(crate) fn spec(kind: ObjectType, text: Option<&JsonText>) -> Result<Option<Map<String, Value>>> {
    Ok(text.map(JsonText::decode::<Value>).transpose()?.map(|value| map(normal(kind, value))))
}

/// The fields of an object.
pub(crate) fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
