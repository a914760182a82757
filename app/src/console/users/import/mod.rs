//! Users by CSV: choose a file or paste its text, see what it would do, do it.
//!
//! The text travels in the form itself, so that it can be mended where it stands; what was checked
//! is marked by a digest, so that a button pressed after an edit checks once more instead.

mod result;

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, Role};
use service::console::users::import::{self, MAX_BYTES, MAX_LINES, MAX_PASSWORDS, Preview};

use self::result::{ImportButton, Result as ResultView};
use crate::console::{Place, Sheet, Tab};
use crate::form::{FileField, Form, FormState, SubmitBar, TextArea, only};
use crate::tr;
use crate::visit::{Answer, PageError, PageResult, Uploads, Visit};

/// A file, or its text in the form.
pub const UPLOADS: Uploads = Uploads { files: &[("file", MAX_BYTES)], text: MAX_BYTES };

const FIELDS: [&str; 3] = ["content", "checked", "do"];
/// What the second button sends as `do`.
const IMPORT: &str = "import";

/// The empty form.
pub async fn show(visit: Visit) -> PageResult {
    let (place, columns) = load(&visit).await?;
    Ok(page(&visit, place, columns, FormState::default(), None))
}

/// Says what the text would do, or does it.
pub async fn submit(visit: Visit, form: FormData) -> PageResult {
    let (place, columns) = load(&visit).await?;
    let content = match only(&form, &FIELDS).map_err(PageError::from).and_then(|()| content(&visit, &form)) {
        Ok(content) => content,
        Err(error) => {
            let state = FormState::refused(form.without(&["checked", "do"]), error)?;
            return Ok(page(&visit, place, columns, state, None));
        }
    };
    let digest = service::crypto::hash(&content);
    let data = FormData::default().with("content", content.as_str());
    let (ctx, actor, slug) = (&visit.ctx, &place.actor, place.slug());
    if form.get("do") == Some(IMPORT) && form.trimmed("checked") == digest {
        return match import::run(ctx, actor, slug, &content).await {
            Ok(done) => {
                let (new, existing, wrong) = (done.new.to_string(), done.existing.to_string(), done.wrong.to_string());
                let args = [("count", new.as_str()), ("existing", existing.as_str()), ("wrong", wrong.as_str())];
                Ok(Answer::done(place.path("/users"), "import-done", &args))
            }
            Err(error) => {
                let state = FormState::refused(data, error.into())?;
                Ok(page(&visit, place, columns, state, None))
            }
        };
    }
    match import::check(ctx, actor, slug, &content).await {
        Ok(preview) => Ok(page(&visit, place, columns, FormState::opened(data), Some((preview, digest)))),
        Err(error) => Ok(page(&visit, place, columns, FormState::refused(data, error.into())?, None)),
    }
}

async fn load(visit: &Visit) -> Result<(Place, Vec<String>), PageError> {
    let place = Place::of(visit).await?;
    place.require(Role::Editor)?;
    let columns = import::claim_columns(&visit.ctx, &place.actor, place.slug()).await?;
    Ok((place, columns))
}

/// The text of the file, where one was chosen, else what stands in the form.
fn content(visit: &Visit, form: &FormData) -> Result<String, PageError> {
    let refuse = |field: &str, problem: Problem| Err(FieldErrors::one(field, problem).into());
    for field in ["file", "content"] {
        if visit.files.is_too_large(field) {
            return refuse(field, Problem::new("import-large").with("limit", MAX_BYTES / 1024 / 1024));
        }
    }
    match visit.files.get("file").map(|bytes| std::str::from_utf8(bytes)) {
        // What PostgreSQL cannot hold is no text.
        Some(Ok(text)) if !text.contains('\0') => Ok(text.to_owned()),
        Some(_) => refuse("file", Problem::new("import-encoding")),
        None if form.trimmed("content").is_empty() => refuse("file", Problem::new("import-empty")),
        None => Ok(form.get("content").unwrap_or_default().to_owned()),
    }
}

fn page(
    visit: &Visit,
    place: Place,
    columns: Vec<String>,
    state: FormState,
    found: Option<(Preview, String)>,
) -> Answer {
    let title = crate::say!(visit.locale, "users-import");
    let sheet = Sheet::within(visit, &place, Tab::Users, title)
        .lead(crate::say!(visit.locale, "import-lead", lines = MAX_LINES, passwords = MAX_PASSWORDS))
        .form(&state);
    sheet.answer(move || {
        let cancel = place.path("/users");
        let (result, button) = match found {
            None => (None, None),
            Some((preview, digest)) => {
                let button = view! { <ImportButton count=preview.new digest /> };
                (Some(view! { <ResultView preview /> }), Some(button))
            }
        };
        view! {
            {result}
            <Form state upload=true>
                <FileField name="file" label=tr!("import-file") help=tr!("import-file-help") accept=".csv,text/csv,text/plain" />
                <TextArea name="content" label=tr!("import-content") help=tr!("import-content-help") rows=10 code=true optional=true />
                <SubmitBar label=tr!("import-check") cancel>
                    {button}
                </SubmitBar>
            </Form>
            <Columns columns />
        }
    })
}

/// How a file looks.
#[component]
fn Columns(columns: Vec<String>) -> AnyView {
    let own = [
        ("username", tr!("import-column-username")),
        ("email", tr!("import-column-email")),
        ("email_verified", tr!("import-column-email-verified")),
        ("password", tr!("import-column-password")),
    ];
    let own = own.map(|(name, text)| {
        view! {
            <dt>
                <code class="id">{name}</code>
            </dt>
            <dd>{text}</dd>
        }
    });
    let claims = columns.into_iter().map(|name| view! { <li><code class="id">{name}</code></li> });
    view! {
        <section class="card stack" aria-labelledby="import-columns">
            <h2 id="import-columns">{tr!("import-columns-title")}</h2>
            <p>{tr!("import-columns-text")}</p>
            <dl class="kv">{own.collect_view()}</dl>
            <p>{tr!("import-columns-claims")}</p>
            <ul class="import-columns">{claims.collect_view()}</ul>
        </section>
    }
    .into_any()
}
