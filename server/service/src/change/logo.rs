//! A subscription's logo: its bytes are kept beside the configuration, which names them by hash.

use model::Problem;
use model::spec::LogoRef;

use super::Change;
use crate::error::{Error, Result};
use crate::picture::Picture;

/// Keeps the picture that the configuration names from now on, and notes that the former one is not
/// named any more.
///
/// # Errors
/// At `branding.logo`, when the picture is neither given nor stored: it was removed too long ago.
pub(super) async fn keep(
    change: &mut Change<'_>,
    subscription_id: &str,
    before: Option<&LogoRef>,
    after: Option<&LogoRef>,
    given: Option<&Picture>,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    if let Some(logo) = before.filter(|logo| after.is_none_or(|after| after.hash != logo.hash)) {
        store::images::leave(&mut change.tx, subscription_id, &logo.hash, change.now).await?;
    }
    let Some(logo) = after else { return Ok(()) };
    if let Some(picture) = given.filter(|picture| picture.logo() == logo) {
        return Ok(store::images::put(&mut change.tx, subscription_id, &picture.row(), change.now).await?);
    }
    let is_there = store::images::take_up(&mut change.tx, subscription_id, &logo.hash).await?;
    if is_there { Ok(()) } else { Err(Error::field("branding.logo", Problem::new("logo-gone"))) }
}
