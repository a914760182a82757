//! The protocol's endpoints: parse, call one use case, render. One file each.
//!
//! Clients authenticate by what they send, so no check of the origin stands in front; no cookie is
//! read here but the session's by a GET to the authorization endpoint.

mod authorize;
mod backchannel_authentication;
mod caching;
mod challenge;
pub mod check_session;
mod cors;
mod device_authorization;
mod discovery;
mod dpop;
mod end_session;
mod introspect;
mod jwks;
mod par;
mod post;
mod register;
mod revocation;
mod subscription;
mod token;
mod userinfo;

pub use subscription::Subscription;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post as posting};
use oidc::endpoint;

use super::rate_limit;
use super::site::Site;

/// All of them, relative to an issuer.
pub fn routes(site: &Site) -> Router<Site> {
    let browsers = Router::new()
        .route(endpoint::AUTHORIZE, get(authorize::asked).post(authorize::posted))
        .route(endpoint::END_SESSION, get(end_session::asked).post(end_session::posted))
        .route(endpoint::CHECK_SESSION, get(check_session::page))
        .route_layer(from_fn_with_state(site.clone(), rate_limit::pages));
    Router::new()
        .merge(browsers)
        .route(endpoint::OPENID_CONFIGURATION, get(discovery::openid).options(cors::anybody))
        .route(endpoint::OAUTH_SERVER, get(discovery::oauth).options(cors::anybody))
        .route(&format!("{}/{{name}}", endpoint::RESOURCE_METADATA), get(discovery::resource).options(cors::anybody))
        .route(endpoint::JWKS, get(jwks::jwks).options(cors::anybody))
        .route(endpoint::JWKS_SHORT, get(jwks::jwks).options(cors::anybody))
        .route(endpoint::TOKEN, posting(token::token).options(cors::preflight))
        .route(endpoint::PUSHED_REQUEST, posting(par::par).options(cors::preflight))
        .route(
            endpoint::DEVICE_AUTHORIZATION,
            posting(device_authorization::device_authorization).options(cors::preflight),
        )
        .route(endpoint::BACKCHANNEL_AUTHENTICATION, posting(backchannel_authentication::backchannel_authentication))
        .route(endpoint::USERINFO, get(userinfo::asked).post(userinfo::posted).options(cors::preflight))
        .route(endpoint::INTROSPECT, posting(introspect::introspect))
        .route(endpoint::REVOCATION, posting(revocation::revocation))
        .route(endpoint::REGISTER, posting(register::register))
        .route(
            &format!("{}/{{client_id}}", endpoint::REGISTER),
            get(register::read).put(register::update).delete(register::delete),
        )
}
