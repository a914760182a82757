//! Is this your device? Asked of whoever is signed in, before anything is granted.

use leptos::prelude::*;
use model::FormData;
use service::flow::{self, Flow, Step};

use crate::end_user::{Card, Way, expired};
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
    let connect = match form.trimmed("decision") {
        "connect" => true,
        "deny" => false,
        _ => return show(visit).await,
    };
    let handle = way.handle.clone().unwrap_or_default();
    match flow::decide_device(&visit.ctx, &way.snap, &handle, way.cookie.as_deref(), connect).await {
        Ok(next) => Ok(way.answer(next)),
        Err(error) => expired::or(&visit, &way, error.into()),
    }
}

fn page(visit: &Visit, way: &Way, flow: Flow) -> Answer {
    let Step::Device { user_code } = flow.step.clone() else { return way.follow(&flow) };
    let application = flow.destination.as_ref().map(|to| to.name.clone()).unwrap_or_default();
    let other = format!("{}&other", way.step("/login"));
    let title = say!(visit.locale, "device-confirm-title", name = application);
    let card = Card::new(visit, way.brand(), title);
    let card = card.about(flow.destination.as_ref()).user(flow.user_name.as_deref(), other);
    card.answer(move || view! { <Question user_code /> })
}

#[component]
fn Question(user_code: String) -> AnyView {
    view! {
        <p>{tr!("device-confirm-text")}</p>
        <p class="device-code">{user_code}</p>
        <p class="notice notice-warning">{tr!("device-confirm-warning")}</p>
        <form class="form" method="post">
            <div class="form-actions">
                <button class="btn btn-primary" type="submit" name="decision" value="connect">
                    {tr!("device-connect")}
                </button>
                <button class="btn" type="submit" name="decision" value="deny">
                    {tr!("device-deny")}
                </button>
            </div>
        </form>
    }
    .into_any()
}
