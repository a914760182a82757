//! What somebody does in a new subscription, one after the other, until the first sign-in.

use leptos::prelude::*;
use service::console::overview::OverviewView;
use service::console::{Counts, applications};

use crate::components::Icon;
use crate::console::Place;
use crate::console::applications::playground;
use crate::tr;
use crate::visit::{PageError, Visit};

/// How far somebody has come.
#[derive(Clone, Debug)]
pub struct Progress {
    counts: Counts,
    /// Row id of the application to try out, where one is at hand.
    application: Option<String>,
}

/// How far somebody has come; `None` where nobody needs to be told.
pub async fn progress(
    visit: &Visit,
    place: &Place,
    found: &OverviewView,
    counts: Counts,
) -> Result<Option<Progress>, PageError> {
    let signed_in = found.days.iter().any(|day| day.counts.sign_ins > 0);
    // Sign-ins are looked at for some days only: an older subscription with applications has had its own.
    let first_day = found.days.first().map_or(0, |day| day.starts_at);
    let is_old = counts.applications > 0 && place.view.stored.created_at < first_day;
    if signed_in || is_old || place.view.built_in || !place.may_edit() {
        return Ok(None);
    }
    let application = if counts.applications > 0 {
        applications::to_try_out(&visit.ctx, &place.actor, place.slug()).await?
    } else {
        None
    };
    Ok(Some(Progress { counts, application }))
}

/// One of the steps.
struct Step {
    is_done: bool,
    /// What it is for, where its links do not say so.
    title: Option<String>,
    /// Addresses and names of pages.
    links: Vec<(String, String)>,
    text: String,
}

/// The steps, those that are done with a tick.
#[component]
pub fn FirstSteps(
    /// Where.
    place: Place,
    /// How far.
    progress: Progress,
) -> AnyView {
    let steps = steps(&place, &progress).into_iter().map(|step| {
        let done = step.is_done.then(|| {
            view! {
                <span class="badge badge-soft badge-success">
                    <Icon name="circle-check" />
                    {tr!("first-steps-done")}
                </span>
            }
        });
        let title = step.title.map(|title| view! { <span>{title}</span> });
        let links = step.links.into_iter().map(|(to, label)| view! { <a href=to>{label}</a> });
        view! {
            <li>
                <div class="cluster">{title} {links.collect_view()} {done}</div>
                <p class="muted">{step.text}</p>
            </li>
        }
    });
    let steps = steps.collect_view();
    view! {
        <section class="card stack" aria-labelledby="first-steps">
            <h2 id="first-steps">{tr!("first-steps-title")}</h2>
            <ol class="first-steps">{steps}</ol>
        </section>
    }
    .into_any()
}

fn steps(place: &Place, progress: &Progress) -> [Step; 5] {
    let counts = progress.counts;
    let to = |path: &str, label: String| (place.path(path), label);
    let born_with = place.view.stored.spec.scope_preset.scopes().len();
    let has_scope = usize::try_from(counts.identity_scopes).is_ok_and(|scopes| scopes > born_with);
    let all = to("/applications", tr!("nav-applications"));
    let (try_it_out, try_text) = match &progress.application {
        Some(id) => (vec![(playground::path(place, id), tr!("playground-open"))], tr!("first-steps-try-it-out")),
        None if counts.applications > 0 => (vec![all], tr!("first-steps-try-elsewhere")),
        None => (Vec::new(), tr!("first-steps-try-later")),
    };
    [
        Step {
            is_done: counts.custom_claims > 0 && has_scope,
            title: Some(tr!("first-steps-claims")),
            links: vec![if counts.custom_claims > 0 && !has_scope {
                to("/scopes/identity/new", tr!("identity-scopes-new"))
            } else {
                to("/scopes/claims/new", tr!("claims-new"))
            }],
            text: tr!("first-steps-claims-text"),
        },
        Step {
            is_done: counts.api_connections > 0,
            title: Some(tr!("first-steps-api")),
            links: vec![to("/connections/new", tr!("connections-new"))],
            text: tr!("first-steps-api-text"),
        },
        Step {
            is_done: counts.applications > 0,
            title: None,
            links: vec![to("/applications/new", tr!("applications-new"))],
            text: tr!("first-steps-application"),
        },
        Step {
            is_done: counts.users > 0,
            title: None,
            links: vec![to("/users/new", tr!("users-new"))],
            text: tr!("first-steps-user"),
        },
        Step {
            is_done: false,
            title: try_it_out.is_empty().then(|| tr!("playground-open")),
            links: try_it_out,
            text: try_text,
        },
    ]
}
