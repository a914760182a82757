//! Signing out: at once where an application may ask for it, else after a question.

use leptos::prelude::*;
use model::FormData;
use service::sign_out::{self, Done, SignOut};

use super::{Card, Way, expired, signed_out};
use crate::i18n::locale;
use crate::visit::{Answer, PageResult, Visit};
use crate::{say, tr};

/// Signs out, or asks.
pub async fn show(visit: Visit) -> PageResult {
    let way = Way::of(&visit).await?;
    match sign_out::open(&visit.ctx, &way.snap, way.handle.as_deref(), way.cookie.as_deref()).await {
        Ok(SignOut::Done(done)) => Ok(signed_out::after(&visit, &way, done)),
        Ok(question) => Ok(page(&visit, &way, question)),
        Err(error) => expired::or(&visit, &way, error.into()),
    }
}

/// The user said yes.
pub async fn submit(visit: Visit, _form: FormData) -> PageResult {
    let way = Way::of(&visit).await?;
    match sign_out::confirm(&visit.ctx, &way.snap, way.handle.as_deref(), way.cookie.as_deref()).await {
        Ok(done) => Ok(signed_out::after(&visit, &way, done)),
        Err(error) => expired::or(&visit, &way, error.into()),
    }
}

fn page(visit: &Visit, way: &Way, question: SignOut) -> Answer {
    let SignOut::Ask { way_back, user_name, application_name, problem } = question else {
        return signed_out::after(visit, way, Done::default());
    };
    let stay = way.path("/account");
    let card = Card::new(visit, way.brand(), say!(visit.locale, "sign-out-title")).leads_to(way_back.as_deref());
    card.answer(move || {
        let problem = problem.map(|p| view! { <p class="notice notice-warning">{locale().problem(&p)}</p> });
        let text = match application_name {
            Some(name) => tr!("sign-out-text-application", name = name, user = user_name),
            None => tr!("sign-out-text", user = user_name),
        };
        view! {
            {problem}
            <p>{text}</p>
            <form class="form" method="post">
                <div class="form-actions">
                    <button class="btn btn-primary" type="submit">
                        {tr!("sign-out")}
                    </button>
                    <a class="btn btn-ghost" href=stay>
                        {tr!("sign-out-stay")}
                    </a>
                </div>
            </form>
        }
    })
}
