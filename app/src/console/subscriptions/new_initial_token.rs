//! Making an initial access token, shown once on the page after.

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, Role};
use service::console::NewInitialToken;
use service::console::initial_access_tokens::{self, LIFETIME_DAYS};

use super::client_registration::TOKENS;
use crate::console::{Place, Sheet, Tab};
use crate::form::{Form, FormState, Opt, SelectField, SubmitBar, TextField, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

const FIELDS: [&str; 3] = ["name", "expires_in_days", "max_uses"];

/// The form.
pub async fn show(visit: Visit) -> PageResult {
    let place = load(&visit).await?;
    let data = FormData::default().with("expires_in_days", "7").with("max_uses", "1");
    Ok(page(&visit, &place, FormState::opened(data)))
}

/// Makes it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let place = load(&visit).await?;
    match save(&visit, &place, &form).await {
        Ok(token) => {
            let args = [("name", form.trimmed("name"))];
            let to = place.path(TOKENS);
            Ok(Answer::done_with_secret(to, "initial-token-made", &args, "initial-token", &token))
        }
        Err(error) => Ok(page(&visit, &place, FormState::refused(form, error)?)),
    }
}

async fn load(visit: &Visit) -> Result<Place, PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    Ok(place)
}

async fn save(visit: &Visit, place: &Place, form: &FormData) -> Result<String, PageError> {
    only(form, &FIELDS)?;
    let mut errors = FieldErrors::default();
    let mut number = |name: &str| {
        errors.check(name, form.trimmed(name).parse::<i64>().map_err(|_| Problem::new("number"))).unwrap_or_default()
    };
    let (days, uses) = (number("expires_in_days"), number("max_uses"));
    let new = errors.into_result(NewInitialToken { name: form.trimmed("name").to_owned(), days, uses })?;
    Ok(initial_access_tokens::create(&visit.ctx, &place.actor, place.slug(), &new).await?)
}

fn page(visit: &Visit, place: &Place, state: FormState) -> Answer {
    let own = place.path(TOKENS);
    let sheet = Sheet::within(visit, place, Tab::Settings, say!(visit.locale, "initial-token-new"))
        .below(&own, say!(visit.locale, "initial-tokens"))
        .form(&state)
        .narrow();
    sheet.answer(move || {
        let days = LIFETIME_DAYS.map(|days| Opt::new(days.to_string(), tr!("duration-days", count = days)));
        view! {
            <Form state>
                <TextField name="name" label=tr!("field-name") help=tr!("initial-token-name-help") autofocus=true />
                <SelectField name="expires_in_days" label=tr!("secret-expires-in") options=days.to_vec() />
                <TextField
                    name="max_uses"
                    label=tr!("initial-token-uses")
                    help=tr!("initial-token-uses-help")
                    inputmode="numeric"
                />
                <SubmitBar label=tr!("initial-token-make") cancel=own />
            </Form>
        }
    })
}
