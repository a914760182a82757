//! Introspection by an API connection (RFC 7662).

use model::spec::SigningAlg;
use serde_json::{Map, Value, json};

use crate::claims::{self, Destination};
use crate::dialect;
use crate::grant::AccessTokenData;
use crate::tenant::{Connection, Tenant};
use crate::user::UserFacts;

/// Answers a connection. `token` is `None` for one that is unknown or revoked: itself, its grant, or by the end of
/// its user. `user` is looked at only where claims of users go into access tokens.
///
/// RFC 7662 section 2.2: "If the introspection call is properly authorized but the token is not
/// active, does not exist on this server, or the protected resource is not allowed to introspect
/// this particular token, then the authorization server MUST return an introspection response with
/// the active field set to false."
pub fn answer(
    tenant: &Tenant,
    connection: &Connection,
    token: Option<&AccessTokenData>,
    jti: Option<&str>,
    user: Option<&UserFacts>,
    now: i64,
) -> Value {
    match token.and_then(|token| active(tenant, connection, token, user, now)) {
        None => json!({ "active": false }),
        Some(mut answer) => {
            if let Some(jti) = jti {
                answer.insert("jti".to_owned(), json!(jti));
            }
            Value::Object(answer)
        }
    }
}

/// Signs answers that are JWTs.
pub const ALG: SigningAlg = SigningAlg::Rs256;

/// `typ` of such an answer (RFC 9701 section 5), and without `application/` the name of its media type.
pub const JWT_TYPE: &str = "token-introspection+jwt";

/// An answer as the payload of a JWT, for the connection that asked. RFC 9701 section 5: "The JWT MUST include the
/// following top-level claims: `iss` [...], `aud` [...], `iat` [...], `token_introspection`", and apart from `jti`
/// and the like no others: they would be taken for the token's own.
pub fn jwt_payload(tenant: &Tenant, connection: &Connection, answer: Value, now: i64) -> Map<String, Value> {
    let mut payload = Map::new();
    payload.insert("iss".to_owned(), json!(tenant.issuer()));
    payload.insert("aud".to_owned(), json!(connection.name()));
    payload.insert("iat".to_owned(), json!(now));
    payload.insert("token_introspection".to_owned(), answer);
    payload
}

fn has_part(connection: &Connection, token: &AccessTokenData) -> bool {
    token.scopes.iter().any(|scope| connection.owns_scope(scope))
        || token.authorization_details.iter().any(|detail| connection.owns_detail_type(detail.kind()))
}

fn active(
    tenant: &Tenant,
    connection: &Connection,
    token: &AccessTokenData,
    user: Option<&UserFacts>,
    now: i64,
) -> Option<Map<String, Value>> {
    let application = tenant.application(&token.client_id).filter(|a| a.is_enabled())?;
    // A name is for ever one connection's; a resource indicator may have been another's when the token was issued.
    let meant_for_it = connection
        .named_in(&token.audience)
        .is_some_and(|name| name == connection.name() || has_part(connection, token));
    if !tenant.is_enabled() || !meant_for_it || now >= token.expires_at {
        return None;
    }
    let mut claims = Map::new();
    if let Some(user_id) = token.user_id.as_ref().filter(|_| tenant.has_access_token_claims()) {
        let input = claims::Input {
            tenant,
            user: user.filter(|u| u.enabled && &u.sub == user_id)?,
            application,
            granted_scopes: &token.scopes,
            requested: &[],
            destination: Destination::AccessToken,
        };
        claims = claims::assemble(&input).claims;
    }
    Some(dialect::introspection(tenant, application, connection, token, claims))
}
