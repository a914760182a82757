//! Pages of one task: a sentence that says what will happen, and one button.

use std::sync::Arc;

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem};
use service::Error;
use service::console::Done;
use service::console::effects::{Deletion, Linked};

use super::audit::word;
use super::effects::{lines, links};
use super::words::moment_or;
use super::{Place, Sheet};
use crate::form::{ErrorSummary, Form, FormState, SubmitBar, TextField, Trouble, only, version};
use crate::tr;
use crate::visit::{Answer, Notice, PageError, PageResult};

/// Field for what has to be typed.
const FIELD: &str = "confirmation";

/// Something to do after asking.
#[derive(Clone, Debug)]
pub struct Task {
    sheet: Sheet,
    text: String,
    /// Labels and moments that tell the object from others of its kind.
    moments: Vec<(String, Option<i64>)>,
    button: String,
    /// Where "Cancel" leads, and the done task too unless told otherwise.
    back: String,
    to: String,
    message: &'static str,
    args: Vec<(String, String)>,
    version: Option<i64>,
    typed: Option<String>,
    dangerous: bool,
    /// There is nothing to ask.
    settled: bool,
    /// What it would do, and where the objects are.
    deletion: Option<(Place, Deletion)>,
}

impl Task {
    /// A task whose page says `text`.
    pub fn new(sheet: Sheet, text: impl Into<String>, button: impl Into<String>, back: impl Into<String>) -> Self {
        let back = back.into();
        Self {
            sheet: sheet.narrow(),
            text: text.into(),
            moments: Vec::new(),
            button: button.into(),
            to: back.clone(),
            back,
            message: "saved",
            args: Vec::new(),
            version: None,
            typed: None,
            dangerous: false,
            settled: false,
            deletion: None,
        }
    }

    /// What is said when it is done.
    #[must_use]
    pub fn says(mut self, message: &'static str, args: &[(&str, &str)]) -> Self {
        self.message = message;
        self.args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self
    }

    /// Moments that tell the object, which has no name, from others of its kind.
    #[must_use]
    pub fn of(self, moments: Vec<(String, Option<i64>)>) -> Self {
        Self { moments, ..self }
    }

    /// Where the done task leads.
    #[must_use]
    pub fn to(self, to: impl Into<String>) -> Self {
        Self { to: to.into(), ..self }
    }

    /// The object's version, for a task that must not be done to a newer one.
    #[must_use]
    pub fn on(self, version: i64) -> Self {
        Self { version: Some(version), ..self }
    }

    /// It takes something away.
    #[must_use]
    pub fn dangerous(self) -> Self {
        Self { dangerous: true, ..self }
    }

    /// Asks for this to be typed.
    #[must_use]
    pub fn typed(self, expected: impl Into<String>) -> Self {
        Self { typed: Some(expected.into()), dangerous: true, ..self }
    }

    /// What it would do to others, or what stands in its way.
    #[must_use]
    pub fn doing(self, place: &Place, deletion: Deletion) -> Self {
        Self { deletion: Some((place.clone(), deletion)), ..self }
    }

    /// `true`: the object is so already, and its own page says so.
    #[must_use]
    pub fn unless(self, settled: bool) -> Self {
        Self { settled, ..self }
    }

    /// The page.
    pub fn ask(self) -> Answer {
        if self.settled {
            return Answer::see_other(self.back);
        }
        let state = FormState { version: self.version, ..FormState::default() };
        self.page(state)
    }

    /// Checks the form, and gives the version it was made from.
    pub fn check(&self, form: &FormData) -> Result<i64, PageError> {
        let typed: &[&str] = if self.typed.is_some() { &[FIELD] } else { &[] };
        only(form, typed)?;
        if let Some(expected) = self.typed.as_deref().filter(|expected| form.trimmed(FIELD) != *expected) {
            let problem = Problem::new("confirmation").with("expected", expected);
            return Err(FieldErrors::one(FIELD, problem).into());
        }
        if self.version.is_some() { Ok(version(form)?) } else { Ok(0) }
    }

    /// The way on when it was done, with the way back where there is one; the page again when it was refused.
    pub fn settle(self, form: FormData, result: Result<impl Into<Done>, PageError>) -> PageResult {
        match result {
            Ok(done) => Ok(self.done(&done.into())),
            Err(error) => {
                let version = self.version.unwrap_or_default();
                let state = FormState::refused(form, error)?.anew(version);
                Ok(self.page(state))
            }
        }
    }

    fn done(self, done: &Done) -> Answer {
        let notice = Notice { args: self.args, ..Notice::new(self.message, &[]) };
        let answer = Answer::SeeOther { to: self.to, notice: Some(notice), cookies: Vec::new() };
        match self.sheet.slug() {
            Some(slug) => answer.undo(slug, done),
            None => answer,
        }
    }

    fn page(self, state: FormState) -> Answer {
        self.sheet.form(&state).answer(move || {
            if matches!(state.trouble, Some(Trouble::InUse(_))) {
                return in_use(state, self.back).into_any();
            }
            let (place, deletion) = self.deletion.unzip();
            let Deletion { blocked_by, effects } = deletion.unwrap_or_default();
            if let Some(place) = place.as_ref().filter(|_| !blocked_by.is_empty()) {
                return blocked(blocked_by, place, self.back).into_any();
            }
            let hurts = place.and_then(|place| lines(effects, &place));
            let hurts = hurts.map(|lines| view! { <div class="notice notice-warning effects-lines">{lines}</div> });
            let typed = self.typed.map(|expected| {
                view! { <TextField name=FIELD label=tr!("confirm-type", expected = expected) code=true /> }
            });
            view! {
                <Form state>
                    {moments(self.moments)}
                    <p class="lead-text">{self.text}</p>
                    {hurts}
                    {typed}
                    <SubmitBar label=self.button cancel=self.back dangerous=self.dangerous />
                </Form>
            }
            .into_any()
        })
    }
}

fn moments(moments: Vec<(String, Option<i64>)>) -> impl IntoView {
    let rows = moments.into_iter().map(|(label, at)| {
        view! {
            <dt>{label}</dt>
            <dd>{moment_or(at, "never")}</dd>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    (!rows.is_empty()).then(|| view! { <dl class="kv">{rows}</dl> })
}

/// What cannot be done: by whom the object is in use, with links, before anybody tries.
fn blocked(by: Vec<Linked>, place: &Place, back: String) -> impl IntoView + use<> {
    // They are of several kinds, and go by names that may not tell which.
    let by = by.into_iter().map(|one| {
        let name = format!("{} {}", word("object", &one.object_type), one.name);
        Linked { name, ..one }
    });
    let by = by.collect();
    view! {
        <div class="notice notice-warning effects-lines">
            <p>{tr!("effect-blocked")} " " {links(by, place)}</p>
        </div>
        <div class="form-actions">
            <a class="btn" href=back>
                {tr!("task-back")}
            </a>
        </div>
    }
}

/// What cannot be done while something refers to the object: who does, and the way back.
fn in_use(state: FormState, back: String) -> impl IntoView {
    view! {
        <ErrorSummary state=Arc::new(state) labels=Vec::new() />
        <div class="form-actions">
            <a class="btn" href=back>
                {tr!("task-back")}
            </a>
        </div>
    }
}

/// Runs what a task does, once its form is in order.
pub async fn run<T>(
    task: &Task,
    form: &FormData,
    act: impl AsyncFnOnce(i64) -> Result<T, Error>,
) -> Result<T, PageError> {
    let version = task.check(form)?;
    Ok(act(version).await?)
}
