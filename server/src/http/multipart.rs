//! Forms with files (RFC 7578). What a part says of itself besides its name (a file's name, a media
//! type) is not looked at.
//!
//! A part that is larger than it may be is thrown away as it comes and told of at its field, so that
//! somebody who chose a photograph hears which file is too large.

use std::pin::Pin;
use std::task::{Context, Poll};

use app::visit::{Files, Uploads};
use axum::body::{Body, BodyDataStream};
use futures_core::Stream;
use model::FormData;
use multer::{Field, Multipart};

use super::form::{Unreadable, is_too_large};

/// Most parts of one form.
const MAX_PARTS: usize = 100;

/// Fields and files of a form whose media type is `kind`.
///
/// # Errors
/// See [`Unreadable`].
pub async fn read(kind: &str, body: Body, uploads: &Uploads) -> Result<(FormData, Files), Unreadable> {
    let boundary = multer::parse_boundary(kind).map_err(|_| Unreadable::Malformed)?;
    let mut parts = Multipart::new(OneAtATime { body: body.into_data_stream(), rests: false }, boundary);
    let (mut form, mut files) = (FormData::default(), Files::default());
    for _ in 0..=MAX_PARTS {
        let Some(mut part) = parts.next_field().await.map_err(|error| unreadable(&error))? else {
            return Ok((form, files));
        };
        let name = part.name().filter(|name| !name.contains('\0')).ok_or(Unreadable::Malformed)?.to_owned();
        let is_file = part.file_name().is_some();
        let known = uploads.files.iter().find(|(file, _)| *file == name && is_file);
        let limit = match (known, is_file) {
            (Some((_, limit)), _) => *limit,
            (None, true) => 0,
            (None, false) => uploads.text,
        };
        let content = content(&mut part, limit).await?;
        match (known, content) {
            // The form has no such file: its name is refused like that of any unknown field.
            (None, _) if is_file => form.push(&name, ""),
            (_, None) => files.too_large.push(name),
            (Some(_), Some(bytes)) => {
                if files.has(&name) {
                    return Err(Unreadable::Malformed);
                }
                // Browsers send an empty file for none.
                if !bytes.is_empty() {
                    files.contents.push((name, bytes));
                }
            }
            (None, Some(bytes)) => form.push(&name, text(bytes)?),
        }
    }
    Err(Unreadable::Malformed)
}

/// A part's content, or `None` when it is larger than it may be.
async fn content(part: &mut Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, Unreadable> {
    let mut content = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.map_err(|error| unreadable(&error))? {
        content = content.filter(|content| content.len() + chunk.len() <= limit);
        if let Some(content) = &mut content {
            content.extend_from_slice(&chunk);
        }
    }
    Ok(content)
}

fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0')).ok_or(Unreadable::Malformed)
}

fn unreadable(error: &multer::Error) -> Unreadable {
    match error {
        multer::Error::StreamReadFailed(cause) if is_too_large(cause.as_ref()) => Unreadable::TooLarge,
        multer::Error::StreamReadFailed(_) => Unreadable::Broken,
        _ => Unreadable::Malformed,
    }
}

/// A body that rests after each chunk. The parser takes as much as it can get before it gives anything:
/// all that has arrived of a large part would be in memory at once.
struct OneAtATime {
    body: BodyDataStream,
    rests: bool,
}

impl Stream for OneAtATime {
    type Item = <BodyDataStream as Stream>::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rests {
            self.rests = false;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let polled = Pin::new(&mut self.body).poll_next(cx);
        self.rests = polled.is_ready();
        polled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=x";
    const UPLOADS: Uploads = Uploads { files: &[("logo", 8)], text: 16 };

    fn part(head: &str, content: &str) -> String {
        format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    }

    async fn read_as(kind: &str, body: String) -> Result<(FormData, Files), Unreadable> {
        read(kind, Body::from(body), &UPLOADS).await
    }

    async fn read_parts(parts: &[String]) -> Result<(FormData, Files), Unreadable> {
        read_as(KIND, format!("{}--x--\r\n", parts.concat())).await
    }

    #[tokio::test]
    async fn fields_and_files_are_told_apart() {
        let logo = part("name=\"logo\"; filename=\"../../a.svg\"\r\nContent-Type: text/html", "12345678");
        let parts = [part("name=\"a\"", "1"), logo, part("name=\"a\"", " é\r\n"), part("name=\"a\"", "")];
        let (form, files) = read_parts(&parts).await.expect("read");
        assert!(form.0.iter().map(|(n, v)| (n.as_str(), v.as_str())).eq([("a", "1"), ("a", " é\r\n"), ("a", "")]));
        assert_eq!(files.get("logo"), Some(&b"12345678"[..]));
    }

    #[tokio::test]
    async fn what_is_too_large_is_told_at_its_field() {
        let parts = [
            part("name=\"logo\"; filename=\"a\"", "123456789"),
            part("name=\"a\"", &"a".repeat(17)),
            part("name=\"b\"", "1"),
        ];
        let (form, files) = read_parts(&parts).await.expect("read");
        assert_eq!((form.get("b"), form.get("a")), (Some("1"), None));
        assert!(files.is_too_large("logo") && files.is_too_large("a") && files.get("logo").is_none());
    }

    #[tokio::test]
    async fn no_file_chosen_is_no_file() {
        let (form, files) = read_parts(&[part("name=\"logo\"; filename=\"\"", "")]).await.expect("read");
        assert!(form.0.is_empty() && files.get("logo").is_none());
    }

    #[tokio::test]
    async fn a_file_that_the_form_does_not_have_is_an_unknown_field() {
        let (form, files) = read_parts(&[part("name=\"other\"; filename=\"a\"", "1")]).await.expect("read");
        assert_eq!(form.get("other"), Some(""));
        assert!(files.contents.is_empty());
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused() {
        let logo = || part("name=\"logo\"; filename=\"a\"", "1");
        for (kind, body) in [
            ("multipart/form-data", "--x--\r\n".to_owned()),
            ("multipart/form-data; boundary=", "--x--\r\n".to_owned()),
            ("multipart/mixed; boundary=x", "--x--\r\n".to_owned()),
            (KIND, String::new()),
            (KIND, part("name=\"a\"", "1")),
            (KIND, "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1".to_owned()),
            (KIND, "--x\r\nContent-Disposition: form-data; name=\"a\"".to_owned()),
            (KIND, format!("{}--x--\r\n", part("filename=\"a\"", "1"))),
            (KIND, format!("{}--x--\r\n", part("name=\"a\"", "\0"))),
            (KIND, format!("{}{}--x--\r\n", logo(), logo())),
            (KIND, format!("{}--x--\r\n", part("name=\"a\"", "1").repeat(MAX_PARTS + 1))),
        ] {
            assert_eq!(read_as(kind, body.clone()).await.map(drop), Err(Unreadable::Malformed), "{kind} {body}");
        }
        let not_text = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--x--\r\n".to_vec();
        assert_eq!(read(KIND, Body::from(not_text), &UPLOADS).await.map(drop), Err(Unreadable::Malformed));
    }
}
