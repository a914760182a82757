//! What end users see of a subscription: name, colour, logo, links.

use model::Role;
use model::spec::{BrandingSpec, SubscriptionSpec};

use super::place::enter;
use crate::actor::Actor;
use crate::change::{self, Change, Done};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::picture::Picture;

/// What is to become of the logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoEdit {
    /// It stays, or there is none.
    Keep,
    /// It goes.
    Remove,
    /// This one is it.
    Replace(Picture),
}

/// Changes the branding; its `logo` does not count, `logo` does. Editors and above; of the built-in
/// subscription, owners.
pub async fn update(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    version: i64,
    branding: BrandingSpec,
    logo: &LogoEdit,
) -> Result<Done> {
    let mut change = Change::begin(ctx, actor).await?;
    let before = enter(change.conn(), actor, slug, Role::Editor).await?;
    if before.built_in {
        actor.require(&before.object.id, Role::Owner)?;
    }
    let (logo, picture) = match logo {
        LogoEdit::Keep => (before.object.spec.branding.logo.clone(), None),
        LogoEdit::Remove => (None, None),
        LogoEdit::Replace(picture) => (Some(picture.logo().clone()), Some(picture)),
    };
    let branding = branding.with_logo(logo);
    let spec = SubscriptionSpec { branding, ..before.object.spec.clone() };
    change::subscription::update_with(&mut change, &before, version, &spec, picture).await?;
    change.commit().await
}

/// The stored logo, in base64. Viewers and above.
pub async fn logo(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Option<String>> {
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let Some(logo) = &subscription.object.spec.branding.logo else { return Ok(None) };
    let found = store::images::find(&mut conn, &subscription.object.id, &logo.hash).await?;
    Ok(found.map(|image| image.base64))
}
