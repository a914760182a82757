//! Branding: how the pages that end users see look and what they link to, with a preview beside.

mod fields;
mod preview;

use leptos::prelude::*;
use model::spec::{BrandingSpec, SubscriptionSpec};
use model::{FieldErrors, FormData, Role};
use service::console::{Done, LogoEdit, branding};
use service::picture::{self, MAX_BYTES, Picture};

use self::fields::BrandingFields;
use self::preview::{BrandPreview, PreviewButton};
use crate::console::{Place, Sheet, Tab};
use crate::end_user::Brand;
use crate::form::{Form, FormState, Hidden, SubmitBar, only, version};
use crate::tr;
use crate::visit::{Answer, PageError, PageResult, Uploads, Visit};

/// A logo, or one that the form carries along in base64.
pub const UPLOADS: Uploads = Uploads { files: &[("logo", MAX_BYTES)], text: MAX_BYTES.div_ceil(3) * 4 };

const FIELDS: [&str; 10] =
    ["name", "own_accent", "accent", "policy_uri", "tos_uri", "support_uri", "secured_by", "remove_logo", KEPT, "do"];
/// A logo that was handed in but not saved yet: a browser does not send a file twice by itself.
const KEPT: &str = "kept_logo";
/// Id of the form, for the island.
const FORM: &str = "branding-form";

/// A form as it was sent.
struct Sent {
    branding: BrandingSpec,
    logo: LogoEdit,
    errors: FieldErrors,
}

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let stored = &place.view.stored;
    let state = FormState::editing(stored.spec.branding.to_form(), stored.version);
    let brand = brand(&visit, &place, stored.spec.branding.clone(), &LogoEdit::Keep).await?;
    Ok(page(&visit, place, state, &LogoEdit::Keep, brand))
}

/// Saves it, or shows what it would look like.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = Place::of(&visit).await?;
    place.require(Role::Editor)?;
    let sent = read(&visit, &form);
    let asked = form.get("do") == Some(preview::DO);
    let result =
        if asked { check(&form, &sent).map(|()| None) } else { save(&visit, &place, &form, &sent).await.map(Some) };
    let stored = &place.view.stored;
    let data = form.clone().without(&[KEPT, "do"]);
    let state = match result {
        Ok(None) => FormState::editing(data, version(&form)?),
        Ok(Some(done)) => {
            return Ok(Answer::done(visit.here.clone(), "saved", &[]).undo(place.slug(), &done));
        }
        Err(error) => FormState::refused(data, error)?.beside(&stored.spec.branding.to_form(), stored.version, &[]),
    };
    let brand = brand(&visit, &place, sent.branding, &sent.logo).await?;
    Ok(page(&visit, place, state, &sent.logo, brand))
}

fn read(visit: &Visit, form: &FormData) -> Sent {
    let (branding, mut errors) = BrandingSpec::from_form(form);
    let logo = errors.check("logo", logo(visit, form)).unwrap_or(LogoEdit::Keep);
    Sent { branding, logo, errors }
}

/// A file that was chosen counts more than the box that removes the logo.
fn logo(visit: &Visit, form: &FormData) -> Result<LogoEdit, model::Problem> {
    if visit.files.is_too_large("logo") || visit.files.is_too_large(KEPT) {
        return Err(picture::too_large());
    }
    if let Some(bytes) = visit.files.get("logo") {
        return Ok(LogoEdit::Replace(Picture::read(bytes)?));
    }
    if form.flag("remove_logo") {
        return Ok(LogoEdit::Remove);
    }
    match form.optional(KEPT) {
        Some(kept) => Ok(LogoEdit::Replace(Picture::of_base64(&kept)?)),
        None => Ok(LogoEdit::Keep),
    }
}

fn check(form: &FormData, sent: &Sent) -> Result<(), PageError> {
    only(form, &FIELDS)?;
    Ok(sent.errors.clone().into_result(())?)
}

async fn save(visit: &Visit, place: &Place, form: &FormData, sent: &Sent) -> Result<Done, PageError> {
    check(form, sent)?;
    let (branding, version) = (sent.branding.clone(), version(form)?);
    Ok(branding::update(&visit.ctx, &place.actor, place.slug(), version, branding, &sent.logo).await?)
}

/// What end users would see. Pictures are part of the page: the issuer may be another host.
async fn brand(visit: &Visit, place: &Place, branding: BrandingSpec, logo: &LogoEdit) -> Result<Brand, PageError> {
    let stored = &place.view.stored.spec;
    let (named, base64) = match logo {
        LogoEdit::Keep => (stored.branding.logo.clone(), branding::logo(&visit.ctx, &place.actor, place.slug()).await?),
        LogoEdit::Remove => (None, None),
        LogoEdit::Replace(picture) => (Some(picture.logo().clone()), Some(picture.base64().to_owned())),
    };
    let named = named.filter(|_| base64.is_some());
    let kind = named.as_ref().map_or("", |logo| logo.kind.as_str());
    let src = format!("data:{kind};base64,{}", base64.unwrap_or_default());
    let spec = SubscriptionSpec { branding: branding.with_logo(named), ..stored.clone() };
    Ok(Brand::of_spec(&spec, |_| src))
}

fn page(visit: &Visit, place: Place, state: FormState, logo: &LogoEdit, brand: Brand) -> Answer {
    let read_only = !place.may_edit() || (place.view.built_in && !place.may_own());
    let kept = match logo {
        LogoEdit::Replace(picture) => Some(picture.base64().to_owned()),
        LogoEdit::Keep | LogoEdit::Remove => None,
    };
    let has_logo = place.view.stored.spec.branding.logo.is_some() || kept.is_some();
    let sheet = Sheet::of(visit, &place, Tab::Branding, crate::say!(visit.locale, "nav-branding"))
        .lead(crate::say!(visit.locale, "branding-lead"))
        .form(&state);
    sheet.answer(move || {
        let kept = kept.map(|kept| view! { <Hidden name=KEPT value=kept /> });
        view! {
            <div class="branding">
                <div class="stack">
                    <Form state read_only id=FORM upload=true>
                        {kept}
                        <BrandingFields name=place.name().to_owned() has_logo />
                        <SubmitBar label=tr!("save") sticky=true absent=read_only>
                            <PreviewButton />
                        </SubmitBar>
                    </Form>
                </div>
                <BrandPreview brand />
            </div>
        }
    })
}
