//! A bug answers 500 and nothing else. The log has the place (see `logging`).

use std::any::Any;

use axum::http::StatusCode;
use axum::response::Response;

use super::render;

/// The response after a panic, whose payload is not shown.
pub fn response(_: Box<dyn Any + Send + 'static>) -> Response {
    render::plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n")
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::extract::Request;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn broken() {
        panic!("canary in a panic");
    }

    #[tokio::test]
    async fn what_a_panic_says_stays_inside() {
        let router = Router::<()>::new().route("/", get(broken)).layer(CatchPanicLayer::custom(super::response));
        let request = Request::get("/").body(Body::empty()).expect("request");
        let response = router.oneshot(request).await.expect("infallible");
        assert_eq!(response.status(), 500);
        let body = response.into_body().collect().await.expect("body").to_bytes();
        assert!(!String::from_utf8_lossy(&body).contains("canary"));
    }
}
