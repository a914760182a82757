//! One more application like another.

use model::spec::ApplicationSpec;

use super::{Created, applications};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::error::Result;

/// Registers an application with another name and `client_id` and every setting of an existing one, its
/// addresses included. Secrets stay where they are: one that keeps secrets gets a first of its own, shown
/// this once. Editors.
pub async fn application(
    ctx: &Ctx,
    actor: &Actor,
    slug: &str,
    id: &str,
    client_id: String,
    name: String,
) -> Result<Created<ApplicationSpec, Option<String>>> {
    let model = applications::get(ctx, actor, slug, id).await?.stored.spec;
    applications::create(ctx, actor, slug, ApplicationSpec { client_id, name, ..model }).await
}
