//! What could not be shown, within the console's frame: the ways on stay in sight.

use leptos::prelude::*;

use super::{Place, Sheet, Tab};
use crate::error_page::{Fault, Trace, details, trace_line};
use crate::tr;
use crate::visit::{Answer, Visit};

/// The page, with the status of the fault. Of a subscription that the administrator may not see it
/// says as little as of one that does not exist.
pub async fn page(visit: &Visit, fault: Fault, trace: Trace) -> Answer {
    let place = Place::of(visit).await.ok();
    let title = fault.title(visit.locale);
    let sheet = match &place {
        Some(place) => Sheet::beside(visit, place, title),
        None => Sheet::new(visit, title),
    };
    let here = visit.here.clone();
    sheet.status(fault.status()).narrow().answer(move || {
        let back = back(place.as_ref(), &here).map(|(to, name)| view! { <a class="btn" href=to>{name}</a> });
        view! {
            <p class="lead-text">{fault.text()}</p>
            {details(fault)}
            <div class="cluster">{back.collect::<Vec<_>>()}</div>
            {trace_line(trace)}
        }
    })
}

/// The list that the address is below, and what is above that.
fn back(place: Option<&Place>, here: &str) -> impl Iterator<Item = (String, String)> + use<> {
    let Some(place) = place else {
        return vec![("/console".to_owned(), tr!("error-back-to-console"))].into_iter();
    };
    let below = here.strip_prefix(&place.path("")).unwrap_or_default();
    // References of refused requests stand in the audit log.
    let below = if below.starts_with("/failures/") { "/audit" } else { below };
    let mut ways = Vec::new();
    let part = Tab::all().find(|(path, ..)| !path.is_empty() && below.starts_with(path));
    ways.extend(part.map(|(path, name, _)| (place.path(path), tr!(name))));
    ways.push((place.path(""), place.name().to_owned()));
    ways.push((place.path("/search"), tr!("search-title")));
    ways.into_iter()
}
