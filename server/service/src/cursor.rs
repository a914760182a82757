//! Where a list goes on, as a browser may hold it: sealed, so that nobody can make one up or read
//! the sort key in it (an e-mail address, for instance).

use model::Problem;
use model::paging::Cursor;

use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Purpose under which cursors are sealed.
const PURPOSE: &str = "list cursor";

/// A cursor for a link: characters that a query string keeps as they are.
pub fn seal(ctx: &Ctx, cursor: &Cursor) -> Result<String> {
    let plain = serde_json::to_vec(cursor).map_err(Error::internal)?;
    let sealed = ctx.sealer.seal(&ctx.random, PURPOSE, &plain)?;
    Ok(sealed.replace('+', "-").replace('/', "_"))
}

/// The cursor that [`seal`] made.
///
/// # Errors
/// `cursor` at the field `after` for anything else.
pub fn open(ctx: &Ctx, text: &str) -> Result<Cursor> {
    let sealed = text.replace('-', "+").replace('_', "/");
    let plain = ctx.sealer.open(PURPOSE, &sealed);
    plain
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .ok_or_else(|| Error::field("after", Problem::new("cursor")))
}
