//! Reading what a request brings: a form's body, a page's query. What is too much, too strange or not
//! text is refused here, once.

use app::visit::{Files, Uploads};
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use model::FormData;
use oidc::params::decode;

use super::multipart;

/// Most fields of one form; the largest of ours repeats a name for every scope.
const MAX_FIELDS: usize = 2_000;

/// Why a request cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// More than the limit allows.
    TooLarge,
    /// The connection broke, or was too slow.
    Broken,
    /// A body of another media type.
    NoForm,
    /// Too many fields, not UTF-8, or NUL characters.
    Malformed,
}

impl Unreadable {
    /// Status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Broken | Self::Malformed => StatusCode::BAD_REQUEST,
        }
    }
}

/// The fields of a submitted form.
///
/// # Errors
/// See [`Unreadable`].
pub async fn read(request: Request) -> Result<FormData, Unreadable> {
    fields(&bytes(request).await?)
}

/// The fields and files of a form that may hold files. Without files it may be urlencoded too, of at
/// most `max_body` bytes.
///
/// # Errors
/// See [`Unreadable`].
pub async fn read_with_files(
    request: Request,
    uploads: &Uploads,
    max_body: usize,
) -> Result<(FormData, Files), Unreadable> {
    let kind = media_type(request.headers()).to_owned();
    if essence(&kind).eq_ignore_ascii_case("multipart/form-data") {
        return multipart::read(&kind, request.into_body(), uploads).await;
    }
    let form = read(request.map(|body| Body::new(Limited::new(body, max_body)))).await?;
    Ok((form, Files::default()))
}

/// The body of a urlencoded form. A body without content is an empty form.
///
/// # Errors
/// See [`Unreadable`].
pub async fn bytes(request: Request) -> Result<Vec<u8>, Unreadable> {
    let (parts, body) = request.into_parts();
    let bytes = collect(body).await?;
    if bytes.is_empty() || is_form(&parts.headers) { Ok(bytes) } else { Err(Unreadable::NoForm) }
}

/// The body of a request that carries JSON, of at most `max_body` bytes, as it came.
///
/// # Errors
/// See [`Unreadable`]; `NoForm` for another media type.
pub async fn json(request: Request, max_body: usize) -> Result<Vec<u8>, Unreadable> {
    let (parts, body) = request.into_parts();
    if !essence(media_type(&parts.headers)).eq_ignore_ascii_case("application/json") {
        return Err(Unreadable::NoForm);
    }
    collect(Body::new(Limited::new(body, max_body))).await
}

async fn collect(body: Body) -> Result<Vec<u8>, Unreadable> {
    match body.collect().await {
        Ok(collected) => Ok(collected.to_bytes().into()),
        Err(error) if is_too_large(&error) => Err(Unreadable::TooLarge),
        Err(_) => Err(Unreadable::Broken),
    }
}

/// True for what a limit stopped.
pub(super) fn is_too_large(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_form(headers: &HeaderMap) -> bool {
    essence(media_type(headers)).eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn media_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A media type without its parameters.
fn essence(kind: &str) -> &str {
    kind.split(';').next().unwrap_or_default().trim()
}

/// Names and values of a query string or a body.
///
/// # Errors
/// `Malformed`.
pub fn fields(input: &[u8]) -> Result<FormData, Unreadable> {
    let mut form = FormData::default();
    for (name, value) in decode::pairs(input) {
        let (Some(name), Some(value)) = (name, value) else { return Err(Unreadable::Malformed) };
        if form.0.len() == MAX_FIELDS || name.contains('\0') || value.contains('\0') {
            return Err(Unreadable::Malformed);
        }
        form.0.push((name, value));
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_repeat() {
        let form = fields(b"a=1&b=x+y%21&a=2&c").unwrap_or_default();
        let expected = [("a", "1"), ("b", "x y!"), ("a", "2"), ("c", "")];
        assert!(form.0.iter().map(|(n, v)| (n.as_str(), v.as_str())).eq(expected));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(fields(b"a=%ff"), Err(Unreadable::Malformed));
        assert_eq!(fields(b"a=%00"), Err(Unreadable::Malformed));
        assert_eq!(fields(b"%ED%A0%80=lone+surrogate"), Err(Unreadable::Malformed));
        assert_eq!(fields("a=1&".repeat(MAX_FIELDS + 1).as_bytes()), Err(Unreadable::Malformed));
    }
}
