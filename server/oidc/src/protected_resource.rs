//! Metadata of the APIs that tokens of a subscription are for (RFC 9728), for clients that begin with an API's address
//! and look for whoever issues tokens for it.

use model::spec::ApiConnectionSpec;
use serde_json::{Map, Value, json};

use crate::endpoint;
use crate::tenant::{Connection, Tenant};

/// The document of an API connection. Section 2: `resource` is REQUIRED, "a URL that uses the https scheme"; one without
/// such an address has none, but on the machine of somebody who tries things out.
pub fn metadata(tenant: &Tenant, connection: &Connection) -> Option<Value> {
    let resource = address(connection.spec())?;
    let mut metadata = Map::new();
    let mut put = |name: &str, value: Value| {
        metadata.insert(name.to_owned(), value);
    };
    put("resource", json!(resource));
    put("authorization_servers", json!([tenant.issuer()]));
    put("scopes_supported", json!(connection.scopes().iter().map(|scope| &scope.name).collect::<Vec<_>>()));
    put("resource_name", json!(connection.spec().display_name));
    Some(Value::Object(metadata))
}

/// Where it stands. The API names this address in its challenges (section 5.1), or serves the document itself.
pub fn url(issuer: &str, connection: &ApiConnectionSpec) -> Option<String> {
    address(connection)?;
    Some(format!("{}/{}", endpoint::url(issuer, endpoint::RESOURCE_METADATA), connection.name))
}

/// Section 4: identifiers of all of them, for the authorization server's own metadata.
pub fn resources(tenant: &Tenant) -> Vec<&str> {
    tenant.connections().iter().filter_map(|connection| address(connection.spec())).collect()
}

fn address(connection: &ApiConnectionSpec) -> Option<&str> {
    let resource = connection.resource.as_deref()?;
    let is_web = resource.starts_with("https://") || resource.starts_with("http://");
    is_web.then_some(resource)
}
