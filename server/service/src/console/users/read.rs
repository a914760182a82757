//! The list of users, and one of them.

use std::collections::HashMap;

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
    let mut names = full_names(&mut conn, &page.items, name_claim.as_deref()).await?;
    Ok(page.map(|user| UserCard {
        name: names.remove(&user.id),
        id: user.id,
        username: user.username,
        email: user.email,
        disabled_at: user.disabled_at,
        created_at: user.created_at,
    }))
}

/// The claim `name` by user.
async fn full_names(conn: &mut Conn, users: &[User], name_claim: Option<&str>) -> Result<HashMap<String, String>> {
    let Some(name_claim) = name_claim else { return Ok(HashMap::new()) };
    let ids: Vec<&str> = users.iter().map(|user| user.id.as_str()).collect();
    let held = store::claim_values::of_claim(conn, name_claim, &ids).await?;
    Ok(held.into_iter().filter_map(|(id, value)| Some((id, value.as_str()?.to_owned()))).collect())
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
