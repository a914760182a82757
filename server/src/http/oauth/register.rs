//! Client registration (RFC 7591 section 3) and what follows it (RFC 7592 section 2).

use axum::extract::{Path, Request, State};
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use oidc::bearer::BearerRefusal;
use serde_json::Value;
use service::client_registration::{self, Failure, Sent};

use super::post;
use super::subscription::Subscription;
use crate::http::form::{self, Unreadable};
use crate::http::render;
use crate::http::site::Site;

/// Most bytes of metadata: a key set is the largest part.
const MAX_BODY: usize = 32 * 1_024;

/// Registers an application.
pub async fn register(State(site): State<Site>, subscription: Subscription, request: Request) -> Response {
    let read = open(&site, &subscription, request).await;
    let (headers, body) = match read {
        Ok(read) => read,
        Err(response) => return response,
    };
    let authorization = post::authorization(&headers);
    let sent = Sent { authorization: &authorization, client: &subscription.arrival.client };
    let made = client_registration::register(&site.ctx, &subscription.snap, &body, sent).await;
    // Section 3.2.1: "the server responds with an HTTP 201 Created status code".
    answered(&subscription, made, StatusCode::CREATED)
}

/// What is registered.
pub async fn read(
    State(site): State<Site>,
    subscription: Subscription,
    Path(client_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = post::within_limit(&site, &subscription) {
        return render::service_error(&error);
    }
    let authorization = post::authorization(&headers);
    let sent = Sent { authorization: &authorization, client: &subscription.arrival.client };
    let found = client_registration::read(&site.ctx, &subscription.snap, &client_id, sent).await;
    answered(&subscription, found, StatusCode::OK)
}

/// Puts other metadata in the place of those there were.
pub async fn update(
    State(site): State<Site>,
    subscription: Subscription,
    Path(client_id): Path<String>,
    request: Request,
) -> Response {
    let read = open(&site, &subscription, request).await;
    let (headers, body) = match read {
        Ok(read) => read,
        Err(response) => return response,
    };
    let authorization = post::authorization(&headers);
    let sent = Sent { authorization: &authorization, client: &subscription.arrival.client };
    let changed = client_registration::update(&site.ctx, &subscription.snap, &client_id, &body, sent).await;
    answered(&subscription, changed, StatusCode::OK)
}

/// Ends the application.
pub async fn delete(
    State(site): State<Site>,
    subscription: Subscription,
    Path(client_id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = post::within_limit(&site, &subscription) {
        return render::service_error(&error);
    }
    let authorization = post::authorization(&headers);
    let sent = Sent { authorization: &authorization, client: &subscription.arrival.client };
    match client_registration::delete(&site.ctx, &subscription.snap, &client_id, sent).await {
        // RFC 7592 section 2.3: "the server MUST respond with an HTTP 204 No Content message".
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(failure) => refused(&subscription, &failure),
    }
}

async fn open(site: &Site, subscription: &Subscription, request: Request) -> Result<(HeaderMap, Vec<u8>), Response> {
    post::within_limit(site, subscription).map_err(|error| render::service_error(&error))?;
    let headers = request.headers().clone();
    match form::json(request, MAX_BODY).await {
        Ok(body) => Ok((headers, body)),
        Err(unreadable) => Err(unread(unreadable)),
    }
}

fn unread(unreadable: Unreadable) -> Response {
    let text = match unreadable {
        Unreadable::TooLarge => "the body is too large",
        Unreadable::NoForm => "the body must be application/json",
        Unreadable::Broken | Unreadable::Malformed => "the body did not arrive",
    };
    let error = oidc::OAuthError::new(oidc::ErrorCode::InvalidClientMetadata, text);
    let mut response = render::json(&error.body());
    *response.status_mut() = unreadable.status();
    response
}

fn answered(subscription: &Subscription, answer: Result<Value, Failure>, status: StatusCode) -> Response {
    match answer {
        Ok(body) => {
            let mut response = render::json(&body);
            *response.status_mut() = status;
            response
        }
        Err(failure) => refused(subscription, &failure),
    }
}

fn refused(subscription: &Subscription, failure: &Failure) -> Response {
    match failure {
        Failure::OAuth(error) => subscription.refuse(error),
        Failure::Service(error) => render::service_error(error),
        Failure::Bearer(refusal) => challenged(subscription, refusal),
    }
}

/// RFC 6750 section 3: with every refusal of a token goes a challenge.
fn challenged(subscription: &Subscription, refusal: &BearerRefusal) -> Response {
    let mut response = match refusal.error() {
        Some(error) => render::json(&error.body()),
        None => ().into_response(),
    };
    *response.status_mut() = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNAUTHORIZED);
    if let Ok(challenge) = HeaderValue::try_from(refusal.challenge(subscription.realm())) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}
