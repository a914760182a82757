//! Time travel: the configuration as of any moment, object by object and as a file, with the way to bring
//! each object back as it was.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use model::spec::Document;
use serde_json::{Map, Value};
use service::Error;
use service::console::history::{self, PastObject, PastView};

use super::audit::{kind, value_of};
use super::{Place, Sheet, Tab};
use crate::components::{Copyable, utc};
use crate::visit::{PageError, PageResult, Visit};
use crate::{say, tr};

/// Objects of one page.
const PAGE: usize = 25;
/// Value of `as` for the configuration as a file.
const FILE: &str = "file";

/// The form, and below it what stood at the moment that the URL names.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let asked = visit.query.optional("at");
    let moment = asked.as_deref().map(moment).transpose()?;
    let found = match moment {
        None => None,
        Some(at) => match history::at(&visit.ctx, &place.actor, place.slug(), at).await {
            Ok(found) => Some(Ok(found)),
            // Who sees the page sees the subscription: it was not there yet.
            Err(Error::NotFound) => Some(Err(())),
            Err(error) => return Err(error.into()),
        },
    };
    let as_file = visit.query.get("as") == Some(FILE);
    let from = visit.query.optional("from").and_then(|from| from.parse().ok()).unwrap_or_default();
    let shown = local(moment.unwrap_or_else(|| visit.ctx.now()));
    let sheet = Sheet::within(&visit, &place, Tab::Audit, say!(visit.locale, "history-title"))
        .lead(say!(visit.locale, "history-lead"));
    let action = place.path("/history");
    Ok(sheet.answer(move || {
        let past = match found {
            None => view! { <p class="muted">{tr!("history-guidance")}</p> }.into_any(),
            Some(Err(())) => view! { <p class="notice">{tr!("history-unborn")}</p> }.into_any(),
            Some(Ok(past)) if as_file => view! { <AsFile past place /> }.into_any(),
            Some(Ok(past)) => view! { <Past past place from /> }.into_any(),
        };
        view! {
            <form class="card stack" method="get" action=action>
                <div class="field">
                    <label class="field-label" for="history-at">{tr!("history-at")}</label>
                    <input class="input" type="datetime-local" id="history-at" name="at" value=shown step="1" required=true />
                </div>
                <div class="form-actions">
                    <button class="btn" type="submit">{tr!("history-show")}</button>
                </div>
            </form>
            {past}
        }
    }))
}

/// A moment of RFC 3339, or the local form of HTML's field, which here is UTC.
fn moment(text: &str) -> Result<i64, PageError> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_second());
    }
    let local: DateTime = text.parse().map_err(|_| PageError::BadRequest)?;
    let at = local.to_zoned(TimeZone::UTC).map_err(|_| PageError::BadRequest)?;
    Ok(at.timestamp().as_second())
}

/// As HTML's field has it.
fn local(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// The address of the page for a moment.
fn address(place: &Place, at: i64, more: &str) -> String {
    place.path(&format!("/history?at={}{more}", local(at)))
}

#[component]
fn Past(past: PastView, place: Place, from: usize) -> AnyView {
    let may_edit = place.may_edit();
    // One more tells that there are more.
    let mut objects = past.objects(from, PAGE + 1);
    let next = (objects.len() > PAGE).then(|| address(&place, past.at, &format!("&from={}", from + PAGE)));
    objects.truncate(PAGE);
    let file = address(&place, past.at, &format!("&as={FILE}"));
    let objects = objects.into_iter().map(|object| {
        let restore = object
            .changed_by
            .as_ref()
            .filter(|_| may_edit)
            .map(|(change, revision)| place.path(&format!("/audit/{change}/restore/{revision}?to=before")));
        view! { <Object object restore /> }
    });
    let objects = objects.collect_view();
    view! {
        <div class="cluster">
            <h2>{tr!("history-as-of", moment = utc(past.at))}</h2>
            <a class="btn" href=file>{tr!("history-file")}</a>
        </div>
        <div class="stack">{objects}</div>
        {next.map(|next| view! { <p><a class="btn" href=next rel="next">{tr!("list-next-page")}</a></p> })}
    }
    .into_any()
}

#[component]
fn AsFile(past: PastView, place: Place) -> AnyView {
    let back = address(&place, past.at, "");
    let document = Document { subscriptions: vec![past.document()] };
    let file = serde_json::to_string_pretty(&document).unwrap_or_default();
    view! {
        <h2>{tr!("history-as-of", moment = utc(past.at))}</h2>
        <section class="card stack" aria-labelledby="history-file-heading">
            <h3 id="history-file-heading">{tr!("history-file")}</h3>
            <p class="muted">{tr!("history-file-help")}</p>
            <div class="code-block"><Copyable value=file what=tr!("history-file") /></div>
            <p><a class="btn" href=back>{tr!("history-objects")}</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Object(object: PastObject, restore: Option<String>) -> AnyView {
    let state = match (&object.changed_by, object.is_gone) {
        (_, true) => Some(tr!("history-gone")),
        (Some(_), false) => Some(tr!("history-changed")),
        (None, false) => None,
    };
    let state = state.map(|text| view! { " " <span class="badge badge-soft badge-warning">{text}</span> });
    let restore = restore.map(|to| view! { <a class="btn btn-sm" href=to>{tr!("history-restore")}</a> });
    view! {
        <details class="card stack">
            <summary>{kind(object.kind)} " " <span class="id">{object.name}</span> {state}</summary>
            {written(object.kind.as_str(), &object.spec)}
            {restore}
        </details>
    }
    .into_any()
}

fn written(kind: &str, spec: &Map<String, Value>) -> AnyView {
    let rows = spec.iter().map(|(name, value)| {
        let (label, value) = value_of(kind, name, value);
        view! {
            <dt>{label}</dt>
            <dd>{value}</dd>
        }
    });
    view! { <dl class="kv">{rows.collect_view()}</dl> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_utc() {
        for text in ["2027-01-15T08:00:00Z", "2027-01-15T08:00", "2027-01-15T09:00:00+01:00", "2027-01-15T08:00:00"] {
            assert_eq!(moment(text).ok(), Some(1_800_000_000), "{text}");
        }
        assert!(moment("yesterday").is_err());
        assert_eq!(local(1_800_000_000), "2027-01-15T08:00:00");
    }
}
