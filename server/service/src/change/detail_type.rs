//! Types of authorization details (RFC 9396): part of their connections, and one namespace in a subscription.

use std::collections::HashSet;

use model::spec::{ApiConnectionSpec, ApplicationSpec};
use model::{FieldErrors, Problem};
use store::{Conn, Usage};

use super::unless_used;
use crate::error::Result;
use crate::revision::ObjectType;

/// Refuses a type that another connection defines: a request names its type only.
pub(crate) async fn check_free(
    conn: &mut Conn,
    subscription_id: &str,
    id: Option<&str>,
    spec: &ApiConnectionSpec,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    if !spec.authorization_details_types.is_empty() {
        let all = store::api_connections::list(conn, subscription_id).await?;
        let others = all.iter().filter(|one| Some(one.object.id.as_str()) != id);
        let taken: HashSet<&str> = others.flat_map(|one| names(&one.object.spec)).collect();
        for (i, one) in spec.authorization_details_types.iter().enumerate() {
            if taken.contains(one.name.as_str()) {
                errors.add(&format!("authorization_details_types[{i}].type"), Problem::new("taken"));
            }
        }
    }
    Ok(errors.into_result(())?)
}

/// Refuses a change of a connection that takes types away which applications may ask for. Apart from the change itself,
/// since one file may do both: there the plan has looked.
pub(crate) async fn unless_lost(
    conn: &mut Conn,
    subscription_id: &str,
    before: &ApiConnectionSpec,
    after: &ApiConnectionSpec,
) -> Result<()> {
    let kept: HashSet<&str> = names(after).collect();
    let lost: Vec<&str> = names(before).filter(|name| !kept.contains(name)).collect();
    unless_used(usage(conn, subscription_id, &lost).await?)
}

/// Applications that may ask for one of these types.
pub(crate) async fn usage(conn: &mut Conn, subscription_id: &str, types: &[&str]) -> Result<Vec<Usage>> {
    if types.is_empty() {
        return Ok(Vec::new());
    }
    let asks = |spec: &ApplicationSpec| {
        spec.allowed_authorization_details_types.iter().any(|one| types.contains(&one.as_str()))
    };
    let all = store::applications::list(conn, subscription_id).await?.into_iter().map(|one| one.object);
    let usage = all.filter(|one| asks(&one.spec)).map(|one| Usage {
        object_type: ObjectType::Application.as_str().to_owned(),
        id: one.id,
        name: one.spec.client_id,
    });
    Ok(usage.collect())
}

/// Applications that may request one of a connection's scopes, or ask for one of its types.
pub(crate) async fn usage_of_connection(
    conn: &mut Conn,
    connection: &store::api_connections::ApiConnection,
) -> Result<Vec<Usage>> {
    let mut all = store::api_connections::usage(conn, &connection.object.id).await?;
    let types: Vec<&str> = names(&connection.object.spec).collect();
    for one in usage(conn, &connection.subscription_id, &types).await? {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    Ok(all)
}

/// Names of a connection's types.
pub(crate) fn names(spec: &ApiConnectionSpec) -> impl Iterator<Item = &str> {
    spec.authorization_details_types.iter().map(|one| one.name.as_str())
}
