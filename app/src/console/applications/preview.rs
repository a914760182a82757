//! The token preview: what the application gets, with the settings as they stand in the form.

use leptos::prelude::*;
use model::FormData;
use model::spec::{ApplicationSpec, GrantType};
use service::console::preview::{
    self, Change, LeftOut, Member, PartKind, PreviewGrant, PreviewPart, Previewed, Question, TokenPreview, Why,
};
use service::console::users;

use crate::console::Place;
use crate::islands::{LivePreview, PreviewPlaces};
use crate::tr;
use crate::visit::{PageError, Visit};

/// Fields of the question, beside those of the settings.
pub const FIELDS: [&str; 4] = ["do", "preview_grant", "preview_login", "preview_scope"];
/// What the button of the question sends as `do`.
pub const DO: &str = "preview";
/// Anchor of the section, and the ids that the island looks for.
pub const ANCHOR: &str = "token-preview";
/// The settings' form.
pub const SETTINGS: &str = "application-settings-form";
const QUESTION: &str = "token-preview-question";
const RESULT: &str = "token-preview-result";

/// A question and its answer.
#[derive(Clone, Debug)]
pub struct Shown {
    question: Question,
    answer: Option<Previewed>,
    /// The form holds settings that cannot be read: there is nothing to look ahead to.
    unreadable: bool,
}

/// True when a submitted form asks for a preview instead of being saved.
pub fn is_asked(form: &FormData) -> bool {
    form.get("do") == Some(DO)
}

/// Answers what a form asks; without one, for the first user of the list.
pub async fn look(
    visit: &Visit,
    place: &Place,
    id: &str,
    grants: &[GrantType],
    form: Option<&FormData>,
    unsaved: Option<ApplicationSpec>,
) -> Result<Shown, PageError> {
    let question = match form.filter(|form| form.get("preview_login").is_some()) {
        Some(form) => read(form, grants),
        None => Question { grant: usual(grants), login: first_user(visit, place).await?, scope: String::new() },
    };
    let needs_user = question.grant == PreviewGrant::AuthorizationCode;
    if needs_user && question.login.trim().is_empty() {
        return Ok(Shown { question, answer: None, unreadable: false });
    }
    let answer = preview::tokens(&visit.ctx, &place.actor, place.slug(), id, unsaved, &question).await;
    match answer {
        Ok(answer) => Ok(Shown { question, answer: Some(answer), unreadable: false }),
        // Values of administrators are not everybody's to see.
        Err(service::Error::Forbidden) => Ok(Shown { question, answer: None, unreadable: false }),
        Err(error) => Err(error.into()),
    }
}

/// For a form whose settings cannot be read.
pub fn nothing(form: &FormData, grants: &[GrantType]) -> Shown {
    Shown { question: read(form, grants), answer: None, unreadable: true }
}

fn usual(grants: &[GrantType]) -> PreviewGrant {
    if grants.contains(&GrantType::AuthorizationCode) || !grants.contains(&GrantType::ClientCredentials) {
        PreviewGrant::AuthorizationCode
    } else {
        PreviewGrant::ClientCredentials
    }
}

fn read(form: &FormData, grants: &[GrantType]) -> Question {
    let grant = match form.get("preview_grant") {
        Some("authorization_code") => PreviewGrant::AuthorizationCode,
        Some("client_credentials") => PreviewGrant::ClientCredentials,
        _ => usual(grants),
    };
    let text = |name| form.get(name).unwrap_or_default().chars().take(2_000).collect();
    Question { grant, login: text("preview_login"), scope: text("preview_scope") }
}

/// Somebody to look at, so that the preview says something at once.
async fn first_user(visit: &Visit, place: &Place) -> Result<String, PageError> {
    let request = model::PageRequest { size: 1, ..model::PageRequest::default() };
    match users::page(&visit.ctx, &place.actor, place.slug(), &request).await {
        Ok(page) => {
            let first = page.items.into_iter().next();
            Ok(first.and_then(|user| user.username.or(user.email)).unwrap_or_default())
        }
        Err(service::Error::Forbidden) => Ok(String::new()),
        Err(error) => Err(error.into()),
    }
}

