//! The namespaces of a subscription: names that repeat in the file, names that something else
//! bears already, and the names that will exist afterwards.

use std::collections::{HashMap, HashSet};

use model::Problem;
use model::preset::ScopePreset;
use model::spec::SubscriptionDocument;

use super::current::Current;
use super::draft::Draft;
use crate::change::detail_type;
use crate::change::names::Names;

/// Who bears a name in a namespace that two kinds of objects share.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bearer {
    Application,
    ApiConnection,
    /// By its resource indicator, this connection.
    Resource(String),
    IdentityScope,
    /// Of this connection.
    ApiScope(String),
    /// Of this connection.
    DetailType(String),
}

/// A name as the file gives it: where, what, to whom.
type Given = (String, String, Bearer);

/// Notes names that repeat or that something of another kind bears.
pub(super) fn check(draft: &mut Draft<'_>, file: &SubscriptionDocument, current: &Current) {
    let claims = file.claims.iter().enumerate();
    let claims = claims.map(|(i, claim)| (format!("{}.name", draft.item("claims", i)), claim.name.clone()));
    let claims: Vec<_> = claims.collect();
    let mut seen = HashSet::new();
    for (at, name) in claims {
        if !seen.insert(name.clone()) {
            draft.refuse(&at, Problem::new("repeated").with("name", name));
        }
    }
    let (scopes, clients) = (given_scopes(draft, file), given_clients(draft, file));
    check_shared(draft, scopes, &standing_scopes(current));
    check_shared(draft, clients, &standing_clients(current));
    check_shared(draft, given_types(draft, file), &standing_types(file, current));
}

fn check_shared(draft: &mut Draft<'_>, given: Vec<Given>, standing: &HashMap<String, Bearer>) {
    let mut seen = HashSet::new();
    for (at, name, bearer) in given {
        if standing.get(&name).is_some_and(|standing| *standing != bearer) {
            draft.refuse(&at, Problem::new("taken"));
        }
        if !seen.insert(name.clone()) {
            draft.refuse(&at, Problem::new("repeated").with("name", name));
        }
    }
}

fn given_scopes(draft: &Draft<'_>, file: &SubscriptionDocument) -> Vec<Given> {
    let mut given = Vec::new();
    for (i, scope) in file.identity_scopes.iter().enumerate() {
        let at = format!("{}.name", draft.item("identity_scopes", i));
        given.push((at, scope.name.clone(), Bearer::IdentityScope));
    }
    for (i, connection) in file.api_connections.iter().enumerate() {
        let item = draft.item("api_connections", i);
        let bearer = Bearer::ApiScope(connection.name.clone());
        given.push((format!("{item}.name"), connection.name.clone(), bearer.clone()));
        // The list may give words to the scope of the connection's own name; repetitions within
        // one list are told by the connection's own check.
        let mut listed = HashSet::from([connection.name.as_str()]);
        for (j, scope) in connection.scopes.iter().enumerate() {
            if listed.insert(&scope.name) {
                given.push((format!("{item}.scopes[{j}].name"), scope.name.clone(), bearer.clone()));
            }
        }
    }
    given
}

fn given_clients(draft: &Draft<'_>, file: &SubscriptionDocument) -> Vec<Given> {
    let connections = file.api_connections.iter().enumerate().map(|(i, connection)| {
        (format!("{}.name", draft.item("api_connections", i)), connection.name.clone(), Bearer::ApiConnection)
    });
    let applications = file.applications.iter().enumerate().map(|(i, application)| {
        (format!("{}.client_id", draft.item("applications", i)), application.client_id.clone(), Bearer::Application)
    });
    let resources = file.api_connections.iter().enumerate().filter_map(|(i, connection)| {
        let at = format!("{}.resource", draft.item("api_connections", i));
        Some((at, connection.resource.clone()?, Bearer::Resource(connection.name.clone())))
    });
    connections.chain(applications).chain(resources).collect()
}

/// Types of authorization details. Those that repeat within one list are told by the connection's own check.
fn given_types(draft: &Draft<'_>, file: &SubscriptionDocument) -> Vec<Given> {
    let mut given = Vec::new();
    for (i, connection) in file.api_connections.iter().enumerate() {
        let (item, mut listed) = (draft.item("api_connections", i), HashSet::new());
        for (j, name) in detail_type::names(connection).enumerate() {
            if listed.insert(name) {
                let at = format!("{item}.authorization_details_types[{j}].type");
                given.push((at, name.to_owned(), Bearer::DetailType(connection.name.clone())));
            }
        }
    }
    given
}

