//! A bug answers 500 and nothing else. The log has the place (see `logging`).

use std::any::Any;

use axum::http::StatusCode;
use axum::response::Response;

use super::render;

/// The response after a panic, whose payload is not shown.
pub fn response(_: Box<dyn Any + Send + 'static>) -> Response {
    render::plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n")
}
