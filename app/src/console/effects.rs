//! What a change would do, told before it is saved: one line for each thing that hurts, nothing where
//! nothing does.

use leptos::prelude::*;
use model::spec::{Asking, GrantType};
use service::console::compliance::EXACT;
use service::console::effects::{Among, Effect, Linked};

use super::Place;
use crate::components::utc;
use crate::i18n::locale;
use crate::islands::{LivePreview, PreviewPlaces};
use crate::tr;

/// Where the lines stand.
pub const EFFECTS: &str = "effects";
/// The lines, in a place of their own that a script fills anew.
#[component]
pub fn Effects(
    /// What hurts.
    effects: Vec<Effect>,
    /// Where the objects are.
    place: Place,
) -> AnyView {
    let lines = lines(effects, &place);
    view! {
        <div class="effects" id=EFFECTS role="status">
            {lines.map(|lines| view! { <div class="notice notice-warning effects-lines" tabindex="0">
                <p><strong>{tr!("effects-title")}</strong></p>
                {lines}
            </div> })}
        </div>
    }
    .into_any()
}

/// The lines alone; `None` for none.
pub fn lines(effects: Vec<Effect>, place: &Place) -> Option<AnyView> {
    if effects.is_empty() {
        return None;
    }
    let items = effects.into_iter().map(|effect| view! { <li>{line(effect, place)}</li> });
    let items = items.collect_view();
    Some(view! { <ul>{items}</ul> }.into_any())
}

/// Keeps the lines up to date while a form is edited, on a page without a token preview.
#[component]
pub fn LiveEffects(
    /// Id of the form.
    form: &'static str,
) -> AnyView {
    let places = PreviewPlaces { settings: form.to_owned(), question: String::new(), result: EFFECTS.to_owned() };
    view! { <LivePreview places updating=tr!("effects-updating") /> }.into_any()
}

/// Links to objects, one after the other.
pub fn links(objects: Vec<Linked>, place: &Place) -> AnyView {
    let count = objects.len();
    let links = objects.into_iter().enumerate().map(|(i, object)| {
        let folder = if object.object_type == "identity_scope" { "scopes/identity" } else { "applications" };
        let comma = (i + 1 < count).then_some(", ");
        view! {
            <a href=place.object(folder, &object.id)>{object.name}</a>
            {comma}
        }
    });
    links.collect_view().into_any()
}

fn line(effect: Effect, place: &Place) -> AnyView {
    let l = locale();
    match effect {
        Effect::AskedAgain(objects) => with_links(tr!("effect-asked-again"), objects, place),
        Effect::LeavesIdentityToken(objects) => with_links(tr!("effect-leaves-identity-token"), objects, place),
        Effect::LeavesAccessToken(objects) => with_links(tr!("effect-leaves-access-token"), objects, place),
        Effect::LeavesScope(claim, objects) => with_links(tr!("effect-leaves-scope", claim = claim), objects, place),
        Effect::Reaches(claim, objects) => with_links(tr!("effect-reaches", claim = claim), objects, place),
        Effect::EntersAccessToken(objects) => with_links(tr!("effect-enters-access-token"), objects, place),
        Effect::Asked { claim, asking, until, already, lacking } => asked(&claim, asking, until, already, lacking),
        Effect::AskedTogether { lacking, among } => {
            let (lacking, people) = (l.number(lacking), l.number(among.people));
            tr!("effect-together", lacking = lacking, people = people).into_any()
        }
        Effect::TakesAway { scope, claims, holders, counted_at } => {
            let names = claims.join(", ");
            let text = match holders {
                None => tr!("effect-takes-away-unknown", scope = scope, claims = names),
                Some(holders) if claims.len() == 1 => {
                    let shown = l.number(holders);
                    tr!("effect-takes-away", scope = scope, claims = names, count = holders, holders = shown)
                }
                Some(holders) => {
                    tr!("effect-takes-away-several", scope = scope, claims = names, holders = l.number(holders))
                }
            };
            with_age(text, counted_at)
        }
        Effect::NoIdentity => tr!("effect-no-identity").into_any(),
        Effect::NoApiScope(scope) => tr!("effect-no-api-scope", scope = scope).into_any(),
        Effect::NoDetailType(name) => tr!("effect-no-detail-type", name = name).into_any(),
        Effect::NoGrant(grant, people) => no_grant(grant, people).into_any(),
        Effect::NoRedirect(uri) => tr!("effect-no-redirect", uri = uri).into_any(),
        Effect::NoPostLogout(uri) => tr!("effect-no-post-logout", uri = uri).into_any(),
        Effect::NoOrigin(uri) => tr!("effect-no-origin", uri = uri).into_any(),
        Effect::AccessEnds(people) => tr!("effect-access-ends", count = people, people = counted(people)).into_any(),
        Effect::ValuesFail { failing, tried, more } => {
            let (failing, tried) = (l.number(failing), l.number(tried));
            if more {
                tr!("effect-values-fail-more", failing = failing, tried = tried).into_any()
            } else {
                tr!("effect-values-fail", failing = failing, tried = tried).into_any()
            }
        }
        Effect::ValuesGo(values) => tr!("effect-values-go", count = values, users = l.number(values)).into_any(),
    }
}

fn no_grant(grant: GrantType, people: i64) -> String {
    match grant {
        GrantType::AuthorizationCode => tr!("effect-no-grant-authorization-code", people = counted(people)),
        GrantType::RefreshToken => tr!("effect-no-grant-refresh-token", people = counted(people)),
        GrantType::ClientCredentials => tr!("effect-no-grant-client-credentials"),
        GrantType::TokenExchange => tr!("effect-no-grant-token-exchange"),
        GrantType::DeviceCode => tr!("effect-no-grant-device-code", people = counted(people)),
        GrantType::Password => tr!("effect-no-grant-password", people = counted(people)),
        GrantType::JwtBearer => tr!("effect-no-grant-jwt-bearer"),
        GrantType::Ciba => tr!("effect-no-grant-ciba", people = counted(people)),
    }
}

/// A number that was counted up to a limit.
fn counted(number: i64) -> String {
    let l = locale();
    if number > EXACT { tr!("effect-more-than", count = l.number(EXACT)) } else { l.number(number) }
}

fn asked(claim: &str, asking: Asking, until: Option<String>, already: bool, lacking: Option<(i64, Among)>) -> AnyView {
    let Some((lacking, among)) = lacking else { return tr!("effect-asked-unknown", claim = claim).into_any() };
    let l = locale();
    let (lacking, people) = (l.number(lacking), l.number(among.people));
    let users = super::applications::required::users(among.users, among.counted_at);
    let text = if asking == Asking::Skippable {
        let until = until.unwrap_or_default();
        tr!("effect-skippable", claim = claim, lacking = lacking, people = people, users = users, until = until)
    } else if already {
        tr!("effect-no-longer-skippable", claim = claim, lacking = lacking, people = people, users = users)
    } else {
        tr!("effect-required", claim = claim, lacking = lacking, people = people, users = users)
    };
    with_age(text, among.counted_at)
}

fn with_links(text: String, objects: Vec<Linked>, place: &Place) -> AnyView {
    view! {
        {text}
        " "
        {links(objects, place)}
    }
    .into_any()
}

/// Figures that were counted in the background say when.
fn with_age(text: String, counted_at: Option<i64>) -> AnyView {
    let age = counted_at.map(|at| tr!("effect-counted", at = utc(at)));
    match age {
        None => text.into_any(),
        Some(age) => format!("{text} {age}").into_any(),
    }
}
