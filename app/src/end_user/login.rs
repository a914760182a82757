//! Signing in with user name (or address) and password.

use leptos::prelude::*;
use model::FormData;
use service::flow::{self, Flow, SignInRefused, SignedIn, Step};

use super::{Card, Way, expired};
use crate::form::{Form, FormState, PasswordField, SubmitBar, TextField};
use crate::list::escape;
use crate::visit::{Answer, PageResult, Visit};
use crate::{say, tr};

/// The form. Who is signed in already goes on, unless somebody else wants to sign in.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let flow = match way.flow(&visit).await {
        Ok(flow) => flow,
        Err(error) => return expired::or(&visit, &way, error),
    };
    if !matches!(flow.step, Step::SignIn { .. }) && visit.query.get("other").is_none() {
        return Ok(way.follow(&flow));
    }
    let known = flow.login_name.clone().filter(|_| is_again(&visit, &flow));
    let hint = flow.login_hint.clone().or(known).unwrap_or_default();
    Ok(page(&visit, &way, flow, FormState::opened(FormData::default().with("username", hint)), None))
}

/// Signs in.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    match sign_in(&visit, &way, &form).await {
        Ok(signed_in) => Ok(way.answer_signed_in(signed_in.cookie, signed_in.next)),
        Err(SignInRefused { error, reference }) => match FormState::refused(form, error.into()) {
            Ok(state) => Ok(page(&visit, &way, way.flow(&visit).await?, state, reference)),
            Err(error) => expired::or(&visit, &way, error),
        },
    }
}

async fn sign_in(visit: &Visit, way: &Way, form: &FormData) -> Result<SignedIn, SignInRefused> {
    let (handle, former) = (way.handle.as_deref(), way.cookie.as_deref());
    // A password is taken as typed, spaces at its ends included.
    let password = form.get("password").unwrap_or_default();
    let username = form.trimmed("username");
    flow::sign_in(&visit.ctx, &way.snap, handle, former, username, password, &visit.client).await
}

/// Whoever is signed in is to prove it once more, and has not said that they are somebody else.
fn is_again(visit: &Visit, flow: &Flow) -> bool {
    let asked = matches!(flow.step, Step::SignIn { reauthenticate: true }) && flow.user_name.is_some();
    asked && visit.query.get("other").is_none()
}

/// `reference` is what administrators find the cause of a refused sign-in by.
fn page(visit: &Visit, way: &Way, flow: Flow, state: FormState, reference: Option<String>) -> Answer {
    let again = is_again(visit, &flow);
    let title = if again { say!(visit.locale, "sign-in-again") } else { say!(visit.locale, "sign-in") };
    let register = (flow.can_register && !again).then(|| register_link(way, &state));
    let other = format!("{}&other", way.step("/login"));
    let card = Card::new(visit, way.brand(), title)
        .to(flow.destination.as_ref())
        .user(flow.user_name.as_deref().filter(|_| again), other)
        .leads_to(flow.redirect_origin.as_deref())
        .form(&state);
    card.answer(move || {
        let note = again.then(|| view! { <p>{tr!("sign-in-again-text")}</p> });
        let reference = reference.map(|reference| {
            view! { <p class="muted">{tr!("sign-in-reference")} " " <span class="id">{reference}</span></p> }
        });
        view! {
            {note}
            <SignInForm state again />
            {reference}
            {register
                .map(|to| {
                    view! {
                        <p>{tr!("register-question")} " " <a href=to>{tr!("register")}</a></p>
                    }
                })}
        }
    })
}

/// What was typed as user name comes along.
fn register_link(way: &Way, state: &FormState) -> String {
    let typed = state.data.trimmed("username");
    let link = way.step("/register");
    if typed.is_empty() {
        return link;
    }
    let mark = if link.contains('?') { '&' } else { '?' };
    format!("{link}{mark}username={}", escape(typed))
}

#[component]
fn SignInForm(state: FormState, again: bool) -> AnyView {
    view! {
        <Form state>
            <TextField
                name="username"
                label=tr!("sign-in-username")
                autocomplete="username"
                code=true
                autofocus=!again
            />
            <PasswordField
                name="password"
                label=tr!("user-password")
                autocomplete="current-password"
                autofocus=again
            />
            <SubmitBar label=tr!("sign-in") />
        </Form>
    }
    .into_any()
}
