//! A new user makes an account, on the way to an application or for its own sake.

use model::{FieldErrors, FormData, Problem, claim_value, name};

use super::sign_in::SignedIn;
use super::{Next, advance, interaction, open, required_claims};
use crate::attempts::{self, Attempt};
use crate::client::ClientInfo;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::snapshot::Snapshot;
use crate::{passwords, sessions, user};

/// Creates the user and signs them in.
pub async fn register(
    ctx: &Ctx,
    snap: &Snapshot,
    handle: Option<&str>,
    former_cookie: Option<&str>,
    form: &FormData,
    client: &ClientInfo,
) -> Result<SignedIn> {
    let interaction = match handle {
        Some(handle) => Some(interaction::load(ctx, snap, handle).await?),
        None => None,
    };
    if !open::can_register(snap, interaction.as_ref()) {
        return Err(Error::NotFound);
    }
    let claims = open::registration_claims(ctx, snap, interaction.as_ref());
    let (new, values) = read(snap, form, &claims)?;
    attempts::begin(ctx, &Attempt::registration(ctx, snap, client)).await?;
    let hash = ctx.hasher.hash(&new.password, &ctx.random).await?;
    let mut tx = ctx.begin().await?;
    let row = user::NewUser {
        username: new.username.as_deref(),
        email: Some(&new.email),
        email_verified: false,
        password_hash: Some(&hash),
        claims: &values,
    };
    let user_id = user::create(ctx, &mut tx, &snap.tenant, &row).await?;
    let (session, cookie) = sessions::begin(ctx, &mut tx, snap, &user_id, "pwd", former_cookie, client).await?;
    let event = Event {
        user_id: Some(&user_id),
        application_id: interaction.as_ref().map(|i| i.request.application_id.as_str()),
        ..Event::new("registered", serde_json::json!({ "address": client.address }))
    };
    event::record(ctx, &mut tx, Some(&snap.subscription_id), &user_id, event).await?;
    let Some(mut interaction) = interaction else {
        tx.commit().await?;
        return Ok(SignedIn { cookie, next: Next::Page("/account".to_owned()) });
    };
    interaction.state.signed_in_session = Some(session.id.clone());
    // A second click finds the interaction moved or finished: the session counts all the same.
    let _moved = interaction::save(&mut tx, &mut interaction).await?;
    tx.commit().await?;
    let next = advance::after_proof(ctx, snap, &mut interaction, &session).await?;
    Ok(SignedIn { cookie, next })
}

struct New {
    username: Option<String>,
    email: String,
    password: String,
}

type Values = Vec<(String, serde_json::Value)>;

fn read(
    snap: &Snapshot,
    form: &FormData,
    claims: &[(model::spec::ClaimSpec, bool)],
) -> Result<(New, Values), FieldErrors> {
    let mut errors = FieldErrors::default();
    let username = form.optional("username");
    if let Some(username) = &username {
        errors.check("username", name::username(username));
    }
    let email = form.trimmed("email").to_owned();
    if email.is_empty() {
        errors.add("email", Problem::new("required"));
    } else {
        errors.check("email", claim_value::email(&email));
    }
    let password = form.get("password").unwrap_or_default().to_owned();
    let own = [username.as_deref().unwrap_or_default(), &email];
    errors.check("password", passwords::policy(&password, snap.tenant.settings(), &own));
    if form.get("password_confirmation") != Some(&password) {
        errors.add("password_confirmation", Problem::new("password-confirmation"));
    }
    let values = match required_claims::read(claims.iter().map(|(spec, required)| (spec, *required)), form) {
        Ok(values) => values,
        Err(more) => {
            errors.0.extend(more.0);
            Vec::new()
        }
    };
    errors.into_result((New { username, email, password }, values))
}
