//! The preview on the page of a claim or a scope.

use leptos::prelude::*;
use model::{FieldErrors, FormData};
use service::console::preview::Unsaved;
use service::console::preview_subject::{Subject, candidates};

use super::question::{FIELDS, Shown, look, nothing};
use super::section::{Choice, TokenPreviewSection};
use crate::console::Place;
use crate::form::{FormState, fixed, only, version};
use crate::visit::{PageError, Visit};

/// Id of the form with what is not saved.
pub const SETTINGS: &str = "settings-form";
/// Applications that a browser is given to offer; any other can be typed.
const OFFERED: usize = 50;

/// A preview, and for which application.
#[derive(Clone, Debug)]
pub struct ObjectPreview {
    /// Question and answer.
    pub shown: Shown,
    /// `None` where there is no application to look at.
    pub choice: Option<Choice>,
}

/// What a page edits.
pub struct Edited<'a> {
    /// What applications get because of it.
    pub subject: Subject,
    /// As stored.
    pub stored: FormData,
    /// Version of what is stored.
    pub version: i64,
    /// Every field of its form.
    pub fields: &'a [&'a str],
    /// Those that cannot be changed.
    pub fixed: &'a [&'a str],
}

/// With what is saved.
pub async fn saved(visit: &Visit, place: &Place, subject: &Subject) -> Result<ObjectPreview, PageError> {
    answer(visit, place, subject, None, Ahead::Saved).await
}

/// With a form as it was sent, and the state in which it goes back. Nothing is saved. Whoever may not
/// change the object sees what is saved.
pub async fn unsaved<S>(
    visit: &Visit,
    place: &Place,
    edited: Edited<'_>,
    form: &FormData,
    read: impl FnOnce(&FormData) -> Result<S, FieldErrors>,
    unsaved: impl FnOnce(S) -> Option<Unsaved>,
) -> Result<(FormState, ObjectPreview), PageError> {
    let subject = &edited.subject;
    if !place.may_edit() {
        let shown = answer(visit, place, subject, Some(form), Ahead::Saved).await?;
        return Ok((FormState::editing(edited.stored, edited.version), shown));
    }
    version(form)?;
    let settings = fixed(form.clone().without(&FIELDS), &edited.stored, edited.fixed);
    only(&settings, edited.fields)?;
    match read(&settings) {
        Ok(spec) => {
            let ahead = unsaved(spec).map_or(Ahead::Saved, Ahead::Unsaved);
            let shown = answer(visit, place, subject, Some(form), ahead).await?;
            Ok((FormState::resumed(settings), shown))
        }
        Err(errors) => {
            let shown = answer(visit, place, subject, Some(form), Ahead::Unreadable).await?;
            Ok((FormState::refused(settings, errors.into())?, shown))
        }
    }
}

/// What to look ahead to.
enum Ahead {
    Saved,
    Unsaved(Unsaved),
    Unreadable,
}

async fn answer(
    visit: &Visit,
    place: &Place,
    subject: &Subject,
    form: Option<&FormData>,
    ahead: Ahead,
) -> Result<ObjectPreview, PageError> {
    let all = candidates(&visit.ctx, &place.actor, place.slug(), subject).await?;
    let typed = form.and_then(|form| form.optional("preview_application"));
    let client_id = typed.or_else(|| all.first().map(|first| first.client_id.clone())).unwrap_or_default();
    let chosen = all.iter().find(|one| one.client_id == client_id);
    let id = chosen.map(|one| one.id.as_str());
    let shown = match ahead {
        _ if all.is_empty() => Shown::empty(),
        Ahead::Unreadable => nothing(form.unwrap_or(&FormData::default()), &[]),
        Ahead::Saved => look(visit, place, id, &[], form, None).await?,
        Ahead::Unsaved(unsaved) => look(visit, place, id, &[], form, Some(unsaved)).await?,
    };
    let settings = id.map(|id| place.object("applications", id)).unwrap_or_default();
    let offered = all.iter().take(OFFERED).map(|one| (one.client_id.clone(), one.name.clone())).collect();
    Ok(ObjectPreview { shown, choice: (!all.is_empty()).then_some(Choice { client_id, offered, settings }) })
}

/// The section, where there is an application to look at.
#[component]
pub fn ObjectPreviewSection(
    /// What was asked, and the answer.
    shown: ObjectPreview,
    /// The object's form as it stands.
    settings: FormData,
    /// Its version.
    version: i64,
    /// Where claims, scopes and users are.
    place: Place,
) -> AnyView {
    let ObjectPreview { shown, choice } = shown;
    choice
        .map(|choice| view! { <TokenPreviewSection shown settings version place form=SETTINGS choice=choice /> })
        .into_any()
}
