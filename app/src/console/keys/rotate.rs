//! Making the next signing key: first what that leads to, and when.

use model::spec::SigningAlg;
use model::{FormData, Role};
use service::console::{Rehearsal, keys};

use crate::console::task::{self, Task};
use crate::console::{Place, Sheet, Tab};
use crate::i18n::Locale;
use crate::say;
use crate::visit::{PageError, PageResult, Visit};

/// The question.
pub async fn show(visit: Visit) -> PageResult {
    Ok(task(&visit).await?.1.ask())
}

/// Does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, task) = task(&visit).await?;
    let alg = alg(&visit)?;
    let run = task::run(&task, &form, async |_| keys::rotate(&visit.ctx, &place.actor, place.slug(), alg).await);
    let result = run.await;
    task.settle(form, result)
}

async fn task(visit: &Visit) -> Result<(Place, Task), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let alg = alg(visit)?;
    let rehearsal = keys::rehearse(&visit.ctx, &place.actor, place.slug(), alg).await?;
    let l = visit.locale;
    let sheet = Sheet::within(visit, &place, Tab::Keys, say!(l, "keys-rotate-title", alg = alg.as_str()));
    let task = Task::new(sheet, text(l, &rehearsal), say!(l, "keys-rotate"), place.path("/keys"));
    let task = task.of(moments(l, &rehearsal)).says("keys-rotated", &[]);
    Ok((place, task.unless(rehearsal.is_waiting)))
}

/// Which keys, by the address.
fn alg(visit: &Visit) -> Result<SigningAlg, PageError> {
    Ok(SigningAlg::parse(visit.param("alg")).ok_or(service::Error::NotFound)?)
}

fn moments(l: Locale, rehearsal: &Rehearsal) -> Vec<(String, Option<i64>)> {
    vec![
        (say!(l, "keys-rehearsal-published"), Some(rehearsal.now)),
        (say!(l, "keys-rehearsal-signs"), Some(rehearsal.activates_at)),
        (say!(l, "keys-rehearsal-last-token"), Some(rehearsal.last_token_ends_at)),
        (say!(l, "keys-rehearsal-gone"), Some(rehearsal.expires_at)),
    ]
}

/// What depends on the present key, in a sentence, after what the button does.
fn text(l: Locale, rehearsal: &Rehearsal) -> String {
    let what = say!(l, "keys-rotate-text");
    let kid = rehearsal.kid.chars().take(8).collect::<String>();
    let minutes = rehearsal.longest.seconds / 60;
    let depends = match &rehearsal.longest.application {
        Some(name) => say!(l, "keys-rehearsal-depends", kid = kid, name = name.as_str(), count = minutes),
        None => say!(l, "keys-rehearsal-nothing", kid = kid),
    };
    format!("{what} {depends}")
}
