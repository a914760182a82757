//! Connecting a device (RFC 8628 section 3.3): the code, the question whether it is one's own, the end.

pub mod confirm;
pub mod ended;

use leptos::prelude::*;
use model::FormData;
use service::flow::{self, Next};

use super::{Card, Way};
use crate::form::{Form, FormState, SubmitBar, TextField};
use crate::visit::{Answer, PageError, PageResult, Visit};
use crate::{say, tr};

/// The form, with the code of an address that a device shows as a picture. Somebody has to send it all the
/// same: RFC 8628 section 5.4 on addresses that others may have sent.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    let given = visit.query.optional("user_code");
    let code = given.as_deref().and_then(flow::readable_user_code);
    let state = FormState::opened(FormData::default().with("user_code", code.clone().unwrap_or_default()));
    Ok(page(&visit, &way, state, code.is_some()))
}

/// Begins the way to the device's answer.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    match enter(&visit, &way, &form).await {
        Ok(next) => Ok(way.answer(next)),
        Err(error) => Ok(page(&visit, &way, FormState::refused(form, error)?, false)),
    }
}

async fn enter(visit: &Visit, way: &Way, form: &FormData) -> Result<Next, PageError> {
    let typed = form.get("user_code").unwrap_or_default();
    Ok(flow::enter_user_code(&visit.ctx, &way.snap, typed, way.cookie.as_deref(), &visit.client).await?)
}

fn page(visit: &Visit, way: &Way, state: FormState, is_given: bool) -> Answer {
    let card = Card::new(visit, way.brand(), say!(visit.locale, "device-title")).form(&state);
    card.answer(move || {
        let text = if is_given { tr!("device-text-given") } else { tr!("device-text") };
        view! {
            <p>{text}</p>
            <Form state>
                <TextField
                    name="user_code"
                    label=tr!("device-code")
                    help=tr!("device-code-help")
                    autocomplete="off"
                    code=true
                    autofocus=true
                />
                <SubmitBar label=tr!("continue") />
            </Form>
        }
    })
}
