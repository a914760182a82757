//! A bug answers 500 and nothing else. The log has the place (see `logging`).

use std::panic::AssertUnwindSafe;

use axum::http::StatusCode;
use axum::response::Response;
use futures_util::FutureExt as _;

use super::render;

/// The response, or what stands for it after a panic, whose payload is not shown. Nothing that the panic may have left
/// half-done is looked at again but through locks, which all expect it.
pub async fn caught(answer: impl Future<Output = Response>) -> Response {
    let answered = AssertUnwindSafe(answer).catch_unwind().await;
    answered.unwrap_or_else(|_| render::plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n"))
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use http_body_util::BodyExt;

    #[tokio::test]
    async fn what_a_panic_says_stays_inside() {
        let response = super::caught(poll_fn(|_| panic!("canary in a panic"))).await;
        assert_eq!(response.status(), 500);
        let body = response.into_body().collect().await.expect("body").to_bytes();
        assert!(!String::from_utf8_lossy(&body).contains("canary"));
    }
}
