//! The token preview's answer: each token with what is in it and what stays out, and why.

use leptos::prelude::*;
use service::console::preview::{Change, LeftOut, Member, PartKind, PreviewPart, Previewed, TokenPreview, Why};

use crate::console::Place;
use crate::tr;

/// What would be issued.
#[component]
pub fn PreviewAnswer(
    /// The answer.
    answer: Previewed,
    /// Where claims, scopes and users are.
    place: Place,
    /// Address of the application's settings; empty on their own page.
    settings: String,
) -> AnyView {
    match answer {
        Previewed::NoApplication => {
            view! { <p class="notice notice-warning">{tr!("preview-no-application")}</p> }.into_any()
        }
        Previewed::NoUser => view! { <p class="notice notice-warning">{tr!("preview-no-user")}</p> }.into_any(),
        Previewed::Refused { error, description } => view! {
            <div class="notice notice-warning">
                <p>{tr!("preview-refused")}</p>
                <p>
                    <code class="id">{error}</code>
                    " · "
                    {description}
                </p>
            </div>
        }
        .into_any(),
        Previewed::Tokens(tokens) => view! { <Tokens tokens=*tokens place settings /> }.into_any(),
    }
}

#[component]
fn Tokens(tokens: TokenPreview, place: Place, settings: String) -> AnyView {
    let names = |names: &[String]| names.join(" ");
    let missing = (!tokens.missing.is_empty())
        .then(|| view! { <p class="notice notice-info">{tr!("preview-missing", claims = names(&tokens.missing))}</p> });
    let skippable = tokens.skippable.iter().map(|(claim, until)| {
        let text = tr!("preview-skippable", claim = claim.as_str(), until = until.as_str());
        view! { <p class="notice notice-info">{text}</p> }
    });
    let skippable = skippable.collect_view();
    let consent = (!tokens.consent.is_empty())
        .then(|| view! { <p class="muted">{tr!("preview-consent", scopes = names(&tokens.consent))}</p> });
    let dropped = tokens.dropped.iter().map(|(scope, is_unknown)| {
        let scope = scope.as_str();
        let text = if *is_unknown {
            tr!("preview-scope-unknown", scope = scope)
        } else {
            tr!("preview-scope-not-allowed", scope = scope)
        };
        view! { <li>{text}</li> }
    });
    let dropped = dropped.collect::<Vec<_>>();
    let dropped =
        (!dropped.is_empty()).then(|| view! { <ul class="plain-list">{dropped.into_iter().collect_view()}</ul> });
    let user = tokens.user_id.map(|id| place.object("users", &id)).unwrap_or_default();
    let ways = Ways { user, definitions: place.path("/scopes/claims"), settings };
    let parts = tokens.parts.into_iter().map(|part| view! { <Part part ways=ways.clone() /> });
    view! {
        {missing}
        {skippable}
        {consent}
        <p>
            {tr!("preview-granted")} " "
            <code class="id">{if tokens.granted.is_empty() { tr!("preview-nothing") } else { names(&tokens.granted) }}</code>
        </p>
        {dropped}
        {parts.collect_view()}
    }
    .into_any()
}

/// Where what stops a claim is mended.
#[derive(Clone, Debug)]
struct Ways {
    user: String,
    definitions: String,
    settings: String,
}

fn title(kind: &PartKind) -> String {
    match kind {
        PartKind::IdentityToken => tr!("preview-identity-token"),
        PartKind::AccessToken => tr!("preview-access-token"),
        PartKind::UserInfo => tr!("preview-userinfo"),
        PartKind::Introspection(connection) => tr!("preview-introspection", connection = connection.as_str()),
    }
}

/// Bytes of a token that no proxy's header limit minds; a meter is full at that.
const LARGE: usize = 4_096;

