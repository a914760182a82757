//! The playground: what a run is started from, and the reader's runs of the last day.

mod explain;
mod fields;
mod parts;
pub mod run;
mod sample;
mod steps;
mod summary;

use leptos::prelude::*;
use model::playground::{FIELDS, RunQuestion};
use model::spec::GrantType;
use model::{FormData, Role};
use service::console::playground::{self, PlaygroundView, RunSummary, Started};

use self::explain::state_badge;
use self::fields::RunFields;
use crate::components::{Moment, Table};
use crate::console::words::grant_type;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// Address of an application's playground.
pub fn path(place: &Place, application_id: &str) -> String {
    format!("{}/playground", place.object("applications", application_id))
}

/// The form, with everything that the application may request.
pub async fn show(visit: Visit) -> PageResult {
    let (place, view) = load(&visit).await?;
    let state = FormState::opened(opened(&view));
    Ok(page(&visit, place, view, state))
}

/// Starts a run: the browser goes on to the subscription's own authorization endpoint.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, view) = load(&visit).await?;
    match begin(&visit, &place, &view, &form).await {
        Ok(Started::SignIn { url }) => Ok(Answer::see_other(url)),
        Ok(Started::Done { id }) => Ok(Answer::see_other(format!("{}/{id}", path(&place, visit.param("id"))))),
        Err(error) => {
            let state = FormState::refused(form, error)?;
            Ok(page(&visit, place, view, state))
        }
    }
}

async fn begin(visit: &Visit, place: &Place, view: &PlaygroundView, form: &FormData) -> Result<Started, PageError> {
    place.require(Role::Editor)?;
    only(form, &FIELDS)?;
    let question = RunQuestion::from_form(form, &view.grants, &view.scopes)?;
    Ok(playground::start(&visit.ctx, &place.actor, place.slug(), visit.param("id"), &question).await?)
}

async fn load(visit: &Visit) -> Result<(Place, PlaygroundView), PageError> {
    let place = Place::of(visit).await?;
    let view = playground::page(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    Ok((place, view))
}

fn opened(view: &PlaygroundView) -> FormData {
    let mut data = FormData::default();
    if let Some(grant) = view.grants.first() {
        data.push("grant", grant.as_str());
    }
    view.scopes.iter().for_each(|scope| data.push("scope", scope));
    data
}

fn page(visit: &Visit, place: Place, view: PlaygroundView, state: FormState) -> Answer {
    let application = place.object("applications", visit.param("id"));
    let own = path(&place, visit.param("id"));
    let origin = view.origin.clone();
    let sheet = Sheet::within(visit, &place, Tab::Applications, say!(visit.locale, "playground-title"))
        .lead(say!(visit.locale, "playground-lead", name = view.spec.name.as_str()))
        .below(application, view.spec.name.clone())
        .form(&state);
    let answer = sheet.answer(move || {
        let may_start = place.may_edit() && view.is_enabled && !view.grants.is_empty();
        let hint = hint(&place, &view);
        let signs_in = view.grants.contains(&GrantType::AuthorizationCode);
        let form = may_start.then(|| {
            view! {
                <Form state>
                    <RunFields grants=view.grants scopes=view.scopes />
                    <SubmitBar label=tr!("playground-start") />
                </Form>
            }
        });
        let facts = signs_in.then(|| {
            view! {
                <ul class="plain-list">
                    <li>{tr!("playground-fact-self", subscription = place.name())}</li>
                    <li>{tr!("playground-fact-real")}</li>
                </ul>
            }
        });
        view! {
            {hint}
            {facts}
            {form}
            <Runs runs=view.runs own />
        }
    });
    lead_on(answer, origin)
}

/// Why there is nothing to start.
fn hint(place: &Place, view: &PlaygroundView) -> Option<AnyView> {
    let text = if !place.may_edit() {
        tr!("playground-only-editors")
    } else if !view.is_enabled {
        tr!("problem-playground-disabled")
    } else if view.grants.is_empty() {
        tr!("playground-no-grant")
    } else {
        return None;
    };
    Some(view! { <p class="notice notice-info">{text}</p> }.into_any())
}

/// The form leads to the issuer, which may have a host of its own.
fn lead_on(answer: Answer, origin: String) -> Answer {
    match answer {
        Answer::Page(mut page) => {
            page.form_action.push(origin);
            Answer::Page(page)
        }
        elsewhere @ (Answer::SeeOther { .. } | Answer::File(_)) => elsewhere,
    }
}

/// The reader's runs of the last day.
#[component]
fn Runs(runs: Vec<RunSummary>, own: String) -> AnyView {
    if runs.is_empty() {
        return ().into_any();
    }
    let rows = runs.into_iter().map(|run| {
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("{own}/{}", run.id)>
                        <Moment at=run.created_at />
                    </a>
                </th>
                <td>{grant_type(run.grant)}</td>
                <td>{run.user}</td>
                <td>{state_badge(run.state)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="stack" aria-labelledby="runs-heading">
            <h2 id="runs-heading">{tr!("playground-runs")}</h2>
            <p class="muted">{tr!("playground-runs-text")}</p>
            <Table
                label=tr!("playground-runs")
                columns=vec![tr!("audit-at"), tr!("playground-grant"), tr!("session-user"), tr!("state")]
            >
                {rows}
            </Table>
        </section>
    }
    .into_any()
}
