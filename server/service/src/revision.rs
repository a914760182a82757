//! Every change of configuration leaves a revision in its own transaction, and moves the version
//! by which other nodes learn of it. Users leave [`crate::event`]s instead.

use model::Stored;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ClaimSpec, IdentityScopeSpec};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{JsonText, Tx};

use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectType {
    /// A subscription's own settings.
    Subscription,
    /// A claim's definition.
    Claim,
    /// An identity scope.
    IdentityScope,
    /// An API connection.
    ApiConnection,
    /// An API scope.
    ApiScope,
    /// An application.
    Application,
    /// A signing key.
    SigningKey,
}

impl ObjectType {
    /// Every kind, in the order of the console.
    pub const ALL: [Self; 7] = [
        Self::Application,
        Self::Claim,
        Self::IdentityScope,
        Self::ApiConnection,
        Self::ApiScope,
        Self::SigningKey,
        Self::Subscription,
    ];

    /// Reads a name kept in the log; `None` for one of another release.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The name kept in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subscription => "subscription",
            Self::Claim => "claim",
            Self::IdentityScope => "identity_scope",
            Self::ApiConnection => "api_connection",
            Self::ApiScope => "api_scope",
            Self::Application => "application",
            Self::SigningKey => "signing_key",
        }
    }
}

/// What was done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It began.
    Create,
    /// It is another now.
    Update,
    /// Out of use.
    Disable,
    /// Back in use.
    Enable,
    /// It is gone.
    Delete,
    /// A secret was added, or took the place of the others.
    NewSecret,
    /// A secret was added, and the others were given an end.
    RotateSecret,
    /// A secret was removed.
    RemoveSecret,
    /// A removed secret is accepted again.
    RestoreSecret,
    /// It was gone and is back.
    Restore,
    /// The next signing key was made.
    Rotate,
}

impl Action {
    /// Every action, in the order of a life.
    pub const ALL: [Self; 11] = [
        Self::Create,
        Self::Update,
        Self::Disable,
        Self::Enable,
        Self::Delete,
        Self::Restore,
        Self::NewSecret,
        Self::RotateSecret,
        Self::RemoveSecret,
        Self::RestoreSecret,
        Self::Rotate,
    ];

    /// The name kept in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Delete => "delete",
            Self::NewSecret => "new_secret",
            Self::RotateSecret => "rotate_secret",
            Self::RemoveSecret => "remove_secret",
            Self::RestoreSecret => "restore_secret",
            Self::Restore => "restore",
            Self::Rotate => "rotate",
        }
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Revision<'a> {
    /// Where.
    pub subscription_id: &'a str,
    /// What.
    pub object_type: ObjectType,
    /// Row id of the object.
    pub object_id: &'a str,
    /// What people call it; stays readable when the object is gone.
    pub object_name: &'a str,
    /// What was done.
    pub action: Action,
    /// The specification before; `None` for something new.
    pub before: Option<Value>,
    /// The specification after; `None` for something gone.
    pub after: Option<Value>,
    /// What the specification does not say of the row.
    pub facts: Option<Facts>,
}

/// What a row needs besides its specification to come back as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Unix seconds.
    #[serde(default)]
    pub created_at: i64,
    /// Of the row that the revision is about, before it.
    #[serde(default)]
    pub version: i64,
    /// Among its kind, where that has an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// Row id of an API scope's connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Row ids of secrets that were removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets_gone: Vec<String>,
    /// Row ids of secrets that were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets_new: Vec<String>,
}

impl<'a> Revision<'a> {
    /// A revision of this object, to be finished by one of the methods below.
    pub fn of(subscription_id: &'a str, object_type: ObjectType, object_id: &'a str, object_name: &'a str) -> Self {
        let action = Action::Update;
        Self { subscription_id, object_type, object_id, object_name, action, before: None, after: None, facts: None }
    }

    /// Something that was not there before.
    #[must_use]
    pub fn after(self, action: Action, after: &impl Serialize) -> Self {
        Self { action, after: Some(without_secret(after)), ..self }
    }

    /// Something that is not there afterwards.
    #[must_use]
    pub fn before(self, action: Action, before: &impl Serialize) -> Self {
        Self { action, before: Some(without_secret(before)), ..self }
    }