/// The section.
#[component]
pub fn TokenPreviewSection(
    /// What was asked, and the answer.
    shown: Shown,
    /// The settings as they stand in the form.
    settings: FormData,
    /// Their version.
    version: i64,
    /// Where claims, scopes and users are.
    place: Place,
) -> AnyView {
    let Shown { question, answer, unreadable } = shown;
    let unreadable = unreadable.then(|| view! { <p class="notice notice-warning">{tr!("preview-unreadable")}</p> });
    // Without a script the settings travel with the question.
    let settings = settings.0.into_iter().filter(|(name, _)| !FIELDS.contains(&name.as_str()) && name != "version");
    let settings = settings.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    let places =
        PreviewPlaces { settings: SETTINGS.to_owned(), question: QUESTION.to_owned(), result: RESULT.to_owned() };
    view! {
        <section class="card stack" id=ANCHOR aria-labelledby="token-preview-heading">
            <h2 id="token-preview-heading">{tr!("preview-title")}</h2>
            <p class="muted">{tr!("preview-text")}</p>
            <form class="preview-question" id=QUESTION method="post" action=format!("#{ANCHOR}") novalidate=true>
                {settings}
                <input type="hidden" name="version" value=version.to_string() />
                <QuestionFields question />
                <button class="btn" type="submit" name="do" value=DO>
                    {tr!("preview-show")}
                </button>
            </form>
            <LivePreview places updating=tr!("preview-updating") />
            <div class="stack" id=RESULT>
                {unreadable} {answer.map(|answer| view! { <Answer answer place /> })}
            </div>
        </section>
    }
    .into_any()
}

/// Beside "Save": looks ahead instead. A script does so by itself.
#[component]
pub fn PreviewButton() -> AnyView {
    view! {
        <button class="btn" type="submit" name="do" value=DO formaction=format!("#{ANCHOR}")>
            {tr!("preview-show")}
        </button>
    }
    .into_any()
}

#[component]
fn QuestionFields(question: Question) -> AnyView {
    let grants = [
        ("authorization_code", tr!("preview-grant-user"), question.grant == PreviewGrant::AuthorizationCode),
        ("client_credentials", tr!("preview-grant-application"), question.grant == PreviewGrant::ClientCredentials),
    ];
    let grants = grants.map(|(value, label, selected)| {
        view! {
            <option value=value selected=selected>
                {label}
            </option>
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for="preview-grant">
                {tr!("preview-grant")}
            </label>
            <select class="select" id="preview-grant" name="preview_grant">
                {grants.collect_view()}
            </select>
        </div>
        <div class="field">
            <label class="field-label" for="preview-login">
                {tr!("preview-user")}
            </label>
            <input
                class="input"
                id="preview-login"
                name="preview_login"
                value=question.login
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </div>
        <div class="field">
            <label class="field-label" for="preview-scope">
                {tr!("preview-scope")}
            </label>
            <input
                class="input id"
                id="preview-scope"
                name="preview_scope"
                value=question.scope
                placeholder=tr!("preview-scope-all")
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </div>
    }
    .into_any()
}

#[component]
fn Answer(answer: Previewed, place: Place) -> AnyView {
    match answer {
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
        Previewed::Tokens(tokens) => view! { <Tokens tokens=*tokens place /> }.into_any(),
    }
}

#[component]
fn Tokens(tokens: TokenPreview, place: Place) -> AnyView {
    let names = |names: &[String]| names.join(" ");
    let missing = (!tokens.missing.is_empty())
        .then(|| view! { <p class="notice notice-info">{tr!("preview-missing", claims = names(&tokens.missing))}</p> });
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
    let parts = tokens.parts.into_iter().map(|part| view! { <Part part place=place.clone() user=user.clone() /> });
    view! {
        {missing}
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
fn Part(part: PreviewPart, place: Place, user: String) -> AnyView {
    let changes = part.members.iter().filter(|m| m.change != Change::Same).count() + part.gone.len();
    let name = title(&part.kind);
    let is_token = matches!(part.kind, PartKind::IdentityToken | PartKind::AccessToken);
    let size = part.bytes;
    let meter = is_token.then(|| {
        view! {
            <meter
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
        let items = part.left_out.into_iter().map(|left| view! { <Left left place=place.clone() user=user.clone() /> });
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
fn Left(left: LeftOut, place: Place, user: String) -> AnyView {
    let definition = place.path(&format!("/scopes/claims/{}", left.claim_id));
    let (why, mend, to) = match &left.reason {
        Why::NotRequested(scope) => (
            tr!("preview-why-not-requested", scope = scope.as_str()),
            tr!("preview-mend-request"),
            "#preview-scope".to_owned(),
        ),
        Why::NotAllowed(scope) => (
            tr!("preview-why-not-allowed", scope = scope.as_str()),
            tr!("preview-mend-allow"),
            "#identity-scopes".to_owned(),
        ),
        Why::NoValue => (tr!("preview-why-no-value"), tr!("preview-mend-value"), user),
        Why::InvalidValue => (tr!("preview-why-invalid"), tr!("preview-mend-value"), user),
        Why::Definition => (tr!("preview-why-definition"), tr!("preview-mend-definition"), definition),
        Why::Application => (tr!("preview-why-application"), tr!("preview-mend-application"), "#tokens".to_owned()),
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
