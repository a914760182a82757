//! Making somebody an administrator.

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, Role};
use service::Actor;
use service::console::administrators::{self, Invited, NewAdministrator, PLACES, PlaceName};

use super::words::role_options;
use super::{LIST, invitation, own, sheet};
use crate::form::{Form, FormState, Opt, RadioGroup, SelectField, SubmitBar, TextField, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// What the form offers.
#[derive(Clone)]
struct Offer {
    /// The whole installation, too.
    everywhere: bool,
    /// Slugs and names.
    places: Vec<(String, String)>,
}

/// The form; the query may name the subscription.
pub async fn show(visit: Visit) -> PageResult {
    let offer = load(&visit).await?;
    let chosen = visit.query.trimmed("subscription");
    let place = if chosen.is_empty() { "installation" } else { "subscription" };
    let data =
        FormData::default().with("place", place).with("subscription", chosen).with("role", Role::Editor.as_str());
    Ok(page(&visit, offer, FormState::opened(data)))
}

/// Makes them one; the link is shown on the next page.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let offer = load(&visit).await?;
    match save(&visit, &offer, &form).await {
        Ok(Invited { id, token: Some(token) }) => {
            let (link, name) = (invitation(&visit, &token), form.trimmed("email"));
            let args = [("name", name)];
            Ok(Answer::done_with_secret(own(&id), "administrator-invited", &args, "administrator-link", &link))
        }
        Ok(Invited { id, token: None }) => {
            Ok(Answer::done(own(&id), "administrator-added", &[("name", form.trimmed("email"))]))
        }
        Err(error) => Ok(page(&visit, offer, FormState::refused(form, error)?)),
    }
}

async fn load(visit: &Visit) -> Result<Offer, PageError> {
    let actor: Actor = visit.actor()?;
    let places = administrators::places(&visit.ctx, &actor).await?;
    Ok(Offer { everywhere: actor.installation_role() == Some(Role::Owner), places })
}

async fn save(visit: &Visit, offer: &Offer, form: &FormData) -> Result<Invited, PageError> {
    let fields = ["email", "name", "role", "subscription", "place"];
    only(form, if offer.everywhere { &fields } else { &fields[..4] })?;
    let mut errors = FieldErrors::default();
    let role = errors.check("role", Role::parse(form.trimmed("role")).ok_or_else(|| Problem::new("choice")));
    let place = match (offer.everywhere, form.trimmed("place")) {
        (true, "installation") => Some(PlaceName::Installation),
        (true, "subscription") | (false, _) => {
            let slug = form.trimmed("subscription");
            let slug = if slug.is_empty() { Err(Problem::new("required")) } else { Ok(slug.to_owned()) };
            errors.check("subscription", slug).map(PlaceName::Subscription)
        }
        _ => {
            errors.add("place", Problem::new("choice"));
            None
        }
    };
    let (Some(role), Some(place)) = (role, place) else {
        if form.trimmed("email").is_empty() {
            errors.add("email", Problem::new("required"));
        }
        return Err(errors.into());
    };
    let new = NewAdministrator { email: form.trimmed("email").to_owned(), name: form.optional("name"), place, role };
    Ok(administrators::invite(&visit.ctx, &visit.actor()?, &new).await?)
}

fn page(visit: &Visit, offer: Offer, state: FormState) -> Answer {
    let sheet = sheet(visit, say!(visit.locale, "administrators-invite"))
        .lead(say!(visit.locale, "administrators-invite-lead"))
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let place = offer.everywhere.then(|| {
            let options = vec![
                Opt::new("installation", tr!("place-installation")).described(tr!("place-installation-text")),
                Opt::new("subscription", tr!("place-subscription")).described(tr!("place-subscription-text")),
            ];
            view! { <RadioGroup name="place" label=tr!("administrator-place") options /> }
        });
        view! {
            <Form state>
                <TextField name="email" label=tr!("user-email") kind="email" help=tr!("administrator-email-help") autofocus=true />
                <TextField name="name" label=tr!("field-name") optional=true />
                {place}
                <PlaceField name="subscription" label=tr!("administrator-subscription") places=offer.places />
                <RadioGroup name="role" label=tr!("administrator-role") options=role_options() />
                <SubmitBar label=tr!("administrators-invite-submit") cancel=LIST />
            </Form>
        }
    })
}

/// A subscription: chosen from a list, or its slug typed where there are very many.
#[component]
pub(super) fn PlaceField(
    /// Field name.
    name: &'static str,
    /// What people read.
    label: String,
    /// Slugs and names.
    places: Vec<(String, String)>,
) -> AnyView {
    if places.len() > PLACES {
        return view! { <TextField name label help=tr!("administrator-slug-help") code=true /> }.into_any();
    }
    let options = places.into_iter().map(|(slug, name)| Opt::new(slug, name)).collect();
    view! { <SelectField name label options none=tr!("claim-choose") /> }.into_any()
}
