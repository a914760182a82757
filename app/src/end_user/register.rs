//! Making an account.

use leptos::prelude::*;
use model::FormData;
use model::spec::ClaimSpec;
use service::flow::{self, Flow, SignedIn};

use super::{Card, Way, expired};
use crate::form::claim::Filler;
use crate::form::{ClaimField, Form, FormState, PasswordField, SubmitBar, TextField};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form, where people may register.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let flow = match way.flow(&visit).await {
        Ok(flow) => flow,
        Err(error) => return expired::or(&visit, &way, error),
    };
    if !flow.can_register {
        return Ok(Answer::see_other(way.step("/login")));
    }
    let hint = visit.query.optional("username").or_else(|| flow.login_hint.clone()).unwrap_or_default();
    let field = if hint.contains('@') { "email" } else { "username" };
    Ok(page(&visit, &way, flow, FormState::opened(FormData::default().with(field, hint))))
}

/// Creates the account and signs in.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    match register(&visit, &way, &form).await {
        Ok(signed_in) => Ok(way.answer_signed_in(signed_in.cookie, signed_in.next)),
        Err(error) => match FormState::refused(form, error) {
            Ok(state) => Ok(page(&visit, &way, way.flow(&visit).await?, state)),
            Err(error) => expired::or(&visit, &way, error),
        },
    }
}

async fn register(visit: &Visit, way: &Way, form: &FormData) -> Result<SignedIn, PageError> {
    let (handle, former) = (way.handle.as_deref(), way.cookie.as_deref());
    Ok(flow::register(&visit.ctx, &way.snap, handle, former, form, &visit.client).await?)
}

fn page(visit: &Visit, way: &Way, flow: Flow, state: FormState) -> Answer {
    let sign_in = way.step("/login");
    let least = way.snap.tenant.settings().password_min_length;
    let card = Card::new(visit, way.brand(), say!(visit.locale, "register"))
        .to(flow.destination.as_ref())
        .leads_to(flow.redirect_origin.as_deref())
        .form(&state);
    card.answer(move || {
        view! {
            <RegistrationForm state claims=flow.registration_claims least />
            <p>{tr!("sign-in-question")} " " <a href=sign_in>{tr!("sign-in")}</a></p>
        }
    })
}

#[component]
fn RegistrationForm(state: FormState, claims: Vec<(ClaimSpec, bool)>, least: i64) -> AnyView {
    let claims = claims.into_iter().map(|(claim, required)| {
        let filler = if required { Filler::SelfRequired } else { Filler::SelfOptional };
        view! { <ClaimField claim filler /> }
    });
    let claims = move || claims.collect_view();
    view! {
        <Form state>
            <TextField name="email" label=tr!("user-email") kind="email" autocomplete="email" autofocus=true />
            <TextField
                name="username"
                label=tr!("user-username")
                help=tr!("register-username-help")
                autocomplete="username"
                code=true
                optional=true
            />
            <PasswordField
                name="password"
                label=tr!("user-password")
                help=tr!("password-help", min = least)
                autocomplete="new-password"
            />
            <PasswordField name="password_confirmation" label=tr!("password-again") autocomplete="new-password" />
            {claims()}
            <SubmitBar label=tr!("register-submit") />
        </Form>
    }
    .into_any()
}
