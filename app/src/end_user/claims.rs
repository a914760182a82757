//! The details that an application needs and the user has not given yet.

use leptos::prelude::*;
use model::FormData;
use model::spec::ClaimSpec;
use service::flow::{self, Flow, Next, Step};

use super::{Card, Way, expired};
use crate::form::claim::Filler;
use crate::form::{ClaimField, Form, FormState, SubmitBar};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// One field per missing claim; nothing that is held already is asked for again.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let flow = match way.flow(&visit).await {
        Ok(flow) => flow,
        Err(error) => return expired::or(&visit, &way, error),
    };
    Ok(page(&visit, &way, flow, FormState::default()))
}

/// Stores them, and goes on.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    match give(&visit, &way, &form).await {
        Ok(next) => Ok(way.answer(next)),
        Err(error) => match FormState::refused(form, error) {
            Ok(state) => Ok(page(&visit, &way, way.flow(&visit).await?, state)),
            Err(error) => expired::or(&visit, &way, error),
        },
    }
}

async fn give(visit: &Visit, way: &Way, form: &FormData) -> Result<Next, PageError> {
    let handle = way.handle.as_deref().unwrap_or_default();
    Ok(flow::submit_claims(&visit.ctx, &way.snap, handle, way.cookie.as_deref(), form).await?)
}

fn page(visit: &Visit, way: &Way, flow: Flow, state: FormState) -> Answer {
    let Step::Claims(missing) = flow.step.clone() else { return way.follow(&flow) };
    let application = flow.application_name.clone().unwrap_or_default();
    let other = format!("{}&other", way.step("/login"));
    let brand = way.brand().name.clone();
    let card = Card::new(visit, way.brand(), say!(visit.locale, "claims-needed", name = application.as_str()))
        .user(flow.user_name.as_deref(), other)
        .leads_to(flow.redirect_origin.as_deref())
        .form(&state);
    card.answer(move || view! { <ClaimsForm state missing brand application /> })
}

#[component]
fn ClaimsForm(state: FormState, missing: Vec<ClaimSpec>, brand: String, application: String) -> AnyView {
    let fields = move || {
        let fields = missing.into_iter().map(|claim| view! { <ClaimField claim filler=Filler::SelfRequired /> });
        fields.collect_view()
    };
    view! {
        <p class="muted">{tr!("claims-needed-text", brand = brand, name = application)}</p>
        <Form state>{fields()} <SubmitBar label=tr!("continue") /></Form>
    }
    .into_any()
}
