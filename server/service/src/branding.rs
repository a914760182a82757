//! What end users' browsers fetch of a subscription's branding.

use model::spec::ImageType;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::picture;
use crate::snapshot::Snapshot;

/// The bytes of one of a subscription's logos, the present one or one that a page just shown names.
pub async fn logo(ctx: &Ctx, snap: &Snapshot, hash: &str) -> Result<(ImageType, Vec<u8>)> {
    let found = store::images::find(&mut ctx.read().await?, &snap.subscription_id, hash).await?;
    let image = found.ok_or(Error::NotFound)?;
    let kind = ImageType::parse(&image.kind).ok_or(Error::NotFound)?;
    Ok((kind, picture::decode(&image.base64)?))
}
