//! The files that pages load: style sheet, wasm, icons.
//!
//! Built by `cargo xtask assets` into `target/site`, each with a brotli copy.
//! A release carries them inside; a debug build reads them as they are now.

use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};

// `build.rs` makes the folder: a fresh clone compiles before its assets are built.
#[derive(RustEmbed)]
#[folder = "../target/site"]
struct Site;

/// Asked for with the [`version`], a file never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Asked for by its bare name, it may: ask again, the answer is mostly 304.
const ASK_AGAIN: &str = "public, no-cache";

/// The files that do not lie under `/pkg`.
const AT_ROOT: [&str; 3] = ["/icons.svg", "/favicon.svg", "/robots.txt"];

/// `/pkg/…` and the few files at the root.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let router = Router::new().route("/pkg/{*path}", get(file));
    AT_ROOT.into_iter().fold(router, |router, path| router.route(path, get(file)))
}

/// True for the path of a file, whether it is there or not.
pub fn is_asset(path: &str) -> bool {
    path.starts_with("/pkg/") || AT_ROOT.contains(&path)
}

/// Changes when any file does. Pages ask for `/pkg/tessera.css?v={version}`, which browsers keep for good.
pub fn version() -> String {
    let mut sum = [0_u8; 8];
    for file in Site::iter().filter_map(|path| Site::get(&path)) {
        for (sum, byte) in sum.iter_mut().zip(file.metadata.sha256_hash()) {
            *sum = sum.rotate_left(1) ^ byte;
        }
    }
    hexadecimal(&sum)
}

async fn file(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let Some(plain) = Site::get(path).filter(|_| !is_copy(path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cache = if uri.query() == Some(&format!("v={}", version())) { FOREVER } else { ASK_AGAIN };
    let brotli = accepts_brotli(&headers).then(|| Site::get(&format!("{path}.br"))).flatten();
    let content = hexadecimal(&plain.metadata.sha256_hash());
    let tag = if brotli.is_some() { format!("\"{content}-br\"") } else { format!("\"{content}\"") };

    let mut response = if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(path, plain, brotli)
    };
    let fields = response.headers_mut();
    fields.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    fields.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        fields.insert(ETAG, tag);
    }
    response
}

fn body(path: &str, plain: EmbeddedFile, brotli: Option<EmbeddedFile>) -> Response {
    let kind = [(CONTENT_TYPE, content_type(path))];
    match brotli {
        Some(brotli) => (kind, [(CONTENT_ENCODING, "br")], Body::from(brotli.data)).into_response(),
        None => (kind, Body::from(plain.data)).into_response(),
    }
}

/// The first eight bytes, as browsers see them.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The brotli copies are representations, not files of their own.
fn is_copy(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "br")
}

/// RFC 9110 §12.5.3, as far as browsers go: named, and not with a weight of zero.
fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"))
            && !parts.any(|weight| weight.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)))
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        // Browsers compile it while it arrives only under this name.
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(codings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, codings.parse().unwrap())])
    }

    #[test]
    fn brotli_is_sent_to_those_who_accept_it() {
        assert!(accepts_brotli(&accepting("gzip, deflate, br, zstd")));
        assert!(accepts_brotli(&accepting("br;q=0.5")));
        assert!(!accepts_brotli(&accepting("gzip, br;q=0")));
        assert!(!accepts_brotli(&accepting("gzip")));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        let response = file(Uri::from_static("/pkg/absent.css"), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let copy = file(Uri::from_static("/pkg/tessera.css.br"), HeaderMap::new()).await;
        assert_eq!(copy.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn only_the_right_version_is_kept_for_good() {
        let Some(path) = Site::iter().find(|path| !is_copy(path)) else { return };
        for (query, expected) in [(format!("?v={}", version()), FOREVER), ("?v=0".to_owned(), ASK_AGAIN)] {
            let response = file(format!("/{path}{query}").parse().unwrap(), HeaderMap::new()).await;
            assert_eq!(response.headers()[CACHE_CONTROL], expected);
        }
    }
}
