//! All subscriptions that the administrator may see, as cards.

use leptos::prelude::*;
use model::Role;
use service::console::subscriptions::{self, SubscriptionCard};

use crate::components::Moment;
use crate::console::words::{self, Empty};
use crate::console::{Sheet, Way};
use crate::i18n::locale;
use crate::list::{self, List, ListState, escape};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let actor = visit.actor()?;
    let request = list::request(&visit.ctx, &visit.query)?;
    let found = subscriptions::page(&visit.ctx, &actor, &request).await?;
    let state = ListState::new(&visit, &request, &found)?;
    let may_make = actor.installation_role() >= Some(Role::Editor);
    let (new, label) = ("/console/new".to_owned(), say!(visit.locale, "subscriptions-new"));
    // An empty list has the button in its middle.
    let first = may_make.then(|| (new.clone(), label.clone()));
    let sheet = Sheet::new(&visit, say!(visit.locale, "subscriptions-title"))
        .at(Way::Subscriptions)
        .lead(say!(visit.locale, "subscriptions-lead"))
        .action(may_make && !state.is_bare(), new, label, "plus");
    Ok(sheet.answer(move || {
        let cards = found.items;
        let empty = move || {
            let (title, text) = (tr!("subscriptions-empty-title"), tr!("subscriptions-empty-text"));
            view! { <Empty icon="building-2" title text first=first.clone() /> }
        };
        view! {
            <List state search_label=tr!("subscriptions-search") empty>
                <ul class="grid-cards">{cards.into_iter().map(|card| view! { <Card card /> }).collect_view()}</ul>
            </List>
        }
    }))
}

#[component]
fn Card(card: SubscriptionCard) -> AnyView {
    let disabled = card.disabled_at.map(|_| view! { <span class="badge badge-warning">{tr!("state-disabled")}</span> });
    let last = match card.last_sign_in {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => tr!("never").into_any(),
    };
    view! {
        <li class="card">
            <h2 class="cluster">
                <a class="card-title" href=format!("/console/{}", escape(&card.slug))>
                    {card.name}
                </a>
                {disabled}
            </h2>
            <p class="id muted">{card.issuer}</p>
            <dl class="kv">
                <dt>{tr!("subscription-slug")}</dt>
                <dd class="id">{card.slug}</dd>
                <dt>{tr!("nav-applications")}</dt>
                <dd class="tabular">{locale().number(card.applications)}</dd>
                <dt>{tr!("nav-users")}</dt>
                <dd class="tabular">{words::users(locale(), card.users)}</dd>
                <dt>{tr!("subscription-last-sign-in")}</dt>
                <dd>{last}</dd>
            </dl>
        </li>
    }
    .into_any()
}
