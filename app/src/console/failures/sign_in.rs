//! Why somebody could not sign in, and what helps.

use leptos::prelude::*;
use service::console::sign_in_failures::{FailedUser, Reason, SignInFailure};

use crate::components::{Copyable, Moment};
use crate::console::{Place, Sheet, Tab};
use crate::list::escape;
use crate::visit::{Answer, Visit};
use crate::{say, tr};

/// The page.
pub fn page(visit: &Visit, place: &Place, failure: SignInFailure) -> Answer {
    let sheet = Sheet::within(visit, place, Tab::Audit, say!(visit.locale, "failure-sign-in-title"));
    let place = place.clone();
    sheet.answer(move || {
        let blocked = failure.blocked_until.map(|until| {
            view! {
                <p class="notice notice-warning">
                    {tr!("failure-blocked-until")} " " <Moment at=until /> " " {tr!("failure-blocked-why")}
                </p>
            }
        });
        view! {
            <p class="lead-text">{sentence(&failure)}</p>
            {blocked}
            <div class="cluster">{mends(&failure, &place)}</div>
            <Facts failure place />
        }
    })
}

/// What went wrong, and how things stand now.
fn sentence(failure: &SignInFailure) -> String {
    let (what, user) = match (&failure.user, failure.reason) {
        (None, Reason::Blocked) => return tr!("failure-sign-in-blocked-unknown"),
        (None, Reason::UnknownUser) if failure.typed_address => return tr!("failure-sign-in-unknown-address"),
        (None, Reason::UnknownUser) => return tr!("failure-sign-in-unknown"),
        (None, _) => return tr!("failure-sign-in-gone"),
        (Some(user), Reason::Blocked) => (tr!("failure-sign-in-blocked", user = user.name.as_str()), user),
        (Some(user), Reason::DisabledUser) => (tr!("failure-sign-in-disabled", user = user.name.as_str()), user),
        (Some(user), Reason::NoPassword) => (tr!("failure-sign-in-no-password", user = user.name.as_str()), user),
        (Some(user), _) => (tr!("failure-sign-in-password", user = user.name.as_str()), user),
    };
    match since(failure.reason, user) {
        Some(since) => format!("{what} {since}"),
        None => what,
    }
}

/// What is different now.
fn since(reason: Reason, user: &FailedUser) -> Option<String> {
    match reason {
        Reason::DisabledUser if !user.is_disabled => Some(tr!("failure-since-enabled")),
        Reason::NoPassword if user.has_password => Some(tr!("failure-since-password")),
        Reason::WrongPassword | Reason::NoPassword | Reason::Blocked if user.is_disabled => {
            Some(tr!("failure-since-disabled"))
        }
        _ => None,
    }
}

/// What helps, for those who may.
fn mends(failure: &SignInFailure, place: &Place) -> AnyView {
    let mut ways = Vec::new();
    if place.may_edit() {
        if failure.blocked_until.is_some() {
            let to = place.path(&format!("/sign-ins/{}/lift", escape(&failure.reference)));
            ways.push((to, tr!("failure-lift")));
        }
        match &failure.user {
            Some(user) if user.is_disabled => {
                ways.push((format!("{}/enable", place.object("users", &user.id)), tr!("failure-enable-user")));
            }
            Some(user) if failure.reason != Reason::Blocked => {
                ways.push((format!("{}/password", place.object("users", &user.id)), tr!("user-set-password")));
            }
            None if failure.reason == Reason::UnknownUser => ways.push((place.path("/users/new"), tr!("users-new"))),
            _ => {}
        }
    }
    if let Some(user) = &failure.user {
        ways.push((place.object("users", &user.id), tr!("failure-to-user")));
    }
    let links = ways.into_iter().map(|(to, label)| {
        view! {
            <a class="btn" href=to>
                {label}
            </a>
        }
    });
    links.collect_view().into_any()
}

#[component]
fn Facts(failure: SignInFailure, place: Place) -> AnyView {
    let application = failure.application.map(|(id, name)| {
        let to = place.object("applications", &id);
        view! {
            <dt>{tr!("failure-application")}</dt>
            <dd>
                <a href=to>{name}</a>
            </dd>
        }
    });
    view! {
        <dl class="kv card">
            <dt>{tr!("failure-reference")}</dt>
            <dd>
                <Copyable value=failure.reference what=tr!("failure-reference") />
            </dd>
            <dt>{tr!("audit-at")}</dt>
            <dd>
                <Moment at=failure.at />
            </dd>
            {application}
            <dt>{tr!("failure-address")}</dt>
            <dd>
                <span class="id">{failure.address}</span>
            </dd>
        </dl>
    }
    .into_any()
}
