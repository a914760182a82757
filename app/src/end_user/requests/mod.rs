//! Sign-ins that applications ask for (OpenID Connect CIBA section 8): the list of whoever is signed in, the question, the end.

pub mod answer;
pub mod ended;
pub mod one;

use leptos::prelude::*;
use service::flow::{self, Waiting};

use super::{Card, Way};
use crate::components::Moment;
use crate::list::escape;
use crate::visit::{Answer, PageResult, Visit};
use crate::{say, tr};

/// Characters of what still is a code.
const LONGEST_CODE: usize = 24;

/// The list.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let Some(rows) = flow::waiting(&visit.ctx, &way.snap, way.cookie.as_deref()).await? else {
        return Ok(Answer::see_other(way.path("/login")));
    };
    let (own, back) = (way.path("/requests"), way.path("/account"));
    let card = Card::new(&visit, way.brand(), say!(visit.locale, "requests-title"));
    Ok(card.answer(move || {
        let none = rows.is_empty().then(|| view! { <p>{tr!("requests-none")}</p> });
        view! {
            {none}
            <ul class="stack">{rows.into_iter().map(|row| waiting(row, &own)).collect_view()}</ul>
            <p>
                <a href=back>{tr!("account-back")}</a>
            </p>
        }
    }))
}

fn waiting(row: Waiting, own: &str) -> AnyView {
    let to = format!("{own}/open/{}", escape(&row.id));
    let message = row.binding_message.map(binding_message);
    view! {
        <li class="consent-scope">
            <p class="consent-name">{row.application}</p>
            {message}
            <p class="field-help">
                <Moment at=row.created_at />
            </p>
            <a class="btn btn-block" href=to>
                {tr!("requests-look")}
            </a>
        </li>
    }
    .into_any()
}

/// What the application shows on its own screen: large while it is a code, and as text when it is a sentence.
fn binding_message(text: String) -> AnyView {
    let class = if text.chars().count() > LONGEST_CODE { "notice" } else { "device-code" };
    view! {
        <p class=class>
            <bdi>{text}</bdi>
        </p>
    }
    .into_any()
}
