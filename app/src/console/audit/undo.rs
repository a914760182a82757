//! Taking a change back: what will become of each object, and one button.

use leptos::prelude::*;
use model::{FormData, Role};
use service::console::{ChangeView, history};
use service::history::plan::{Step, What};
use service::revision::ObjectType;

use super::view::path;
use super::{Fields, kind};
use crate::components::Icon;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, only, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    let (place, change) = load(&visit).await?;
    let state = FormState { version: Some(change.version), ..FormState::default() };
    Ok(page(&visit, &place, change, state))
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, change) = load(&visit).await?;
    let done = async {
        only(&form, &[])?;
        Ok::<_, PageError>(history::undo(&visit.ctx, &place.actor, place.slug(), &change.id, version(&form)?).await?)
    };
    let outcome = done.await;
    match outcome {
        Ok(done) => Ok(Answer::done(home(&place, &change), "change-undone", &[]).undo(place.slug(), &done)),
        Err(error) => {
            let (place, change) = load(&visit).await?;
            let state = FormState::refused(form, error)?.beside(&FormData::default(), change.version, &[]);
            Ok(page(&visit, &place, change, state))
        }
    }
}

async fn load(visit: &Visit) -> Result<(Place, ChangeView), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let change = history::get(&visit.ctx, &place.actor, place.slug(), visit.param("change")).await?;
    Ok((place, change))
}

fn page(visit: &Visit, place: &Place, change: ChangeView, state: FormState) -> Answer {
    let own = path(place, &change);
    let sheet = Sheet::within(visit, place, Tab::Audit, say!(visit.locale, "undo-title"))
        .below(&own, say!(visit.locale, "change-title"))
        .form(&state)
        .narrow();
    let place = place.clone();
    sheet.answer(move || {
        let possible = change.can_be_undone();
        let why = why_not(&place, &change);
        let steps: Vec<Step> = change.plan.steps;
        let conflicts =
            steps.iter().any(|step| matches!(&step.what, What::Change { merged, .. } if !merged.conflicts.is_empty()));
        let button = if conflicts { tr!("undo-rest") } else { tr!("undo") };
        let steps = steps.into_iter().map(|step| view! { <StepCard step /> }).collect_view();
        let state = FormState { version: state.version.or(Some(change.version)), ..state };
        view! {
            {why}
            <Form state>
                {steps}
                <SubmitBar label=button cancel=own absent=!possible />
            </Form>
        }
    })
}

/// Where the objects of a change are: whoever took it back goes on from there.
fn home(place: &Place, change: &ChangeView) -> String {
    let kind = change.rows.first().and_then(|row| ObjectType::parse(&row.object_type));
    let section = match kind {
        Some(ObjectType::Application) => "/applications",
        Some(ObjectType::Claim | ObjectType::IdentityScope) => "/scopes",
        Some(ObjectType::ApiConnection | ObjectType::ApiScope) => "/connections",
        Some(ObjectType::Subscription) if is_branding(change) => "/branding",
        Some(ObjectType::Subscription) => "/settings",
        Some(ObjectType::SigningKey) => "/keys",
        None => return path(place, change),
    };
    place.path(section)
}

/// True for a change of what end users see of a subscription.
fn is_branding(change: &ChangeView) -> bool {
    let mut fields = change.rows.iter().flat_map(|row| &row.fields);
    fields.all(|field| field.name == "branding" || field.name.starts_with("branding."))
}

/// Why a change cannot be taken back; nothing for one that can.
pub fn why_not(place: &Place, change: &ChangeView) -> Option<AnyView> {
    if let Some(by) = &change.undone_by {
        let to = place.path(&format!("/audit/{by}"));
        let words = view! { {tr!("undo-undone")} " " <a href=to>{tr!("undo-undone-by")}</a> };
        return Some(view! { <p class="notice notice-info"><Icon name="undo-2" /><span>{words}</span></p> }.into_any());
    }
    let any = |what: What| change.plan.steps.iter().any(|step| step.what == what);
    let text = if change.plan.permanent {
        tr!("undo-permanent")
    } else if any(What::Missing) {
        tr!("undo-missing")
    } else if any(What::NotKept) {
        tr!("undo-not-kept")
    } else if !change.plan.is_possible() {
        tr!("undo-nothing")
    } else {
        return None;
    };
    Some(view! { <p class="notice notice-info"><Icon name="info" /><span>{text}</span></p> }.into_any())
}

#[component]
fn StepCard(step: Step) -> AnyView {
    let does = step.does_something();
    let (text, lost) = match &step.what {
        What::Delete => (tr!("undo-step-delete"), None),
        What::Revive(_) => (tr!("undo-step-revive"), lost(step.kind)),
        What::Change { .. } if does => (tr!("undo-step-change"), None),
        What::Missing => (tr!("undo-step-missing"), None),
        What::NotKept => (tr!("undo-step-not-kept"), None),
        What::Nothing if does => (tr!("undo-step-secrets"), None),
        What::Change { .. } | What::Nothing => (tr!("undo-step-nothing"), None),
    };
    let (fields, conflicts) = match step.what {
        What::Change { merged, .. } => (merged.fields, merged.conflicts),
        _ => (Vec::new(), Vec::new()),
    };
    let name = step.kind.as_str().to_owned();
    let in_conflict = (!conflicts.is_empty()).then(|| {
        view! {
            <div class="notice notice-warning"><Icon name="triangle-alert" /><span>{tr!("undo-conflicts")}</span></div>
            <Fields kind=name.clone() fields=conflicts />
        }
    });
    let secret = |count: usize, text: String| (count > 0).then(|| view! { <p>{text}</p> });
    let (refused, back) = (step.secrets_refused.len(), step.secrets_back.len());
    view! {
        <section class="card stack">
            <h2>{kind(step.kind)} " " <span class="id">{step.name}</span></h2>
            <p>{text}</p>
            {lost.map(|text| view! { <p class="muted">{text}</p> })}
            <Fields kind=name fields />
            {secret(refused, tr!("undo-secrets-refused", count = refused))}
            {secret(back, tr!("undo-secrets-back", count = back))}
            {in_conflict}
        </section>
    }
    .into_any()
}

/// What does not come back with a deleted object.
pub fn lost(kind: ObjectType) -> Option<String> {
    match kind {
        ObjectType::Claim => Some(tr!("undo-lost-claim")),
        ObjectType::Application => Some(tr!("undo-lost-application")),
        _ => None,
    }
}
