//! Application settings: one form in sections, then secrets, quick start, and what is dangerous.

use leptos::prelude::*;
use model::spec::ApplicationSpec;
use model::{FormData, Role};
use service::console::Saved;
use service::console::applications::{self, ApplicationView};
use service::console::compliance::{self, Meter};
use service::console::effects::{self, Effect};
use service::console::last_change::Of;
use service::console::preview::Unsaved;
use service::console::{LogoutView, logouts as told_of};

use super::fields::{ApplicationFields, SECTIONS, Unusual, fixed_fields, only};
use super::logouts::{self, Logouts};
use super::options::Options;
use super::playground;
use super::quick_start::QuickStart;
use crate::components::Toc;
use crate::console::effects::Effects;
use crate::console::preview::{self, ANCHOR, PreviewButton, Shown, TokenPreviewSection};
use crate::console::secrets::Secrets;
use crate::console::told::told;
use crate::console::words::{Danger, DangerZone};
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, SubmitBar, fixed, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// Id of the settings' form.
const SETTINGS: &str = "application-settings-form";

struct Found {
    place: Place,
    application: ApplicationView,
    options: Options,
    meter: Option<Meter>,
    /// What it was told of ended sessions; `None` where it wants nothing told.
    logouts: Option<Vec<LogoutView>>,
    /// What saving the form as it stands would do.
    effects: Vec<Effect>,
}

impl Found {
    fn may_edit(&self) -> bool {
        self.place.may_edit() && !self.application.built_in
    }

    /// With the meter of who complies: what changes nothing and shows no page goes without it.
    async fn metered(self, visit: &Visit) -> Result<Self, PageError> {
        let (place, id) = (&self.place, &self.application.stored.id);
        let meter = compliance::meter(&visit.ctx, &place.actor, place.slug(), id).await?;
        Ok(Self { meter, ..self })
    }
}

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let found = load(&visit).await?.metered(&visit).await?;
    let stored = &found.application.stored;
    let state = FormState::editing(stored.spec.to_form(), stored.version);
    let shown = preview::look(&visit, &found.place, Some(&stored.id), &stored.spec.grant_types, None, None).await?;
    Ok(page(&visit, found, state, shown))
}

/// Saves it, or shows what it would give.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let found = load(&visit).await?;
    if preview::is_asked(&form) {
        return look(&visit, found, form).await;
    }
    match save(&visit, &found, &form).await {
        Ok(saved) => {
            let (here, message) = (visit.here.clone(), "application-saved");
            let answer = match &saved.secret {
                Some(secret) => Answer::done_with_secret(here, message, &[], "application-secret", secret),
                None => Answer::done(here, message, &[]),
            };
            Ok(answer.undo(found.place.slug(), &saved.done))
        }
        Err(error) => {
            let found = found.metered(&visit).await?;
            let stored = &found.application.stored;
            let unchangeable = fixed_fields(stored.spec.kind);
            let state = FormState::refused(form, error)?.beside(&stored.spec.to_form(), stored.version, unchangeable);
            let state = told(state, &visit, &found.place, Of::Configuration(&stored.id)).await?;
            let grants = &stored.spec.grant_types;
            let shown = preview::look(&visit, &found.place, Some(&stored.id), grants, None, None).await?;
            Ok(page(&visit, found, state, shown))
        }
    }
}

/// The page with the form as it was sent, and what its settings would give. Nothing is saved.
async fn look(visit: &Visit, mut found: Found, form: FormData) -> PageResult {
    if !found.may_edit() {
        let found = found.metered(visit).await?;
        let stored = &found.application.stored;
        let state = FormState::editing(stored.spec.to_form(), stored.version);
        let grants = &stored.spec.grant_types;
        let shown = preview::look(visit, &found.place, Some(&stored.id), grants, Some(&form), None).await?;
        return Ok(page(visit, found, state, shown));
    }
    version(&form)?;
    let stored = &found.application.stored;
    let unchangeable = fixed_fields(stored.spec.kind);
    let settings = fixed(form.clone().without(&preview::FIELDS), &stored.spec.to_form(), unchangeable);
    only(&settings)?;
    match ApplicationSpec::from_form(&settings) {
        Ok(spec) => {
            let grants = spec.grant_types.clone();
            let (actor, slug) = (&found.place.actor, found.place.slug());
            let edit = effects::application::of_edit(&visit.ctx, actor, slug, &stored.id, &spec).await?;
            (found.effects, found.meter) = (edit.effects, edit.meter);
            let stored = &found.application.stored;
            let unsaved = Unsaved::Application(Box::new(spec));
            let shown =
                preview::look(visit, &found.place, Some(&stored.id), &grants, Some(&form), Some(unsaved)).await?;
            Ok(page(visit, found, FormState::resumed(settings), shown))
        }
        Err(errors) => {
            let shown = preview::nothing(&form, &stored.spec.grant_types);
            let state = FormState::refused(settings, errors.into())?;
            Ok(page(visit, found.metered(visit).await?, state, shown))
        }
    }
}

