//! One run: how it stands, and every step that it came to.

use leptos::prelude::*;
use service::console::playground;

use super::explain::state_sentence;
use super::parts::anchor;
use super::summary::Summary;
use super::{path, steps};
use crate::components::{Icon, Moment, Toc};
use crate::console::{Place, Sheet, Tab};
use crate::list::escape;
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// The page, for the administrator who started the run.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let id = visit.param("id");
    let view = playground::get(&visit.ctx, &place.actor, place.slug(), id, visit.param("run")).await?;
    let (application, own) = (place.object("applications", id), path(&place, id));
    let l = visit.locale;
    let sheet = Sheet::within(&visit, &place, Tab::Applications, say!(l, "playground-run-title"))
        .below(application, view.spec.name.clone())
        .below(own.clone(), say!(l, "playground-title"))
        .also(place.may_edit(), own, say!(l, "playground-again"), "refresh-cw");
    Ok(sheet.answer(move || {
        let (class, icon, sentence) = state_sentence(view.state);
        let failure = view.reference.as_ref().map(|reference| {
            let to = place.path(&format!("/failures/{}", escape(reference)));
            view! {
                " "
                <a href=to>{tr!("playground-to-failure")}</a>
            }
        });
        let (titles, steps): (Vec<String>, Vec<AnyView>) = steps::steps(&view, &place).into_iter().unzip();
        let contents = titles.into_iter().enumerate().map(|(index, title)| {
            let number = index + 1;
            (anchor(number), tr!("playground-step", number = number, title = title))
        });
        view! {
            <p class=class>
                <Icon name=icon />
                <span>{sentence} {failure}</span>
            </p>
            <Summary record=view.record.clone() />
            <p class="muted">
                {tr!("playground-started")} " " <Moment at=view.created_at /> ". " {tr!("playground-withheld")}
            </p>
            <div class="with-toc">
                <Toc entries=contents.collect() />
                <div class="stack">{steps}</div>
            </div>
        }
    }))
}
