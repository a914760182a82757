//! Who may exchange users' tokens towards whom (RFC 8693), all of a subscription in one table. Viewers read, editors
//! change.

use std::collections::BTreeMap;

use model::Role;
use model::spec::{ApplicationSpec, GrantType};
use sha2::{Digest as _, Sha256};
use store::Conn;
use store::applications::Application;

use super::place::{enter, enter_to_change};
use crate::actor::Actor;
use crate::change::{self, Change, Done};
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// What an application may do with users' tokens at a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Towards {
    /// Nothing.
    #[default]
    No,
    /// Act for the user: the new token says so.
    Acting,
    /// Be the user.
    AsUser,
}

impl Towards {
    /// In the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::No, Self::Acting, Self::AsUser];

    /// The name used in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Acting => "acting",
            Self::AsUser => "as_user",
        }
    }

    /// Reads a name used in forms.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    fn of(spec: &ApplicationSpec, target: &str) -> Self {
        let has = |names: &[String]| names.iter().any(|name| name == target);
        match (has(&spec.exchange_targets), has(&spec.impersonation_targets)) {
            (false, _) => Self::No,
            (true, false) => Self::Acting,
            (true, true) => Self::AsUser,
        }
    }
}

/// An application that has the grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Row id.
    pub id: String,
    /// For programs.
    pub client_id: String,
    /// For people.
    pub name: String,
    /// By the target's name: what differs from [`Towards::No`].
    pub towards: BTreeMap<String, Towards>,
}

/// An API connection or an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// In requests.
    pub name: String,
    /// For people.
    pub title: String,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanges {
    /// Its rows, by `client_id`.
    pub callers: Vec<Caller>,
    /// Its columns: APIs first.
    pub targets: Vec<Target>,
    /// Another one once any of the rows has changed.
    pub version: i64,
}

/// What a form says of each pair: row id of the caller, name of the target.
pub type Wanted = BTreeMap<(String, String), Towards>;

/// The table as it is.
pub async fn table(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Exchanges> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    Ok(load(&mut conn, &subscription.object.id).await?.0)
}

/// Changes the pairs that are named and differ. All of them, or none.
///
/// # Errors
/// `Changed` where anything in the table is not as it was, `Invalid` where an application is refused.
pub async fn update(ctx: &Ctx, actor: &Actor, slug: &str, version: i64, wanted: &Wanted) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let subscription = enter_to_change(change.conn(), actor, slug).await?;
    let (table, applications) = load(change.conn(), &subscription.object.id).await?;
    if table.version != version {
        return Err(Error::Changed);
    }
    for application in &applications {
        let before = &application.object;
        let spec =
            with(&before.spec, &table.targets, |target| wanted.get(&(before.id.clone(), target.to_owned())).copied());
        if spec != before.spec {
            change::application::update(&mut change, application, before.version, &spec).await?;
        }
    }
    change.commit().await
}

/// The same application with what is wanted; names keep their order, and new ones come after them.
fn with(spec: &ApplicationSpec, targets: &[Target], wanted: impl Fn(&str) -> Option<Towards>) -> ApplicationSpec {
    let mut spec = spec.clone();
    for Target { name, .. } in targets {
        let towards = wanted(name).unwrap_or_else(|| Towards::of(&spec, name));
        set(&mut spec.exchange_targets, name, towards != Towards::No);
        set(&mut spec.impersonation_targets, name, towards == Towards::AsUser);
    }
    spec
}

fn set(names: &mut Vec<String>, name: &str, is_in: bool) {
    match (is_in, names.iter().position(|one| one == name)) {
        (true, None) => names.push(name.to_owned()),
        (false, Some(at)) => drop(names.remove(at)),
        (true, Some(_)) | (false, None) => {}
    }
}

async fn load(conn: &mut Conn, subscription_id: &str) -> Result<(Exchanges, Vec<Application>)> {
    let applications = store::applications::list(conn, subscription_id).await?;
    let connections = store::api_connections::list(conn, subscription_id).await?;
    let apis = connections.into_iter().map(|one| {
        let (name, title) = (one.object.spec.name.clone(), one.object.spec.display_name.clone());
        Target { name, title }
    });
    let others = applications.iter().filter(|one| !one.built_in).map(|one| {
        let (name, title) = (one.object.spec.client_id.clone(), one.object.spec.name.clone());
        Target { name, title }
    });
    let targets: Vec<Target> = apis.chain(others).collect();
    let exchanging: Vec<Application> = applications
        .into_iter()
        .filter(|one| !one.built_in && one.object.spec.grant_types.contains(&GrantType::TokenExchange))
        .collect();
    let callers = exchanging.iter().map(|one| caller(one, &targets)).collect();
    let version = version(&exchanging, &targets);
    Ok((Exchanges { callers, targets, version }, exchanging))
}

fn caller(application: &Application, targets: &[Target]) -> Caller {
    let spec = &application.object.spec;
    let towards = targets.iter().map(|target| (target.name.clone(), Towards::of(spec, &target.name)));
    Caller {
        id: application.object.id.clone(),
        client_id: spec.client_id.clone(),
        name: spec.name.clone(),
        towards: towards.filter(|(_, towards)| *towards != Towards::No).collect(),
    }
}

/// Rows have versions of their own, and come and go, as columns do.
fn version(callers: &[Application], targets: &[Target]) -> i64 {
    let mut hash = Sha256::new();
    for one in callers {
        hash.update(format!("{} {}\n", one.object.id, one.object.version));
    }
    for target in targets {
        hash.update(format!("{}\n", target.name));
    }
    let mut first = [0; 8];
    first.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    i64::from_be_bytes(first) & i64::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_stays_and_order_is_kept() {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let spec = ApplicationSpec {
            exchange_targets: names(&["c", "a"]),
            impersonation_targets: names(&["a"]),
            ..ApplicationSpec::default()
        };
        let targets = ["a", "b", "c"].map(|name| Target { name: name.to_owned(), title: String::new() });
        assert_eq!(with(&spec, &targets, |_| None), spec);
        let after = with(&spec, &targets, |name| match name {
            "a" => Some(Towards::Acting),
            "b" => Some(Towards::AsUser),
            _ => None,
        });
        assert_eq!(after.exchange_targets, names(&["c", "a", "b"]));
        assert_eq!(after.impersonation_targets, names(&["b"]));
        let none = with(&after, &targets, |_| Some(Towards::No));
        assert!(none.exchange_targets.is_empty() && none.impersonation_targets.is_empty());
    }
}
