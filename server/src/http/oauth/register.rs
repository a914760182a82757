//! Client registration (RFC 7591 section 3) and what follows it (RFC 7592 section 2).

use axum::extract::{FromRequest, FromRequestParts as _, Path, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use service::client_registration::{self, Failure, Sent};

use super::challenge::challenged;
use super::post;
use super::subscription::Subscription;
use crate::http::form::{self, Unreadable};
use crate::http::render;
use crate::http::site::Site;

/// Most bytes of metadata: a key set is the largest part.
const MAX_BODY: usize = 32 * 1_024;

/// A request that anybody could send, read as far as it is needed.
pub struct Asked {
    subscription: Subscription,
    headers: HeaderMap,
    /// Empty where the method has none.
    body: Vec<u8>,
}

impl FromRequest<Site> for Asked {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let subscription = Subscription::from_request_parts(&mut parts, site).await?;
        post::within_limit(site, &subscription).map_err(|error| render::service_error(&error))?;
        let headers = parts.headers.clone();
        let has_body = matches!(parts.method, Method::POST | Method::PUT);
        let read = if has_body { form::json(Request::from_parts(parts, body), MAX_BODY).await } else { Ok(Vec::new()) };
        Ok(Self { subscription, headers, body: read.map_err(unread)? })
    }
}

impl Asked {
    fn sent(&self) -> Sent<'_> {
        Sent { authorization: post::authorization(&self.headers), client: &self.subscription.arrival.client }
    }

    fn answer(&self, answer: Result<Value, Failure>, status: StatusCode) -> Response {
        match answer {
            Ok(body) => {
                let mut response = render::json(&body);
                *response.status_mut() = status;
                response
            }
            Err(failure) => self.refuse(&failure),
        }
    }

    fn refuse(&self, failure: &Failure) -> Response {
        match failure {
            Failure::OAuth(error) => self.subscription.refuse(error),
            Failure::Service(error) => render::service_error(error),
            Failure::Bearer(refusal) => challenged(refusal, refusal.challenge(self.subscription.realm())),
        }
    }
}

/// Registers an application.
pub async fn register(State(site): State<Site>, asked: Asked) -> Response {
    let snap = &asked.subscription.snap;
    let made = client_registration::register(&site.ctx, snap, &asked.body, &asked.sent()).await;
    // Section 3.2.1: "the server responds with an HTTP 201 Created status code".
    asked.answer(made, StatusCode::CREATED)
}

/// What is registered.
pub async fn read(State(site): State<Site>, Path(client_id): Path<String>, asked: Asked) -> Response {
    let snap = &asked.subscription.snap;
    let found = client_registration::read(&site.ctx, snap, &client_id, &asked.sent()).await;
    asked.answer(found, StatusCode::OK)
}

/// Puts other metadata in the place of those there were.
pub async fn update(State(site): State<Site>, Path(client_id): Path<String>, asked: Asked) -> Response {
    let snap = &asked.subscription.snap;
    let changed = client_registration::update(&site.ctx, snap, &client_id, &asked.body, &asked.sent()).await;
    asked.answer(changed, StatusCode::OK)
}

/// Ends the application.
pub async fn delete(State(site): State<Site>, Path(client_id): Path<String>, asked: Asked) -> Response {
    let snap = &asked.subscription.snap;
    match client_registration::delete(&site.ctx, snap, &client_id, &asked.sent()).await {
        // RFC 7592 section 2.3: "the server MUST respond with an HTTP 204 No Content message".
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(failure) => asked.refuse(&failure),
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
