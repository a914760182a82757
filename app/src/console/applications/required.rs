//! The claims that an application requires: their stages, and how many people comply.

use leptos::prelude::*;
use service::console::compliance::{EXACT, Figures, Meter};

use super::options::Options;
use crate::components::Moment;
use crate::form::Section;
use crate::form::staged::{StagedGroup, stage};
use crate::i18n::locale;
use crate::tr;

/// The section.
#[component]
pub fn RequiredClaims(
    /// What there is to require.
    options: Options,
    /// How many comply, for an application that exists and requires something.
    meter: Option<Meter>,
    /// Claims that are required and that the application will not receive.
    unheld: Vec<String>,
) -> AnyView {
    view! {
        <Section id="required-claims" title=tr!("application-required-claims") help=tr!("application-required-claims-help")>
            <StagedGroup
                name="required_claims"
                label=tr!("application-required-claims")
                options=options.required_claims()
                unheld
            />
            {meter.map(|meter| view! { <Compliance meter /> })}
        </Section>
    }
    .into_any()
}

#[component]
fn Compliance(meter: Meter) -> AnyView {
    let Meter { figures, claims, asked } = meter;
    let inside = match figures {
        None => view! { <p class="muted">{tr!("compliance-waiting", limit = locale().number(EXACT))}</p> }.into_any(),
        Some(figures) if figures.people == 0 => view! { <p class="muted">{tr!("compliance-nobody")}</p> }.into_any(),
        Some(figures) => {
            let rows = claims.into_iter().map(|(required, title)| {
                let complying = figures.complying(&required.claim).unwrap_or_default();
                let state = match required.until {
                    Some(until) => format!("{} · {until}", stage(required.stage)),
                    None => stage(required.stage),
                };
                view! { <Row title state complying people=figures.people /> }
            });
            let rows = rows.collect_view();
            view! {
                <ul class="plain-list compliance">{rows}</ul>
                {asked.map(|asked| view! { <p>{asked_words(asked, figures.people)}</p> })}
                <p class="muted">{among(&figures)}</p>
                {figures.counted_at.map(|at| {
                    view! { <p class="muted">{tr!("compliance-counted")} " " <Moment at /></p> }
                })}
            }
            .into_any()
        }
    };
    view! {
        <section class="stack" aria-labelledby="compliance">
            <h3 id="compliance">{tr!("compliance-title")}</h3>
            {inside}
        </section>
    }
    .into_any()
}

fn asked_words(asked: i64, people: i64) -> String {
    let l = locale();
    tr!("compliance-asked", count = asked, asked = l.number(asked), people = l.number(people))
}

fn among(figures: &Figures) -> String {
    let l = locale();
    let users = users(figures.users, figures.counted_at);
    tr!("compliance-among", people = l.number(figures.people), users = users)
}

/// Users of a subscription: "more than" where they were not counted to the end.
pub fn users(count: i64, counted_at: Option<i64>) -> String {
    let l = locale();
    if counted_at.is_none() && count > EXACT {
        tr!("effect-more-than", count = l.number(EXACT))
    } else {
        l.number(count)
    }
}

#[component]
fn Row(title: String, state: String, complying: i64, people: i64) -> AnyView {
    let l = locale();
    let (share, all) = (l.number(complying), l.number(people));
    let words = tr!("compliance-claim", share = share, people = all, claim = title.as_str());
    view! {
        <li>
            <p class="cluster">
                <span>{words.clone()}</span>
                <span class="badge badge-soft badge-info">{state}</span>
            </p>
            <meter class="meter" min="0" max=people.to_string() value=complying.to_string() aria-label=words></meter>
        </li>
    }
    .into_any()
}
