//! One's own details.

use leptos::prelude::*;
use model::spec::ClaimSpec;
use model::{FormData, claim_value};
use service::account::{self, Account};

use super::open;
use crate::end_user::{Card, Way};
use crate::form::claim::Filler;
use crate::form::{ClaimField, Form, FormState, SubmitBar, version};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form as stored.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    match open(&visit, &way).await? {
        Ok(account) => {
            let state = FormState::editing(to_form(&account), account.version);
            Ok(page(&visit, &way, &account, state))
        }
        Err(to_sign_in) => Ok(to_sign_in),
    }
}

/// Saves it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    let account = match open(&visit, &way).await? {
        Ok(account) => account,
        Err(to_sign_in) => return Ok(to_sign_in),
    };
    match save(&visit, &way, &form).await {
        Ok(()) => Ok(Answer::done(way.path("/account"), "account-profile-saved", &[])),
        Err(error) => {
            let state = FormState::refused(form, error)?.beside(&to_form(&account), account.version, &[]);
            Ok(page(&visit, &way, &account, state))
        }
    }
}

async fn save(visit: &Visit, way: &Way, form: &FormData) -> Result<(), PageError> {
    account::update_profile(&visit.ctx, &way.snap, way.cookie.as_deref(), version(form)?, form).await?;
    Ok(())
}

fn to_form(account: &Account) -> FormData {
    let mut form = FormData::default();
    for (claim, value) in &account.profile {
        if let Some(value) = value {
            claim_value::to_form(claim, &claim.name, value, &mut form);
        }
    }
    form
}

fn page(visit: &Visit, way: &Way, account: &Account, state: FormState) -> Answer {
    let cancel = way.path("/account");
    let claims: Vec<ClaimSpec> = account.profile.iter().map(|(claim, _)| claim.clone()).collect();
    let card = Card::new(visit, way.brand(), say!(visit.locale, "account-profile")).form(&state);
    card.answer(move || {
        let fields = move || {
            claims.into_iter().map(|claim| view! { <ClaimField claim filler=Filler::SelfOptional /> }).collect_view()
        };
        view! { <Form state>{fields()} <SubmitBar label=tr!("save") cancel /></Form> }
    })
}
