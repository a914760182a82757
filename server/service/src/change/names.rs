//! Do the names exist that a specification refers to? All unknown ones are told at once; the
//! database would stop at the first.

use std::collections::HashSet;

use model::FieldErrors;
use store::Conn;

use super::detail_type;
use crate::error::Result;
use crate::refusal::unknown;

/// The names of one subscription that other objects may refer to.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) claims: HashSet<String>,
    pub(crate) identity_scopes: HashSet<String>,
    pub(crate) api_scopes: HashSet<String>,
    /// Types of authorization details.
    pub(crate) detail_types: HashSet<String>,
}

/// `client_id`s and names of API connections.
pub(crate) async fn clients(conn: &mut Conn, subscription_id: &str) -> Result<HashSet<String>> {
    let connections = store::api_connections::list(conn, subscription_id).await?;
    let applications = store::applications::list(conn, subscription_id).await?;
    let connections = connections.into_iter().map(|c| c.object.spec.name);
    Ok(connections.chain(applications.into_iter().map(|a| a.object.spec.client_id)).collect())
}

impl Names {
    /// What stands in the database.
    pub(crate) async fn load(conn: &mut Conn, subscription_id: &str) -> Result<Self> {
        let claims = store::claims::list(conn, subscription_id).await?;
        let identity = store::scopes::list_identity(conn, subscription_id).await?;
        let api = store::scopes::list_api(conn, subscription_id).await?;
        let connections = store::api_connections::list(conn, subscription_id).await?;
        let types = connections.iter().flat_map(|one| detail_type::names(&one.object.spec)).map(str::to_owned);
        Ok(Self {
            detail_types: types.collect(),
            claims: claims.into_iter().map(|c| c.object.spec.name).collect(),
            identity_scopes: identity.into_iter().map(|s| s.object.spec.name).collect(),
            api_scopes: api.into_iter().map(|s| s.object.spec.name).collect(),
        })
    }

    /// Notes each name of `wanted` that is not among `known`.
    pub(crate) fn check<'n>(
        errors: &mut FieldErrors,
        field: &str,
        known: &HashSet<String>,
        wanted: impl IntoIterator<Item = &'n String>,
    ) {
        for name in wanted.into_iter().filter(|name| !known.contains(*name)) {
            errors.add(field, unknown(name));
        }
    }
}
