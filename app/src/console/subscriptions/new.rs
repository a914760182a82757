//! A new subscription.

use leptos::prelude::*;
use model::preset::ScopePreset;
use model::spec::SubscriptionSpec;
use model::{FormData, Role, naming};
use service::console::{Made, subscriptions};

use crate::console::words::or_made;
use crate::console::{Sheet, Way};
use crate::form::{Folded, Form, FormState, Opt, RadioGroup, SubmitBar, TextField, only};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    visit.actor()?.require_installation(Role::Editor)?;
    Ok(page(&visit, FormState::opened(SubscriptionSpec::default().to_form())))
}

/// Creates it, with its key, claims and scopes.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let made = naming::with_identifier(&form, "slug");
    match create(&visit, &made).await {
        Ok(created) => {
            let to = format!("/console/{}", created.spec.slug);
            Ok(Answer::done(to, "subscription-created", &[("name", &created.spec.name)]))
        }
        Err(error) => Ok(page(&visit, FormState::refused(form, error)?.with_made("slug", &made))),
    }
}

async fn create(visit: &Visit, form: &FormData) -> Result<Made<SubscriptionSpec>, PageError> {
    only(form, &["name", "slug", "scope_preset"])?;
    let spec = SubscriptionSpec::from_new_form(form)?;
    Ok(subscriptions::create(&visit.ctx, &visit.actor()?, spec).await?)
}

fn page(visit: &Visit, state: FormState) -> Answer {
    let sheet = Sheet::new(visit, say!(visit.locale, "subscriptions-new"))
        .at(Way::Subscriptions)
        .below("/console", say!(visit.locale, "nav-subscriptions"))
        .form(&state)
        .narrow();
    let issuer = visit.ctx.issuer("mysub");
    sheet.answer(move || {
        let presets = ScopePreset::ALL.map(|preset| {
            let name = preset.as_str();
            Opt::new(name, tr!(&format!("preset-{name}"))).described(tr!(&format!("preset-{name}-text")))
        });
        let slug_help = or_made(&tr!("subscription-slug-help", issuer = issuer));
        view! {
            <Form state>
                <TextField name="name" label=tr!("field-name") help=tr!("subscription-name-help") autofocus=true />
                <TextField name="slug" label=tr!("subscription-slug") help=slug_help code=true optional=true />
                <Folded title=tr!("subscription-preset-more") fields=vec!["scope_preset".to_owned()]>
                    <RadioGroup
                        name="scope_preset"
                        label=tr!("subscription-preset")
                        help=tr!("subscription-preset-help")
                        options=presets.to_vec()
                    />
                </Folded>
                <SubmitBar label=tr!("save") cancel="/console" />
            </Form>
        }
    })
}