async fn load(visit: &Visit) -> Result<Found, PageError> {
    let place = Place::of(visit).await?;
    let application = applications::get(&visit.ctx, &place.actor, place.slug(), visit.param("id")).await?;
    let options = Options::load(visit, &place).await?;
    let logouts = match application.stored.spec.backchannel_logout_uri {
        Some(_) => Some(told_of::latest(&visit.ctx, &place.actor, place.slug(), &application.stored.id).await?),
        None => None,
    };
    Ok(Found { place, application, options, meter: None, logouts, effects: Vec::new() })
}

async fn save(visit: &Visit, found: &Found, form: &FormData) -> Result<Saved, PageError> {
    found.place.require(Role::Editor)?;
    only(form)?;
    let Found { place, application, .. } = found;
    let stored = &application.stored;
    let complete = fixed(form.clone(), &stored.spec.to_form(), fixed_fields(stored.spec.kind));
    let spec = ApplicationSpec::from_form(&complete)?;
    Ok(applications::update(&visit.ctx, &place.actor, place.slug(), &stored.id, version(form)?, spec).await?)
}

fn page(visit: &Visit, found: Found, state: FormState, shown: Shown) -> Answer {
    let read_only = !found.may_edit();
    let (settings, version) = (state.data.clone(), state.version.unwrap_or(found.application.stored.version));
    let Found { place, application, options, meter, logouts, effects } = found;
    let new_connection = (!read_only).then(|| place.path("/connections/new"));
    let unheld = options.unheld(&settings);
    let unusual = Unusual::of(&settings);
    let stored = application.stored;
    let mut lead = format!("{} · {}", stored.spec.name, stored.spec.client_id);
    if application.is_document {
        lead = format!("{lead} · {}", say!(visit.locale, "application-from-document"));
    } else if application.registered_itself_at.is_some() {
        lead = format!("{lead} · {}", say!(visit.locale, "application-registered-itself"));
    }
    let (now, duplicate) = (visit.ctx.now(), format!("{}/duplicate", place.object("applications", &stored.id)));
    let sheet = Sheet::within(visit, &place, Tab::Applications, say!(visit.locale, "application-settings"))
        .lead(lead)
        .also(!read_only, duplicate, say!(visit.locale, "application-duplicate"), "copy")
        .also(true, place.log_of(&stored.id), say!(visit.locale, "history"), "history")
        .form(&state)
        .also(
            !application.built_in,
            playground::path(&place, &stored.id),
            say!(visit.locale, "playground-open"),
            "play",
        );
    sheet.answer(move || {
        let cancel = place.path("/applications");
        let own = place.object("applications", &stored.id);
        let shown_in = place.clone();
        let has_secret = stored.spec.has_secret();
        let disabled = (!stored.is_enabled())
            .then(|| view! { <p class="notice notice-warning">{tr!("application-is-disabled")}</p> });
        let from_document = application
            .is_document
            .then(|| view! { <p class="notice">{tr!("application-from-document-help")}</p> });
        let secrets = has_secret.then(|| {
            view! {
                <Secrets
                    title=tr!("application-secret")
                    help=tr!("application-secret-help")
                    secrets=application.secrets
                    own=own.clone()
                    now
                    may_edit=!read_only
                />
            }
        });
        view! {
            <div class="with-toc">
                <Contents has_secret told=logouts.is_some() may_edit=!read_only />
                <div class="stack">
                    {disabled}
                    {from_document}
                    <Form state read_only id=SETTINGS>
                        <ApplicationFields unusual existing=Some(stored.spec.kind) options meter unheld new_connection />
                        <SubmitBar label=tr!("save") cancel sticky=true absent=read_only>
                            <PreviewButton />
                            <Effects effects place=shown_in />
                        </SubmitBar>
                    </Form>
                    {secrets}
                    {logouts.map(|rows| view! { <Logouts rows /> })}
                    <TokenPreviewSection shown settings version place=place.clone() form=SETTINGS />
                    <QuickStart spec=stored.spec.clone() issuer=place.view.issuer.clone() />
                    {(!read_only).then(|| view! { <DangerZone actions=dangers(&own, stored.is_enabled()) /> })}
                </div>
            </div>
        }
    })
}

#[component]
fn Contents(has_secret: bool, told: bool, may_edit: bool) -> AnyView {
    let mut entries = SECTIONS.to_vec();
    if has_secret {
        entries.push(("secrets", "application-secret"));
    }
    if told {
        entries.push((logouts::ANCHOR, "logouts-title"));
    }
    entries.push((ANCHOR, "preview-title"));
    entries.push(("quick-start", "quick-start-title"));
    if may_edit {
        entries.push(("danger", "danger-title"));
    }
    let entries = entries.into_iter().map(|(id, name)| (id.to_owned(), tr!(name)));
    view! { <Toc entries=entries.collect() /> }.into_any()
}

fn dangers(own: &str, enabled: bool) -> Vec<Danger> {
    let switch = if enabled {
        Danger::mild(tr!("application-disable-help"), format!("{own}/disable"), tr!("disable"))
    } else {
        Danger::mild(tr!("application-enable-help"), format!("{own}/enable"), tr!("enable"))
    };
    vec![switch, Danger::grave(tr!("application-delete-text"), format!("{own}/delete"), tr!("application-delete"))]
}
