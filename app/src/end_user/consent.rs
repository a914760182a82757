//! May this application …?

use leptos::prelude::*;
use model::FormData;
use service::flow::{self, ConsentDetail, ConsentScope, Flow, Step};

use super::consent_detail::detail;
use super::{Card, Way, expired};
use crate::i18n::{claim_name, scope_title};
use crate::visit::{Answer, PageResult, Visit};
use crate::{say, tr};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    match way.flow(&visit).await {
        Ok(flow) => Ok(page(&visit, &way, flow)),
        Err(error) => expired::or(&visit, &way, error),
    }
}

/// The answer. Anything but an explicit yes or no asks again.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    let allow = match form.trimmed("decision") {
        "allow" => true,
        "deny" => false,
        _ => return show(visit).await,
    };
    let handle = way.handle.clone().unwrap_or_default();
    match flow::decide_consent(&visit.ctx, &way.snap, &handle, way.cookie.as_deref(), allow).await {
        Ok(next) => Ok(way.answer(next)),
        Err(error) => expired::or(&visit, &way, error.into()),
    }
}

fn page(visit: &Visit, way: &Way, flow: Flow) -> Answer {
    let Step::Consent { scopes, details } = flow.step.clone() else { return way.follow(&flow) };
    let application = flow.destination.as_ref().map(|to| to.name.clone()).unwrap_or_default();
    let other = format!("{}&other", way.step("/login"));
    let card = Card::new(visit, way.brand(), say!(visit.locale, "consent-title", name = application.as_str()))
        .about(flow.destination.as_ref())
        .user(flow.user_name.as_deref(), other)
        .leads_to(flow.redirect_origin.as_deref());
    card.answer(move || view! { <Question scopes details application /> })
}

#[component]
fn Question(scopes: Vec<ConsentScope>, details: Vec<ConsentDetail>, application: String) -> AnyView {
    let items = scopes.into_iter().map(|scope| {
        let claims = scope.claims.iter().map(|(name, title)| claim_name(name, title)).collect::<Vec<_>>();
        // Without words of its own, a scope says what is in it.
        let text = if scope.description.is_empty() { claims.join(", ") } else { scope.description };
        let text = (!text.is_empty()).then(|| view! { <p class="field-help">{text}</p> });
        view! {
            <li class="consent-scope">
                <p class="consent-name">{scope_title(&scope.name, &scope.display_name)}</p>
                {text}
            </li>
        }
    });
    let items = items.collect_view();
    view! {
        <p>{tr!("consent-text", name = application)}</p>
        <ul class="stack">{items} {details.into_iter().map(detail).collect_view()}</ul>
        <form class="form" method="post">
            <div class="form-actions">
                <button class="btn btn-primary" type="submit" name="decision" value="allow">
                    {tr!("consent-allow")}
                </button>
                <button class="btn" type="submit" name="decision" value="deny">
                    {tr!("consent-deny")}
                </button>
            </div>
        </form>
    }
    .into_any()
}
