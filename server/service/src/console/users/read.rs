//! The list of users, and one of them.

use model::{Page, PageRequest, Role, standard_claims};
use serde_json::Value;
use store::Conn;
use store::users::User;

use super::{UserCard, UserView};
use crate::actor::Actor;
use crate::console::place::{check_size, enter_to_people};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::user;

/// The list: by user name, else by address. The search matches the beginning of either.
pub async fn page(ctx: &Ctx, actor: &Actor, slug: &str, request: &PageRequest) -> Result<Page<UserCard>> {
    check_size(request)?;
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let id = &subscription.object.id;
    let page = store::users::page(&mut conn, id, request).await?;
    let name_claim = store::claims::find(&mut conn, id, "name").await?.map(|claim| claim.object.id);
    let mut items = Vec::with_capacity(page.items.len());
    for user in page.items {
        let name = full_name(&mut conn, &user, name_claim.as_deref()).await?;
        items.push(UserCard {
            name,
            id: user.id,
            username: user.username,
            email: user.email,
            disabled_at: user.disabled_at,
            created_at: user.created_at,
        });
    }
    Ok(Page { items, next: page.next })
}

async fn full_name(conn: &mut Conn, user: &User, name_claim: Option<&str>) -> Result<Option<String>> {
    let Some(name_claim) = name_claim else { return Ok(None) };
    let values = store::claim_values::of_user(conn, &user.id).await?;
    let name = values.into_iter().find(|(claim_id, _)| claim_id == name_claim);
    Ok(name.and_then(|(_, value)| value.as_str().map(str::to_owned)))
}

/// One user with the values they hold.
pub async fn get(ctx: &Ctx, actor: &Actor, slug: &str, id: &str) -> Result<UserView> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Viewer).await?;
    let user = user::find(&mut conn, &subscription.object.id, id).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    let mut values = store::claim_values::of_user(&mut conn, id).await?;
    let mut take = |claim_id: &str| -> Option<Value> {
        let held = values.iter().position(|(id, _)| id == claim_id)?;
        Some(values.swap_remove(held).1)
    };
    let typed = claims.into_iter().filter(|claim| is_typed(&claim.object.spec.name));
    Ok(UserView {
        claims: typed.map(|claim| (take(&claim.object.id), claim.object.spec)).map(|(v, spec)| (spec, v)).collect(),
        id: user.id,
        version: user.version,
        username: user.username,
        email: user.email,
        email_verified: user.email_verified,
        disabled_at: user.disabled_at,
        created_at: user.created_at,
        updated_at: user.updated_at,
        has_password: user.password_hash.is_some(),
    })
}

/// The address has a field of its own, and derived claims have none.
fn is_typed(claim: &str) -> bool {
    claim != user::EMAIL && !standard_claims::is_derived(claim)
}