#[component]
fn Part(part: PreviewPart, ways: Ways) -> AnyView {
    let changes = part.members.iter().filter(|m| m.change != Change::Same).count() + part.gone.len();
    let name = title(&part.kind);
    let is_token = matches!(part.kind, PartKind::IdentityToken | PartKind::AccessToken);
    let size = part.bytes;
    let meter = is_token.then(|| {
        view! {
            <meter
                class="meter"
                min="0"
                max=LARGE.to_string()
                high=(LARGE * 3 / 4).to_string()
                value=part.bytes.min(LARGE).to_string()
                aria-label=tr!("preview-size-of", name = name.as_str())
            ></meter>
        }
    });
    let changed = (changes > 0)
        .then(|| view! { <span class="badge badge-soft badge-info">{tr!("preview-changes", count = changes)}</span> });
    let rows = part.members.into_iter().map(|member| view! { <Row member /> });
    let rows = rows.collect_view();
    let gone = part.gone.into_iter().map(|name| {
        view! {
            <tr class="preview-gone">
                <th scope="row">
                    <code class="id">{name}</code>
                </th>
                <td></td>
                <td>{tr!("preview-gone")}</td>
            </tr>
        }
    });
    let gone = gone.collect_view();
    let left_out = (!part.left_out.is_empty()).then(|| {
        let count = part.left_out.len();
        let items = part.left_out.into_iter().map(|left| view! { <Left left ways=ways.clone() /> });
        view! {
            <details>
                <summary>{tr!("preview-left-out", count = count)}</summary>
                <ul class="plain-list">{items.collect_view()}</ul>
            </details>
        }
    });
    view! {
        <section class="preview-part stack">
            <header class="cluster">
                <h3>{name.clone()}</h3>
                {changed}
                <span class="muted">{tr!("preview-bytes", size = size)}</span>
                {meter}
            </header>
            <div class="table-scroll" tabindex="0" role="group" aria-label=name>
                <table class="data-table preview-table">
                    <tbody>{rows} {gone}</tbody>
                </table>
            </div>
            {left_out}
        </section>
    }
    .into_any()
}

#[component]
fn Row(member: Member) -> AnyView {
    let why = match &member.scope {
        None => String::new(),
        Some(scope) if scope.is_empty() => tr!("preview-by-parameter"),
        Some(scope) => tr!("preview-by-scope", scope = scope.as_str()),
    };
    let (class, change) = match member.change {
        Change::Same => ("", String::new()),
        Change::New => ("preview-new", tr!("preview-new")),
        Change::Other => ("preview-new", tr!("preview-other")),
    };
    let change = (!change.is_empty()).then(|| view! { <span class="badge badge-soft badge-info">{change}</span> " " });
    view! {
        <tr class=class>
            <th scope="row">
                <code class="id">{member.name}</code>
            </th>
            <td>
                <code class="id">{member.value.to_string()}</code>
            </td>
            <td>
                {change} <span class="muted">{why}</span>
            </td>
        </tr>
    }
    .into_any()
}

/// A claim that stays out: why, and the way to mend it.
#[component]
fn Left(left: LeftOut, ways: Ways) -> AnyView {
    let Ways { user, definitions, settings } = ways;
    let definition = format!("{definitions}/{}", left.claim_id);
    let (why, mend, to) = match &left.reason {
        Why::NotRequested(scope) => (
            tr!("preview-why-not-requested", scope = scope.as_str()),
            tr!("preview-mend-request"),
            "#preview-scope".to_owned(),
        ),
        Why::NotAllowed(scope) => (
            tr!("preview-why-not-allowed", scope = scope.as_str()),
            tr!("preview-mend-allow"),
            format!("{settings}#identity-scopes"),
        ),
        Why::NoValue => (tr!("preview-why-no-value"), tr!("preview-mend-value"), user),
        Why::InvalidValue => (tr!("preview-why-invalid"), tr!("preview-mend-value"), user),
        Why::Definition => (tr!("preview-why-definition"), tr!("preview-mend-definition"), definition),
        Why::Application => {
            (tr!("preview-why-application"), tr!("preview-mend-application"), format!("{settings}#tokens"))
        }
    };
    view! {
        <li>
            <code class="id">{left.claim}</code>
            " "
            {why}
            " "
            <a href=to>{mend}</a>
        </li>
    }
    .into_any()
}
