//! One request and its answer in HTTP/1.1, over a connection that is closed afterwards.

use std::pin::pin;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, USER_AGENT,
};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use url::form_urlencoded;

use super::connect::Stream;
use super::error::OutgoingError;
use super::target::Target;

/// Bytes of an answer's headers.
const MOST_HEADERS: usize = 16 * 1024;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// HTTP status.
    pub status: u16,
    /// As it came.
    pub body: Vec<u8>,
    /// Seconds for which `Cache-Control` lets it be kept: 0 with `no-store` or `no-cache`, `None` where it says
    /// nothing (RFC 9111 section 5.2.2).
    pub max_age: Option<u64>,
}

/// Fetches; a body of more than `size` bytes is an error.
pub async fn get(stream: Box<dyn Stream>, target: &Target, size: usize) -> Result<Fetched, OutgoingError> {
    let request = request(Method::GET, target, Bytes::new())?;
    exchange(stream, request, async |response| {
        let (head, body) = response.into_parts();
        let body =
            Limited::new(body, size).collect().await.map_err(|error| match error.downcast::<LengthLimitError>() {
                Ok(_) => OutgoingError::TooLarge(size),
                Err(error) => OutgoingError::Http(error.to_string()),
            })?;
        let max_age = max_age(&head.headers);
        Ok(Fetched { status: head.status.as_u16(), body: body.to_bytes().to_vec(), max_age })
    })
    .await
}

/// Posts a form; gives the status as soon as it is there.
pub async fn post_form(
    stream: Box<dyn Stream>,
    target: &Target,
    fields: &[(&str, &str)],
) -> Result<u16, OutgoingError> {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut request = request(Method::POST, target, form.into())?;
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(CONTENT_TYPE, kind);
    exchange(stream, request, async |response| Ok(response.status().as_u16())).await
}

/// Posts JSON with a bearer token (RFC 6750 section 2.1); gives the status as soon as it is there.
pub async fn post_json(
    stream: Box<dyn Stream>,
    target: &Target,
    token: &str,
    body: &serde_json::Value,
) -> Result<u16, OutgoingError> {
    let mut request = request(Method::POST, target, body.to_string().into())?;
    let token =
        HeaderValue::try_from(format!("Bearer {token}")).map_err(|error| OutgoingError::Http(error.to_string()))?;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request.headers_mut().insert(AUTHORIZATION, token);
    exchange(stream, request, async |response| Ok(response.status().as_u16())).await
}

fn request(method: Method, target: &Target, body: Bytes) -> Result<Request<Full<Bytes>>, OutgoingError> {
    let request = Request::builder().method(method).uri(&target.path);
    let request = request.header(HOST, &target.authority).header(USER_AGENT, "Tessera").header(CONNECTION, "close");
    let request = request.header(ACCEPT, "application/json, */*;q=0.5");
    request.body(Full::new(body)).map_err(|error| OutgoingError::Http(error.to_string()))
}

/// Drives the connection while the answer is read, in this task: whoever stops waiting ends both.
async fn exchange<T>(
    stream: Box<dyn Stream>,
    request: Request<Full<Bytes>>,
    read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, OutgoingError>,
) -> Result<T, OutgoingError> {
    let shaken = http1::Builder::new().max_buf_size(MOST_HEADERS).handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = shaken.map_err(|error| OutgoingError::Http(error.to_string()))?;
    let mut connection = pin!(connection);
    let mut answer = pin!(async {
        let response = sender.send_request(request).await;
        read(response.map_err(|error| OutgoingError::Http(error.to_string()))?).await
    });
    tokio::select! {
        biased;
        answer = &mut answer => answer,
        // Closed from the other side, perhaps with the rest of the answer still to be read.
        _ = &mut connection => answer.await,
    }
}

fn max_age(headers: &HeaderMap) -> Option<u64> {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let directives = values.flat_map(|value| value.split(',')).map(|directive| directive.trim().to_ascii_lowercase());
    let ages = directives.filter_map(|directive| match directive.split_once('=') {
        None if directive == "no-store" || directive == "no-cache" => Some(0),
        // An age that cannot be read is stale (RFC 9111 section 4.2.1).
        Some(("max-age", age)) => Some(age.trim_matches('"').parse().unwrap_or(0)),
        _ => None,
    });
    ages.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_word_on_keeping_counts() {
        for (header, expected) in [
            ("max-age=600", Some(600)),
            ("public, MAX-AGE=\"60\", immutable", Some(60)),
            ("max-age=600, no-cache", Some(0)),
            ("no-store", Some(0)),
            ("max-age=soon", Some(0)),
            ("s-maxage=5, public", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(CACHE_CONTROL, header.parse().expect("a value"))]);
            assert_eq!(max_age(&headers), expected, "{header}");
        }
        assert_eq!(max_age(&HeaderMap::new()), None);
    }
}
