//! The UserInfo endpoint (OpenID Connect Core section 5.3).

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use oidc::bearer::{self, BearerRefusal};
use oidc::params::Params;
use service::tokens::{self, Asked, UserInfoFailure};

use super::challenge::challenged;
use super::cors::Origin;
use super::dpop::with_nonce;
use super::post;
use super::subscription::Subscription;
use crate::http::render;
use crate::http::site::Site;

/// The token in the Authorization header; never in the query (docs/security.md 30).
pub async fn asked(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    let origin = Origin::of(&request);
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let token = Params::refuse_credentials(query).map_err(BearerRefusal::Error);
    let token = token.and_then(|()| bearer::read(&post::authorization(request.headers()), &Params::default()));
    let asked =
        Asked { token, dpop: post::proofs(request.headers()), certificate: subscription.certificate(), method: "GET" };
    origin.allow(&subscription, answer(&site, &subscription, asked).await)
}

/// The token in the header or in the body.
pub async fn posted(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    let origin = Origin::of(&request);
    let headers = request.headers().clone();
    let body = post::body(request).await.map_err(BearerRefusal::Error);
    let token = body.and_then(|params| bearer::read(&post::authorization(&headers), &params));
    let asked = Asked { token, dpop: post::proofs(&headers), certificate: subscription.certificate(), method: "POST" };
    origin.allow(&subscription, answer(&site, &subscription, asked).await)
}

async fn answer(site: &Site, subscription: &Subscription, asked: Asked<'_>) -> Response {
    let realm = subscription.realm();
    let with_proof = asked.token.as_ref().is_ok_and(|token| token.with_proof);
    let response = match tokens::userinfo(&site.ctx, &subscription.snap, asked).await {
        // Section 5.3.2 has this media type.
        Ok(answer) => render::json_or_jwt(answer, "application/jwt"),
        Err(UserInfoFailure::Service(error)) => render::service_error(&error),
        Err(UserInfoFailure::Bearer(refusal)) => challenged(&refusal, refusal.challenge(realm)),
        Err(UserInfoFailure::Proof(error)) => {
            let refusal = BearerRefusal::Error(error);
            let mut response = challenged(&refusal, refusal.proof_challenge(realm));
            // RFC 9449 section 7.1 has 401, whatever is wrong with the proof.
            *response.status_mut() = StatusCode::UNAUTHORIZED;
            response
        }
    };
    if with_proof { with_nonce(site, subscription, response) } else { response }
}
