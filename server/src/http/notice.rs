//! A sentence for the next page, in a sealed cookie that lives a minute.
//!
//! It may hold a secret that is shown once, so it is sealed under the master key, bound to the page
//! it is meant for, and gone once shown.

use app::visit::Notice;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use service::Ctx;

use super::cookies::{CookieNames, Jar, Seconds};

const LIFETIME: Seconds = Seconds(60);
/// What the seal is for.
const PURPOSE: &str = "notice";

#[derive(Serialize, Deserialize)]
struct Sealed {
    /// Path of the page that shows it.
    to: String,
    /// Unix seconds.
    until: i64,
    notice: Notice,
}

/// Sends a notice along with a redirect to `to`.
///
/// # Errors
/// When sealing fails.
pub fn send(ctx: &Ctx, names: CookieNames, headers: &mut HeaderMap, to: &str, notice: Notice) -> service::Result<()> {
    let until = ctx.now() + LIFETIME.0;
    let plain = serde_json::to_vec(&Sealed { to: path(to).to_owned(), until, notice });
    let plain = plain.map_err(service::Error::internal)?;
    let sealed = ctx.sealer.seal(&ctx.random, PURPOSE, &plain)?;
    names.write(headers, &names.notice(), Some(&sealed), Some(LIFETIME));
    Ok(())
}

/// The notice meant for the page at `here`, if the browser brought one.
pub fn open(ctx: &Ctx, names: CookieNames, jar: &Jar, here: &str) -> Option<Notice> {
    let plain = ctx.sealer.open(PURPOSE, jar.get(&names.notice())?)?;
    let sealed: Sealed = serde_json::from_slice(&plain).ok()?;
    (sealed.until >= ctx.now() && sealed.to == path(here)).then_some(sealed.notice)
}

/// Removes a notice that was shown.
pub fn clear(names: CookieNames, headers: &mut HeaderMap) {
    names.write(headers, &names.notice(), None, None);
}

fn path(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or_default()
}
