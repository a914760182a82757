//! The account page.

use leptos::prelude::*;
use service::account::Account;
use service::flow;

use super::open;
use crate::components::Icon;
use crate::end_user::{Card, Way};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let account = match open(&visit, &way).await? {
        Ok(account) => account,
        Err(to_sign_in) => return Ok(to_sign_in),
    };
    let mut links = vec![
        (way.path("/account/password"), "account-password", "lock"),
        (way.path("/account/sessions"), "account-sessions", "monitor"),
        (way.path("/sign-out"), "sign-out", "log-out"),
    ];
    let waiting = flow::waiting(&visit.ctx, &way.snap, way.cookie.as_deref()).await?.unwrap_or_default().len();
    if waiting > 0 {
        links.insert(0, (way.path("/requests"), "requests-title", "list-checks"));
    }
    if !account.profile.is_empty() {
        links.insert(0, (way.path("/account/profile"), "account-profile", "user"));
    }
    let card = Card::new(&visit, way.brand(), say!(visit.locale, "account-title"));
    Ok(card.answer(move || {
        let links = links.into_iter().map(|(to, name, icon)| {
            view! {
                <li>
                    <a class="account-link" href=to>
                        <Icon name=icon />
                        {tr!(name)}
                    </a>
                </li>
            }
        });
        let links = links.collect_view();
        view! {
            <Who account />
            <nav aria-label=tr!("account-title")>
                <ul>{links}</ul>
            </nav>
        }
    }))
}

#[component]
fn Who(account: Account) -> AnyView {
    let Account { name, username, email, email_verified, .. } = account;
    let verified = email_verified
        .then(|| view! { " " <span class="badge badge-soft badge-success">{tr!("account-email-verified")}</span> });
    view! {
        {name.map(|name| view! { <p class="account-name">{name}</p> })}
        <dl class="kv">
            {username.map(|name| view! { <dt>{tr!("user-username")}</dt> <dd>{name}</dd> })}
            {email
                .map(|email| {
                    view! {
                        <dt>{tr!("user-email")}</dt>
                        <dd>{email} {verified}</dd>
                    }
                })}
        </dl>
    }
    .into_any()
}
