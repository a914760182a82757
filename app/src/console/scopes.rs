//! The Scopes tab: custom claims and identity scopes, one below the other.

use leptos::prelude::*;
use model::Stored;
use model::spec::{ClaimSpec, IdentityScopeSpec};
use service::console::{claims, identity_scopes};

use super::words::Empty;
use super::{Place, Sheet, Tab};
use crate::components::{Icon, NameCell, Table};
use crate::list::{self, List, ListState};
use crate::visit::{PageResult, Visit};
use crate::{say, tr};

/// Tells the second list's parameters from the first's.
const SCOPES: &str = "scopes_";

/// The page.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let claims_request = list::request(&visit.ctx, &visit.query)?;
    let claims = claims::custom(&visit.ctx, &place.actor, place.slug(), &claims_request).await?;
    let claims_state = ListState::new(&visit, &claims_request, &claims)?;
    let scopes_request = list::request_of(&visit.ctx, &visit.query, SCOPES)?;
    let scopes = identity_scopes::page(&visit.ctx, &place.actor, place.slug(), &scopes_request).await?;
    let scopes_state = ListState::of(&visit, &scopes_request, &scopes, SCOPES)?;
    let sheet = Sheet::of(&visit, &place, Tab::Scopes, say!(visit.locale, "nav-scopes"))
        .lead(say!(visit.locale, "scopes-lead"));
    Ok(sheet.answer(move || {
        let (new_claim, new_scope) = (place.path("/scopes/claims/new"), place.path("/scopes/identity/new"));
        let may_edit = place.may_edit();
        let above = place.clone();
        // An empty list has the button in its middle.
        let first_claim = may_edit.then(|| (new_claim.clone(), tr!("claims-new")));
        let first_scope = may_edit.then(|| (new_scope.clone(), tr!("identity-scopes-new")));
        let (more_claims, more_scopes) = (may_edit && !claims_state.is_bare(), may_edit && !scopes_state.is_bare());
        let no_claims = move || {
            view! { <Empty icon="tags" text=tr!("claims-empty") first=first_claim.clone() /> }
        };
        let no_scopes = move || {
            view! { <Empty icon="tags" text=tr!("identity-scopes-empty") first=first_scope.clone() /> }
        };
        view! {
            <section class="stack" aria-labelledby="claims">
                <Heading id="claims" title=tr!("claims-title") text=tr!("claims-lead") >
                    <New allowed=more_claims to=new_claim label=tr!("claims-new") />
                </Heading>
                <List state=claims_state search_label=tr!("claims-search") empty=no_claims>
                    <Claims place=above claims=claims.items />
                </List>
            </section>
            <section class="stack" aria-labelledby="identity-scopes">
                <Heading id="identity-scopes" title=tr!("identity-scopes-title") text=tr!("identity-scopes-lead") >
                    <New allowed=more_scopes to=new_scope label=tr!("identity-scopes-new") />
                </Heading>
                <List state=scopes_state search_label=tr!("identity-scopes-search") empty=no_scopes>
                    <Scopes place scopes=scopes.items />
                </List>
            </section>
        }
    }))
}

#[component]
fn Heading(id: &'static str, title: String, text: String, children: Children) -> AnyView {
    view! {
        <div class="page-header">
            <div>
                <h2 id=id>{title}</h2>
                <p class="lead">{text}</p>
            </div>
            {children()}
        </div>
    }
    .into_any()
}

#[component]
fn New(allowed: bool, to: String, label: String) -> AnyView {
    allowed
        .then(|| {
            view! {
                <div class="actions">
                    <a class="btn btn-primary" href=to>
                        <Icon name="plus" />
                        {label}
                    </a>
                </div>
            }
        })
        .into_any()
}

#[component]
fn Claims(place: Place, claims: Vec<Stored<ClaimSpec>>) -> AnyView {
    let rows = claims.into_iter().map(|claim| {
        let spec = claim.spec;
        let kind = tr!(&format!("claim-type-{}", spec.kind.as_str().replace('_', "-")));
        let unique = spec.unique.then(|| view! { <span class="badge badge-soft">{tr!("claim-unique-badge")}</span> });
        view! {
            <tr>
                <NameCell to=place.object("scopes/claims", &claim.id) title=spec.title().to_owned() name=spec.name />
                <td>{kind} " " {unique}</td>
                <td class="id">{spec.pattern}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("field-name"), tr!("claim-type"), tr!("claim-pattern")];
    view! { <Table label=tr!("claims-title") columns>{rows}</Table> }.into_any()
}

#[component]
fn Scopes(place: Place, scopes: Vec<Stored<IdentityScopeSpec>>) -> AnyView {
    let rows = scopes.into_iter().map(|scope| {
        view! {
            <tr>
                <NameCell
                    to=place.object("scopes/identity", &scope.id)
                    title=scope.spec.display_name
                    name=scope.spec.name
                />
                <td class="id">{scope.spec.claims.join(" ")}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = vec![tr!("field-name"), tr!("identity-scope-claims")];
    view! { <Table label=tr!("identity-scopes-title") columns>{rows}</Table> }.into_any()
}
