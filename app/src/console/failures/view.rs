//! What was received, what was expected, and how to mend it.

use leptos::prelude::*;
use model::difference::Difference;
use service::console::failures::{self, FailureView, UNREGISTERED};
use service::console::sign_in_failures;

use super::sign_in;
use crate::components::{Copyable, Moment};
use crate::console::{Place, Sheet, Tab};
use crate::list::escape;
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let (slug, reference) = (place.slug(), visit.param("reference"));
    if let Some(refused) = sign_in_failures::get(&visit.ctx, &place.actor, slug, reference).await? {
        return Ok(sign_in::page(&visit, &place, refused));
    }
    let failure = failures::get(&visit.ctx, &place.actor, place.slug(), visit.param("reference")).await?;
    let sheet = Sheet::within(&visit, &place, Tab::Audit, say!(visit.locale, "failure-title"));
    Ok(sheet.answer(move || {
        let mend = (failure.can_be_allowed() && place.may_own())
            .then(|| place.path(&format!("/failures/{}/allow", escape(&failure.reference))));
        let application = failure.application.as_ref().map(|(id, _)| place.object("applications", id));
        view! {
            <p class="lead-text">{sentence(&failure)}</p>
            {failure.difference.clone().map(|difference| view! { <Compared difference /> })}
            <div class="cluster">
                {mend.map(|to| view! { <a class="btn" href=to>{tr!("failure-allow")}</a> })}
                {application.map(|to| view! { <a class="btn" href=to>{tr!("failure-to-application")}</a> })}
            </div>
            <Facts failure />
        }
    }))
}

/// What went wrong, in a sentence for whoever can mend it.
fn sentence(failure: &FailureView) -> String {
    let client = failure.client_id.as_str();
    match failure.error.as_str() {
        UNREGISTERED if failure.can_be_allowed() => tr!("failure-unregistered", client = client),
        UNREGISTERED if failure.application.is_some() => tr!("failure-registered-since", client = client),
        UNREGISTERED => tr!("failure-application-gone", client = client),
        "missing-redirect-uri" => tr!("failure-missing-redirect-uri", client = client),
        "unknown-client" => tr!("failure-unknown-client", client = client),
        "disabled-application" => tr!("failure-disabled-application", client = client),
        "pushed-request" => tr!("failure-pushed-request", client = client),
        "request-object" => {
            tr!("failure-request-object", client = client, reason = failure.description.as_str())
        }
        "malformed-request" => tr!("failure-malformed"),
        "invalid_client" => tr!("failure-invalid-client", client = client),
        "invalid_grant" => tr!("failure-invalid-grant", client = client),
        "invalid_scope" => tr!("failure-invalid-scope", client = client),
        "unauthorized_client" => tr!("failure-unauthorized-client", client = client),
        _ => tr!("failure-other", client = client, reason = failure.description.as_str()),
    }
}

/// Both texts, with what differs marked.
#[component]
fn Compared(difference: Difference) -> AnyView {
    let Difference { before, received, expected, after } = difference;
    let line = move |label: String, middle: String| {
        let marked = (!middle.is_empty()).then(|| view! { <mark>{middle}</mark> });
        view! {
            <dt>{label}</dt>
            <dd>
                <code class="id">{before.clone()} {marked} {after.clone()}</code>
            </dd>
        }
    };
    view! {
        <dl class="kv card compared">
            {line(tr!("failure-received"), received)} {line(tr!("failure-expected"), expected)}
        </dl>
    }
    .into_any()
}

#[component]
fn Facts(failure: FailureView) -> AnyView {
    let row = |label: String, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{label}</dt>
                <dd>
                    <span class="id">{value}</span>
                </dd>
            }
        })
    };
    let name = failure.application.map(|(_, name)| name).unwrap_or_default();
    let registered = failure.registered.join("\n");
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
            {row(tr!("failure-told"), failure.description)}
            {row(tr!("failure-error"), failure.error)}
            {row(tr!("application-client-id"), failure.client_id)}
            {row(tr!("failure-application"), name)}
            {row(tr!("failure-registered"), registered)}
            {row(tr!("failure-address"), failure.address)}
        </dl>
    }
    .into_any()
}
