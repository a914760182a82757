//! May this application have the sign-in that it asked for?

use leptos::prelude::*;
use model::FormData;
use service::flow::{self, ConsentScope, Flow, Step};

use crate::components::Moment;
use crate::end_user::{Card, Way, expired};
use crate::i18n::scope_title;
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
    match flow::decide_backchannel(&visit.ctx, &way.snap, &handle, way.cookie.as_deref(), allow).await {
        Ok(next) => Ok(way.answer(next)),
        Err(error) => expired::or(&visit, &way, error.into()),
    }
}

fn page(visit: &Visit, way: &Way, flow: Flow) -> Answer {
    let Step::Backchannel { binding_message, asked_at, scopes } = flow.step.clone() else { return way.follow(&flow) };
    let application = flow.destination.as_ref().map(|to| to.name.clone()).unwrap_or_default();
    let other = format!("{}&other", way.step("/login"));
    let wanted = say!(visit.locale, "consent-text", name = application.clone());
    let card = Card::new(visit, way.brand(), say!(visit.locale, "request-title", name = application));
    let card = card.about(flow.destination.as_ref()).user(flow.user_name.as_deref(), other);
    card.answer(move || view! { <Question binding_message asked_at wanted scopes /> })
}

#[component]
fn Question(binding_message: Option<String>, asked_at: i64, wanted: String, scopes: Vec<ConsentScope>) -> AnyView {
    let message = binding_message.map(|message| {
        view! {
            <p>{tr!("request-message")}</p>
            {super::binding_message(message)}
        }
    });
    let scopes = (!scopes.is_empty()).then(|| {
        let items = scopes.into_iter().map(|scope| {
            view! { <li>{scope_title(&scope.name, &scope.display_name)}</li> }
        });
        view! {
            <p>{wanted}</p>
            <ul>{items.collect_view()}</ul>
        }
    });
    view! {
        <p>
            {tr!("request-text")} " " <Moment at=asked_at />
        </p>
        {message}
        {scopes}
        <p class="notice notice-warning">{tr!("request-warning")}</p>
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
