//! What of the log the URL asks for, and the form that asks for it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;
use model::FormData;
use service::console::AuditFilter;
use service::revision::{Action, ObjectType};

use super::word;
use crate::console::Place;
use crate::list::escape;
use crate::tr;
use crate::visit::PageError;

/// Kinds of events that the form offers, besides what is done to configuration.
const EVENTS: [&str; 38] = [
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "registered",
    "claims_given",
    "consent_given",
    "consent_refused",
    "device_connected",
    "device_denied",
    "sign_in_asked",
    "sign_in_allowed",
    "sign_in_denied",
    "password_changed",
    "profile_changed",
    "session_ended",
    "logout_undelivered",
    "keys_unfetched",
    "request_unfetched",
    "authorization_refused",
    "token_refused",
    "device_authorization_refused",
    "backchannel_authentication_refused",
    "introspection_refused",
    "revocation_refused",
    "application_registered",
    "registration_refused",
    "client_document_refused",
    "initial_access_token_created",
    "initial_access_token_revoked",
    "user_impersonated",
    "user_created",
    "user_changed",
    "user_disabled",
    "user_enabled",
    "user_deleted",
    "password_set",
    "administrator_reset",
    "owner_created",
];

/// Names in the URL, in the order of the form.
const NAMES: [&str; 6] = ["kind", "action", "from", "until", "object", "who"];

/// Reads the URL. A date is a day of UTC, the last one included.
pub fn read(query: &FormData) -> Result<AuditFilter, PageError> {
    let text = |name: &str| query.optional(name).unwrap_or_default();
    let day = |name: &str, after: i64| {
        let found = query.optional(name).map(|day| begin(&day, after).ok_or(PageError::BadRequest));
        found.transpose()
    };
    Ok(AuditFilter {
        object: text("object"),
        kind: text("kind"),
        action: text("action"),
        who: text("who"),
        from: day("from", 0)?,
        until: day("until", 1)?,
    })
}

/// The first second of a day, or of one some days after.
fn begin(day: &str, after: i64) -> Option<i64> {
    let date: Date = day.parse().ok()?;
    let date = date.checked_add(after.days()).ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

/// The same for a link: `kind=claim&from=2026-01-02`.
pub fn write(query: &FormData) -> String {
    let given = NAMES.iter().filter_map(|name| Some(format!("{name}={}", escape(&query.optional(name)?))));
    given.collect::<Vec<_>>().join("&")
}

/// The form, by GET. Who and which object are asked for by links; the form keeps them.
#[component]
pub fn FilterForm(
    /// Where it stands.
    place: Place,
    /// As the URL has it.
    query: FormData,
) -> AnyView {
    let text = |name: &str| query.optional(name).unwrap_or_default();
    let (object, who) = (text("object"), text("who"));
    let bound = !object.is_empty() || !who.is_empty();
    let search = (!bound).then(|| {
        view! {
            <div class="field">
                <label class="field-label" for="audit-q">{tr!("audit-search")}</label>
                <input class="input" type="search" id="audit-q" name="q" data-keys="/" value=text("q") maxlength="200" aria-describedby="audit-q-help" />
                <p class="field-help" id="audit-q-help">{tr!("audit-search-help")}</p>
            </div>
        }
    });
    let hidden = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> })
    };
    let only = bound.then(|| {
        let sentence = if who.is_empty() { tr!("audit-only-object") } else { tr!("audit-only-who", who = who.as_str()) };
        view! { <p class="notice notice-info"><span>{sentence}</span><a href=place.path("/audit")>{tr!("list-clear")}</a></p> }
    });
    let kinds =
        ObjectType::ALL.iter().map(|kind| kind.as_str()).chain(["user"]).map(|kind| (kind, word("object", kind)));
    let actions = Action::ALL.iter().map(|action| action.as_str()).chain(EVENTS);
    let actions = actions.map(|action| (action, word("audit-action", action)));
    let (kinds, actions) =
        (select("kind", kinds.collect(), text("kind")), select("action", actions.collect(), text("action")));
    let clear = (!write(&query).is_empty() || !text("q").is_empty())
        .then(|| view! { <a class="btn btn-ghost" href=place.path("/audit")>{tr!("list-clear")}</a> });
    view! {
        {only}
        <form class="card stack" method="get" action=place.path("/audit") role="search" aria-label=tr!("audit-filter")>
            {hidden("object", object)}
            {hidden("who", who)}
            {search}
            <div class="field-pair">
                <div class="field"><label class="field-label" for="audit-kind">{tr!("audit-kind")}</label>{kinds}</div>
                <div class="field"><label class="field-label" for="audit-action">{tr!("audit-what")}</label>{actions}</div>
                <div class="field">
                    <label class="field-label" for="audit-from">{tr!("audit-from")}</label>
                    <input class="input" type="date" id="audit-from" name="from" value=text("from") />
                </div>
                <div class="field">
                    <label class="field-label" for="audit-until">{tr!("audit-until")}</label>
                    <input class="input" type="date" id="audit-until" name="until" value=text("until") />
                </div>
            </div>
            <div class="form-actions">
                <button class="btn" type="submit">{tr!("audit-show")}</button>
                {clear}
            </div>
        </form>
    }
    .into_any()
}

fn select(name: &'static str, options: Vec<(&'static str, String)>, chosen: String) -> AnyView {
    let options = options.into_iter().map(|(value, label)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    });
    view! {
        <select class="select" id=format!("audit-{name}") name=name>
            <option value="">{tr!("audit-any")}</option>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// The day of a moment, for a file's name.
pub fn day(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_of_utc_and_the_last_one_counts() {
        let query = FormData::default().with("from", "2027-01-15").with("until", "2027-01-15").with("kind", "claim");
        let filter = read(&query).expect("reads");
        assert_eq!((filter.from, filter.until), (Some(1_799_971_200), Some(1_799_971_200 + 86_400)));
        assert_eq!(write(&query), "kind=claim&from=2027-01-15&until=2027-01-15");
        assert!(read(&FormData::default().with("from", "yesterday")).is_err());
    }
}