    /// Something that became another.
    #[must_use]
    pub fn change<T: Serialize>(self, action: Action, before: &T, after: &T) -> Self {
        Self { action, before: Some(without_secret(before)), after: Some(without_secret(after)), ..self }
    }

    /// A deed that leaves the specification as it was.
    #[must_use]
    pub fn bare(self, action: Action) -> Self {
        Self { action, ..self }
    }

    /// Which secrets went and which came, by their row ids.
    #[must_use]
    pub fn secrets(self, action: Action, gone: Vec<String>, new: Vec<String>) -> Self {
        self.bare(action).row(Facts { secrets_gone: gone, secrets_new: new, ..Facts::default() })
    }

    /// With what its row holds besides the specification.
    #[must_use]
    pub fn row(self, facts: Facts) -> Self {
        Self { facts: Some(facts), ..self }
    }

    /// False for what no later change takes back: signing keys, and a subscription's beginning and end.
    pub(crate) fn can_be_undone(&self) -> bool {
        can_be_undone(self.object_type.as_str(), self.action.as_str())
    }

    /// False for a save that changed nothing.
    pub(crate) fn says_something(&self) -> bool {
        self.action != Action::Update || self.before != self.after
    }
}

/// A specification of the log in the form in which this release writes it, so that two releases' forms of one
/// thing compare as equal. What this release cannot read stays as it is.
pub(crate) fn normal(kind: ObjectType, value: Value) -> Value {
    fn again<T: DeserializeOwned + Serialize>(value: Value) -> Value {
        serde_json::from_value::<T>(value.clone()).map_or(value, |spec| without_secret(&spec))
    }
    match kind {
        ObjectType::Claim => again::<ClaimSpec>(value),
        ObjectType::IdentityScope => again::<IdentityScopeSpec>(value),
        ObjectType::ApiConnection => again::<ApiConnectionSpec>(value),
        ObjectType::ApiScope => again::<ApiScopeSpec>(value),
        ObjectType::Application => again::<ApplicationSpec>(value),
        // Whether it is out of use is no key of its specification.
        ObjectType::Subscription | ObjectType::SigningKey => value,
    }
}

/// False for what no later change takes back, by the names kept in the log. A rotation gave other secrets
/// an end, and they have none to go back to that is known.
pub(crate) fn can_be_undone(object_type: &str, action: &str) -> bool {
    let key = object_type == ObjectType::SigningKey.as_str();
    let whole = object_type == ObjectType::Subscription.as_str() && matches!(action, "create" | "delete");
    !key && !whole && action != "rotate_secret"
}

impl Facts {
    /// Of an object as it stands.
    pub fn of<T>(object: &Stored<T>) -> Self {
        Self { created_at: object.created_at, version: object.version, ..Self::default() }
    }

    /// With its place among its kind.
    #[must_use]
    pub fn at(self, position: i64) -> Self {
        Self { position: Some(position), ..self }
    }

    /// With its connection.
    #[must_use]
    pub fn inside(self, connection: &str) -> Self {
        Self { connection: Some(connection.to_owned()), ..self }
    }
}

/// Writes the revision into the transaction of its change, and moves the configuration's version.
pub async fn record(ctx: &Ctx, tx: &mut Tx, actor: &Actor, change: &str, revision: Revision<'_>) -> Result<()> {
    let row = store::revisions::Revision {
        id: ctx.new_id()?,
        subscription_id: Some(revision.subscription_id.to_owned()),
        at: ctx.now(),
        actor: actor.name().to_owned(),
        object_type: revision.object_type.as_str().to_owned(),
        object_id: revision.object_id.to_owned(),
        object_name: revision.object_name.to_owned(),
        action: revision.action.as_str().to_owned(),
        before: revision.before.as_ref().map(JsonText::encode),
        after: revision.after.as_ref().map(JsonText::encode),
        change_id: Some(change.to_owned()),
        facts: revision.facts.as_ref().map(JsonText::encode),
    };
    store::revisions::insert(tx, &row).await?;
    Ok(store::config_version::bump(tx, revision.subscription_id).await?)
}

/// A specification as the log may keep it: where secrets are to be found is no part of it.
pub(crate) fn without_secret(spec: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(spec).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("secret");
    }
    value
}
