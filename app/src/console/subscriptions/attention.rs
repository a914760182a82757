//! What needs somebody in a subscription, each with the link that mends it.

use leptos::prelude::*;
use service::console::overview::{self, Owner};

use crate::components::{Icon, Moment};
use crate::console::Place;
use crate::console::health::key_words;
use crate::tr;

/// The list, or one calm sentence.
#[component]
pub fn Attention(
    /// Where.
    place: Place,
    /// What was found.
    found: Vec<overview::Attention>,
    /// There is more of the same kind than is shown.
    and_more: bool,
) -> AnyView {
    let body = if found.is_empty() {
        view! {
            <p>
                <Icon name="circle-check" />
                " "
                {tr!("attention-nothing")}
            </p>
        }
        .into_any()
    } else {
        let lines = found.into_iter().map(|one| line(&place, one)).collect_view();
        let more = and_more.then(|| view! { <p class="muted">{tr!("attention-more")}</p> });
        view! {
            <ul class="attention">{lines}</ul>
            {more}
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="attention">
            <h2 id="attention">{tr!("attention-title")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn line(place: &Place, one: overview::Attention) -> AnyView {
    use overview::Attention as A;
    let (icon, text, at, to, label) = match one {
        A::Key(key) => {
            let (text, at) = key_words(&key);
            ("key-round", text, Some(at), Some(place.path("/keys")), tr!("attention-to-keys"))
        }
        A::Failures(count) => {
            // The log of the administrators is for owners.
            let to = (!place.view.built_in || place.may_own()).then(|| place.path("/audit"));
            ("circle-alert", tr!("attention-failures", count = count), None, to, tr!("attention-to-audit"))
        }
        A::SecretEnds(owner, at) => {
            let text = tr!("attention-secret-ends", name = owner.name.clone());
            ("clock", text, Some(at), Some(address(place, &owner)), tr!("attention-to-settings"))
        }
        A::ApplicationUnused(owner, since) => {
            let text = tr!("attention-application-unused", name = owner.name.clone());
            ("clock", text, Some(since), Some(address(place, &owner)), tr!("attention-to-settings"))
        }
        A::SecretUnused(owner, since) => {
            let text = tr!("attention-secret-unused", name = owner.name.clone());
            ("clock", text, Some(since), Some(address(place, &owner)), tr!("attention-to-settings"))
        }
    };
    let at = at.map(|at| view! { " " <Moment at /> });
    let way = to.map(|to| view! { <a href=to>{label}</a> });
    view! {
        <li>
            <Icon name=icon />
            <p>{text} {at}</p>
            {way}
        </li>
    }
    .into_any()
}

fn address(place: &Place, owner: &Owner) -> String {
    place.object(if owner.is_connection { "connections" } else { "applications" }, &owner.id)
}
