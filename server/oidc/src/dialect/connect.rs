//! Dialect `connect`: access tokens that say when they end, whose they are and who made them, signed with the
//! application's secret (HS256).

use serde_json::{Map, Value, json};
use url::Url;

use crate::grant::AccessTokenSpec;
use crate::tenant::Tenant;

/// `exp iss sub`, and `act` of a token that was exchanged. `iss` is the host name of the issuer, as the product had it.
pub fn access_payload(tenant: &Tenant, spec: &AccessTokenSpec) -> Map<String, Value> {
    let data = &spec.data;
    let host = Url::parse(tenant.issuer()).ok().and_then(|url| url.host_str().map(str::to_owned));
    let members = [
        ("exp", json!(data.expires_at)),
        ("iss", json!(host.unwrap_or_else(|| tenant.issuer().to_owned()))),
        ("sub", json!(data.subject())),
    ];
    let mut payload = spec.claims.clone();
    payload.extend(members.map(|(name, value)| (name.to_owned(), value)));
    if let Some(actor) = &data.actor {
        payload.insert("act".to_owned(), json!(actor));
    }
    payload
}
