//! API connections of the file, with their scopes and secrets. The scope of a connection's own name
//! need not be listed.

use model::spec::{ApiConnectionSpec, ApiScopeSpec};
use store::api_connections::ApiConnection;
use store::secrets::Owner;

use super::current::KnownConnection;
use super::draft::{Absent, Draft, Known, What, Write, located};
use super::plan::{Kind, fields};
use super::secrets::{self, SecretWrite};
use crate::change::api_connection::{default_scope, own_scope_first};
use crate::change::secret::SecretOf;
use crate::change::{self, Change};
use crate::error::{Error, Result};

/// What to write. A new connection is written with its scopes.
#[derive(Debug, Default)]
pub(super) struct Connections {
    objects: Vec<Write<ApiConnectionSpec>>,
    /// Of connections that stand: connection's name, scope.
    scopes: Vec<(String, Write<ApiScopeSpec>)>,
    secrets: Vec<SecretWrite>,
}

/// Compares the connections.
pub(super) fn plan(draft: &mut Draft<'_>, wanted: &[ApiConnectionSpec], known: &[KnownConnection]) -> Connections {
    for (index, spec) in wanted.iter().enumerate() {
        draft.refuse_all(&draft.item("api_connections", index), change::api_connection::check(spec));
    }
    let bare = |spec: &ApiConnectionSpec| ApiConnectionSpec { secret: None, scopes: Vec::new(), ..spec.clone() };
    let shapes: Vec<_> = wanted.iter().map(bare).collect();
    let standing: Vec<Known<ApiConnectionSpec>> = known.iter().map(|k| k.object.clone()).collect();
    let objects = draft.compare("api_connections", &shapes, &standing, |spec| &spec.name, |_| Absent::Delete);
    let mut writes = Connections { objects, ..Connections::default() };
    for (index, spec) in wanted.iter().enumerate() {
        let at = draft.item("api_connections", index);
        let before = known.iter().find(|k| k.object.spec.name == spec.name);
        match before {
            Some(before) => writes.scopes.extend(plan_scopes(draft, &at, spec, before)),
            None => {
                for scope in own_scope_first(spec) {
                    draft.note(Kind::Create, &section(spec), &scope.name, fields(None, &scope));
                }
            }
        }
        if let Some(reference) = &spec.secret {
            let live = before.map(|k| k.secrets.as_slice());
            writes.secrets.extend(secrets::plan(draft, "api_connections", &at, &spec.name, reference, live));
        }
    }
    // A new connection is written with its scopes in one step.
    for write in &mut writes.objects {
        if let What::Create(spec) = &mut write.what {
            spec.scopes = wanted.iter().find(|w| w.name == spec.name).map(|w| w.scopes.clone()).unwrap_or_default();
        }
    }
    writes
}

fn section(connection: &ApiConnectionSpec) -> String {
    format!("api_connections/{}/scopes", connection.name)
}

/// Compares the scopes of a connection that stands.
fn plan_scopes(
    draft: &mut Draft<'_>,
    at: &str,
    spec: &ApiConnectionSpec,
    before: &KnownConnection,
) -> Vec<(String, Write<ApiScopeSpec>)> {
    // While a connection's own scope has no words of its own, it follows the connection's name.
    let followed: Vec<_> = before.scopes.iter().cloned().map(|scope| follow(scope, before, spec)).collect();
    for (scope, after) in before.scopes.iter().zip(&followed).filter(|(scope, after)| scope.spec != after.spec) {
        draft.note(Kind::Change, &section(spec), &after.spec.name, fields(Some(&scope.spec), &after.spec));
    }
    let absent = |scope: &ApiScopeSpec| {
        if scope.name == spec.name { Absent::Become(default_scope(spec)) } else { Absent::Delete }
    };
    let writes = draft.compare(&section(spec), &spec.scopes, &followed, |scope| &scope.name, absent);
    let place = |write: Write<ApiScopeSpec>| {
        let index = spec.scopes.iter().position(|scope| scope.name == write.name);
        let at = index.map_or_else(|| format!("{at}.scopes"), |index| format!("{at}.scopes[{index}]"));
        (spec.name.clone(), Write { at, ..write })
    };
    writes.into_iter().map(place).collect()
}

/// A scope as it will stand once its connection is written.
fn follow(scope: Known<ApiScopeSpec>, before: &KnownConnection, after: &ApiConnectionSpec) -> Known<ApiScopeSpec> {
    let follows = scope.spec.name == after.name && scope.spec.display_name == before.object.spec.display_name;
    if !follows || scope.spec.display_name == after.display_name {
        return scope;
    }
    let spec = ApiScopeSpec { display_name: after.display_name.clone(), ..scope.spec };
    Known { spec, version: scope.version.map(|version| version + 1) }
}

/// Creates and changes.
pub(super) async fn write(change: &mut Change<'_>, subscription_id: &str, writes: &Connections) -> Result<()> {
    for write in &writes.objects {
        let done = match &write.what {
            What::Create(spec) => change::api_connection::create(change, subscription_id, spec.clone()).await.map(drop),
            What::Update { after, version } => {
                let before = find(change, subscription_id, &write.name).await?;
                let version = version.unwrap_or(before.object.version);
                change::api_connection::update(change, &before, version, after).await
            }
            What::Delete { .. } => Ok(()),
        };
        located(&write.at, done)?;
    }
    for (connection, write) in &writes.scopes {
        let connection = find(change, subscription_id, connection).await?;
        let done = match &write.what {
            What::Create(spec) => change::api_scope::create(change, &connection, spec.clone()).await.map(drop),
            What::Update { after, version } => {
                let before = store::scopes::find_api(change.conn(), subscription_id, &write.name).await?;
                let before = before.ok_or(Error::Changed)?;
                change::api_scope::update(change, &before, version.unwrap_or(before.object.version), after).await
            }
            What::Delete { .. } => Ok(()),
        };
        located(&write.at, done)?;
    }
    for write in &writes.secrets {
        let owner = find(change, subscription_id, &write.name).await?.object.id;
        let of = SecretOf { subscription_id, owner: Owner::ApiConnection(&owner), name: &write.name };
        change::secret::replace(change, of, &write.secret).await?;
    }
    Ok(())
}

/// Deletes what the file does not list.
pub(super) async fn delete(change: &mut Change<'_>, subscription_id: &str, writes: &Connections) -> Result<()> {
    for (connection, write) in &writes.scopes {
        let What::Delete { version: Some(version) } = write.what else { continue };
        let connection = find(change, subscription_id, connection).await?;
        let scope = store::scopes::find_api(change.conn(), subscription_id, &write.name).await?;
        change::api_scope::delete(change, &connection, &scope.ok_or(Error::Changed)?, version).await?;
    }
    for write in &writes.objects {
        let What::Delete { version: Some(version) } = write.what else { continue };
        let connection = find(change, subscription_id, &write.name).await?;
        change::api_connection::delete(change, &connection, version).await?;
    }
    Ok(())
}

async fn find(change: &mut Change<'_>, subscription_id: &str, name: &str) -> Result<ApiConnection> {
    store::api_connections::find(change.conn(), subscription_id, name).await?.ok_or(Error::Changed)
}
