//! The protocol's JSON, and its errors (RFC 6749 section 5.2).

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use oidc::error::{ErrorCode, OAuthError};
use serde::Serialize;
use service::Error;
use service::tokens::Answer;

use super::status;

/// 200 with a JSON body. `no-store` is added to every response that does not say otherwise.
pub fn json(body: &impl Serialize) -> Response {
    with_status(StatusCode::OK, body)
}

/// The answer of an endpoint that may be signed: as JSON, or as a JWT of the media type `jwt_type`.
pub fn json_or_jwt(answer: Answer, jwt_type: &'static str) -> Response {
    match answer {
        Answer::Json(body) => json(&body),
        Answer::Jwt(jwt) => ([(CONTENT_TYPE, HeaderValue::from_static(jwt_type))], jwt).into_response(),
    }
}

/// An error of the protocol, with the challenge that goes with a 401.
pub fn oauth_error(error: &OAuthError, realm: &str) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = with_status(status, &error.body());
    if let Some(challenge) = error.challenge(realm).and_then(|text| HeaderValue::try_from(text).ok()) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// An error of a use case, in the protocol's form.
pub fn service_error(error: &Error) -> Response {
    status::log(error);
    let (code, text) = match error {
        Error::NotFound => (ErrorCode::InvalidRequest, "there is nothing at this address"),
        Error::OutOfUse { .. } => (ErrorCode::UnauthorizedClient, "the subscription is out of use"),
        Error::TooManyRequests { .. } => (ErrorCode::TemporarilyUnavailable, "too many requests"),
        Error::Unavailable(_) => (ErrorCode::TemporarilyUnavailable, "the server cannot answer at the moment"),
        Error::Internal(_) => (ErrorCode::ServerError, "something went wrong on our side"),
        _ => (ErrorCode::InvalidRequest, "the request was refused"),
    };
    let mut response = with_status(status::service_status(error), &OAuthError::new(code, text).body());
    if let Some(seconds) = status::retry_after(error) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn with_status(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response(),
        Err(_) => super::plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n"),
    }
}
