//! An existing user: names, claims, and the ways to password, sessions and what is dangerous.

use leptos::prelude::*;
use model::spec::ClaimSpec;
use model::{FormData, Role, claim_value};
use service::console::last_change::Of;
use service::console::{UserEdit, UserView, users};

use super::fields::{Claims, Names, field_names, is_typed, read_claims};
use super::{UserPart, UserTabs, called};
use crate::components::{Copyable, Moment};
use crate::console::told::told;
use crate::console::words::{Danger, DangerZone, State};
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let (place, user) = load(&visit).await?;
    let state = FormState::editing(to_form(&user), user.version);
    Ok(page(&visit, place, user, state))
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, user) = load(&visit).await?;
    match save(&visit, &place, &user, &form).await {
        Ok(()) => Ok(Answer::done(visit.here.clone(), "user-saved", &[])),
        Err(error) => {
            let state = FormState::refused(form, error)?.beside(&to_form(&user), user.version, &[]);
            let state = told(state, &visit, &place, Of::User(&user.id)).await?;
            Ok(page(&visit, place, user, state))
        }
    }
}

async fn load(visit: &Visit) -> Result<(Place, UserView), PageError> {
    let place = Place::of(visit).await?;
    let user = users::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    Ok((place, user))
}

async fn save(visit: &Visit, place: &Place, user: &UserView, form: &FormData) -> Result<(), PageError> {
    place.require(Role::Editor)?;
    let claims = typed(user);
    let names = field_names(&claims, &[]);
    only(form, &names.iter().map(String::as_str).collect::<Vec<_>>())?;
    let (values, unreadable) = read_claims(&claims, form);
    let edit = UserEdit {
        username: form.optional("username"),
        email: form.optional("email"),
        email_verified: form.flag("email_verified"),
        claims: values,
    };
    let (ctx, actor, slug) = (&visit.ctx, &place.actor, place.slug());
    if !unreadable.is_empty() {
        return Err(users::check_edit(ctx, actor, slug, &user.id, &edit).await?.and(unreadable).into());
    }
    users::update(ctx, actor, slug, &user.id, version(form)?, edit).await?;
    Ok(())
}

fn typed(user: &UserView) -> Vec<ClaimSpec> {
    user.claims.iter().map(|(claim, _)| claim).filter(|c| is_typed(c)).cloned().collect()
}

fn to_form(user: &UserView) -> FormData {
    let mut form = FormData::default()
        .with("username", user.username.clone().unwrap_or_default())
        .with("email", user.email.clone().unwrap_or_default());
    form.push_flag("email_verified", user.email_verified);
    for (claim, value) in &user.claims {
        if let Some(value) = value {
            claim_value::to_form(claim, &claim.name, value, &mut form);
        }
    }
    form
}

fn page(visit: &Visit, place: Place, user: UserView, state: FormState) -> Answer {
    let l = visit.locale;
    let own = place.object("users", &user.id);
    let may_edit = place.may_edit();
    let sheet = Sheet::within(visit, &place, Tab::Users, called(&user))
        .also(may_edit, format!("{own}/password"), say!(l, "user-set-password"), "lock")
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let claims = typed(&user);
        let data = state.data.clone();
        view! {
            <UserTabs own=own.clone() current=UserPart::Details />
            <Facts user=user.clone() />
            <Form state read_only=!may_edit>
                <Names />
                <Claims claims data />
                <SubmitBar label=tr!("save") cancel=place.path("/users") sticky=true absent=!may_edit />
            </Form>
            {may_edit.then(|| view! { <DangerZone actions=dangers(&own, user.disabled_at.is_none()) /> })}
        }
    })
}

#[component]
fn Facts(user: UserView) -> AnyView {
    let has_password = if user.has_password { tr!("claim-yes") } else { tr!("claim-no") };
    view! {
        <dl class="kv kv-wide card">
            <dt>{tr!("user-sub")}</dt>
            <dd>
                <Copyable value=user.id what=tr!("user-sub") />
            </dd>
            <dt>{tr!("state")}</dt>
            <dd>
                <State disabled_at=user.disabled_at />
            </dd>
            <dt>{tr!("user-has-password")}</dt>
            <dd>{has_password}</dd>
            <dt>{tr!("created-at")}</dt>
            <dd>
                <Moment at=user.created_at />
            </dd>
            <dt>{tr!("updated-at")}</dt>
            <dd>
                <Moment at=user.updated_at />
            </dd>
        </dl>
    }
    .into_any()
}

fn dangers(own: &str, enabled: bool) -> Vec<Danger> {
    let switch = if enabled {
        Danger::mild(tr!("user-disable-help"), format!("{own}/disable"), tr!("disable"))
    } else {
        Danger::mild(tr!("user-enable-help"), format!("{own}/enable"), tr!("enable"))
    };
    vec![switch, Danger::grave(tr!("user-delete-text"), format!("{own}/delete"), tr!("user-delete"))]
}