/// Those of connections that the file does not list: of the others it says itself which there are.
fn standing_types(file: &SubscriptionDocument, current: &Current) -> HashMap<String, Bearer> {
    let others = current.connections.iter().map(|connection| &connection.object.spec);
    let others = others.filter(|spec| !file.api_connections.iter().any(|listed| listed.name == spec.name));
    let types = others
        .flat_map(|spec| detail_type::names(spec).map(|name| (name.to_owned(), Bearer::DetailType(spec.name.clone()))));
    types.collect()
}

fn standing_scopes(current: &Current) -> HashMap<String, Bearer> {
    let identity = current.identity_scopes.iter().map(|scope| (scope.spec.name.clone(), Bearer::IdentityScope));
    let api = current.connections.iter().flat_map(|connection| {
        let bearer = Bearer::ApiScope(connection.object.spec.name.clone());
        connection.scopes.iter().map(move |scope| (scope.spec.name.clone(), bearer.clone()))
    });
    identity.chain(api).collect()
}

fn standing_clients(current: &Current) -> HashMap<String, Bearer> {
    let connections = current.connections.iter().map(|c| (c.object.spec.name.clone(), Bearer::ApiConnection));
    let applications = current.applications.iter().map(|a| (a.object.spec.client_id.clone(), Bearer::Application));
    let resources = current.connections.iter().map(|c| &c.object.spec);
    let resources = resources.filter_map(|spec| Some((spec.resource.clone()?, Bearer::Resource(spec.name.clone()))));
    connections.chain(applications).chain(resources).collect()
}

/// The names that will exist once the file is applied.
pub(super) fn afterwards(file: &SubscriptionDocument, current: &Current, preset: ScopePreset, prune: bool) -> Names {
    let mut names = Names::default();
    let kept = |listed: bool| listed || !prune;
    for claim in &current.claims {
        if kept(model::standard_claims::is_standard(&claim.spec.name)) {
            names.claims.insert(claim.spec.name.clone());
        }
    }
    names.claims.extend(file.claims.iter().map(|claim| claim.name.clone()));
    let born: HashSet<String> = preset.scopes().into_iter().map(|scope| scope.name).collect();
    for scope in &current.identity_scopes {
        let unwanted = file.without_identity_scopes.contains(&scope.spec.name);
        if !unwanted && kept(born.contains(&scope.spec.name)) {
            names.identity_scopes.insert(scope.spec.name.clone());
        }
    }
    names.identity_scopes.extend(file.identity_scopes.iter().map(|scope| scope.name.clone()));
    for connection in &current.connections {
        let own = &connection.object.spec.name;
        let listed = file.api_connections.iter().any(|c| c.name == *own);
        let scopes = connection.scopes.iter().map(|scope| &scope.spec.name);
        names.api_scopes.extend(scopes.filter(|name| kept(listed && *name == own)).cloned());
    }
    for connection in current.connections.iter().filter(|_| !prune) {
        if !file.api_connections.iter().any(|listed| listed.name == connection.object.spec.name) {
            names.detail_types.extend(detail_type::names(&connection.object.spec).map(str::to_owned));
        }
    }
    for connection in &file.api_connections {
        names.detail_types.extend(detail_type::names(connection).map(str::to_owned));
        names.api_scopes.insert(connection.name.clone());
        names.api_scopes.extend(connection.scopes.iter().map(|scope| scope.name.clone()));
    }
    names
}

/// The `client_id`s and names of connections that will exist then.
pub(super) fn clients_afterwards(file: &SubscriptionDocument, current: &Current, prune: bool) -> HashSet<String> {
    let standing = standing_clients(current).into_iter().filter(|_| !prune);
    let standing = standing.filter(|(_, bearer)| !matches!(bearer, Bearer::Resource(_))).map(|(name, _)| name);
    let applications = file.applications.iter().map(|one| one.client_id.clone());
    let connections = file.api_connections.iter().map(|one| one.name.clone());
    standing.chain(applications).chain(connections).collect()
}
