//! Making an object what it was before or after one change.

use leptos::prelude::*;
use model::{FormData, Role};
use service::console::{RestoreView, history};
use service::history::restore::Side;

use super::undo::lost;
use super::{Fields, kind};
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    let (place, found) = load(&visit).await?;
    let state = FormState { version: Some(found.version), ..FormState::default() };
    Ok(page(&visit, &place, found, state))
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, found) = load(&visit).await?;
    let which = (visit.param("change"), visit.param("revision"), side(&visit)?);
    let done = async {
        only(&form, &[])?;
        Ok::<_, PageError>(history::restore(&visit.ctx, &place.actor, place.slug(), which, version(&form)?).await?)
    };
    let outcome = done.await;
    match outcome {
        Ok(done) => {
            Ok(Answer::done(back(&visit, &place), "restored", &[("name", &found.name)]).undo(place.slug(), &done))
        }
        Err(error) => {
            let (place, found) = load(&visit).await?;
            let state = FormState::refused(form, error)?.beside(&FormData::default(), found.version, &[]);
            Ok(page(&visit, &place, found, state))
        }
    }
}

fn side(visit: &Visit) -> Result<Side, PageError> {
    match visit.query.get("to") {
        None | Some("after") => Ok(Side::After),
        Some("before") => Ok(Side::Before),
        Some(_) => Err(PageError::BadRequest),
    }
}

fn back(visit: &Visit, place: &Place) -> String {
    place.path(&format!("/audit/{}", visit.param("change")))
}

async fn load(visit: &Visit) -> Result<(Place, RestoreView), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let (change, revision) = (visit.param("change"), visit.param("revision"));
    let found = history::restore_view(&visit.ctx, &place.actor, place.slug(), change, revision, side(visit)?).await?;
    Ok((place, found))
}

fn page(visit: &Visit, place: &Place, found: RestoreView, state: FormState) -> Answer {
    let own = back(visit, place);
    let sheet =
        Sheet::within(visit, place, Tab::Audit, say!(visit.locale, "restore-title", name = found.name.as_str()))
            .below(&own, say!(visit.locale, "change-title"))
            .form(&state)
            .narrow();
    sheet.answer(move || {
        if !found.is_gone && found.fields.is_empty() {
            return view! {
                <p class="lead-text">{tr!("restore-same")}</p>
                <p><a class="btn" href=own>{tr!("task-back")}</a></p>
            }
            .into_any();
        }
        let text = if found.is_gone { tr!("restore-gone") } else { tr!("restore-text") };
        let lost = lost(found.kind).filter(|_| found.is_gone);
        let state = FormState { version: state.version.or(Some(found.version)), ..state };
        view! {
            <Form state>
                <p class="lead-text">{text}</p>
                {lost.map(|text| view! { <p class="muted">{text}</p> })}
                <section class="card stack">
                    <h2>{kind(found.kind)} " " <span class="id">{found.name}</span></h2>
                    <Fields kind=found.kind.as_str().to_owned() fields=found.fields />
                </section>
                <SubmitBar label=tr!("restore") cancel=own />
            </Form>
        }
        .into_any()
    })
}
