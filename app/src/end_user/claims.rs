//! The details that an application needs and the user has not given yet.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::FormData;
use model::day::Day;
use model::spec::ClaimSpec;
use service::flow::{self, AskedClaim, Flow, Next, Step};

use super::{Card, Way, expired};
use crate::components::date;
use crate::form::claim::Filler;
use crate::form::{ClaimField, Form, FormState, SubmitBar};
use crate::i18n::claim_title_in;
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
    let Step::Claims(asked) = flow.step.clone() else { return way.follow(&flow) };
    let application = flow.destination.as_ref().map(|to| to.name.clone()).unwrap_or_default();
    let other = format!("{}&other", way.step("/login"));
    let brand = way.brand().name.clone();
    let title = match asked.as_slice() {
        [only] => {
            let claim = claim_title_in(visit.locale, &only.spec);
            say!(visit.locale, "claims-needed-one", name = application.as_str(), claim = claim)
        }
        _ => say!(visit.locale, "claims-needed", name = application.as_str()),
    };
    let card = Card::new(visit, way.brand(), title)
        .about(flow.destination.as_ref())
        .user(flow.user_name.as_deref(), other)
        .leads_to(flow.redirect_origin.as_deref())
        .form(&state);
    card.answer(move || view! { <ClaimsForm state asked brand application /> })
}

#[component]
fn ClaimsForm(state: FormState, asked: Vec<AskedClaim>, brand: String, application: String) -> AnyView {
    let count = asked.len();
    let (skippable, required): (Vec<_>, Vec<_>) = asked.into_iter().partition(|claim| claim.until.is_some());
    let may_skip = required.is_empty();
    // Those that can be left out for equally long stand together.
    let mut by_day: BTreeMap<String, Vec<ClaimSpec>> = BTreeMap::new();
    for AskedClaim { spec, until } in skippable {
        by_day.entry(until.unwrap_or_default()).or_default().push(spec);
    }
    let fields = move || {
        let required = required.into_iter().enumerate().map(|(i, claim)| {
            let autofocus = i == 0;
            view! { <ClaimField claim=claim.spec filler=Filler::SelfRequired autofocus /> }
        });
        let required = required.collect_view();
        // Alone they are left out by a button, and beside others by leaving them empty.
        let filler = if may_skip { Filler::SelfRequired } else { Filler::SelfOptional };
        let later = by_day.into_iter().map(|(until, claims)| view! { <Later until claims filler /> }).collect_view();
        view! {
            {required}
            {later}
        }
    };
    let skip = may_skip.then(|| {
        view! {
            <button class="btn" type="submit" name=flow::SKIP.0 value=flow::SKIP.1>
                {tr!("claims-skip")}
            </button>
        }
    });
    view! {
        <p class="muted">{tr!("claims-needed-text", count = count, brand = brand, name = application)}</p>
        <Form state>{fields()} <SubmitBar label=tr!("continue")>{skip}</SubmitBar></Form>
    }
    .into_any()
}

/// Claims that can be left out through the same day.
#[component]
fn Later(until: String, claims: Vec<ClaimSpec>, filler: Filler) -> AnyView {
    let heading = format!("later-{until}");
    let fields = claims.into_iter().map(|claim| view! { <ClaimField claim filler /> });
    let fields = fields.collect_view();
    let from = Day::parse(&until).map_or_else(|| until.clone(), |day| date(day.end()));
    view! {
        <section class="form nested" aria-labelledby=heading.clone()>
            <p class="field-label" id=heading.clone()>
                {tr!("claims-needed-from", date = from)}
            </p>
            {fields}
        </section>
    }
    .into_any()
}
