//! In which language pages speak: what an application asks for goes along in the address of each page
//! of its sign-in; what a reader chooses, on a page of its own, is kept in a cookie.

use leptos::prelude::*;
use model::{FieldErrors, FormData, Problem, local_path};

use crate::components::Icon;
use crate::form::{Form, FormState, only};
use crate::i18n::{Locale, locale};
use crate::list::escape;
use crate::tr;
use crate::visit::{Answer, CookieChange, Notice, PageError, Visit};

/// OpenID Connect Core section 3.1.2.1; the name of the parameter on our own pages too.
const ASKED: &str = "ui_locales";
/// Languages that are looked at; nobody reads more.
const MAX: usize = 20;
/// Longest way back that is kept, in bytes.
const MAX_PATH: usize = 2_000;
const FIELD: &str = "language";
/// Leaves the choice to the browser.
const AUTOMATIC: &str = "auto";

/// The language that is asked for: "a space-separated list of BCP47 language tag values, ordered by
/// preference". None where it is not asked for or cannot be had.
pub fn asked(tags: Option<&str>) -> Option<Locale> {
    Locale::wanted(tags?.split(' ').filter(|tag| !tag.is_empty()).take(MAX))
}

/// The same, of an address.
pub fn asked_by(query: &FormData) -> Option<Locale> {
    asked(query.get(ASKED))
}

/// The address of a page, with the language that is asked for.
pub fn carry(path: String, asked: Option<Locale>) -> String {
    let Some(asked) = asked else { return path };
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}{ASKED}={}", asked.tag())
}

/// The address of a page, without: what the reader chooses there counts.
fn without(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else { return path.to_owned() };
    let asks = |pair: &&str| pair.split('=').next() == Some(ASKED);
    let kept: Vec<&str> = query.split('&').filter(|pair| !asks(pair)).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The address of the page where the language is chosen, from where the reader is; none on that page
/// itself. `root` as in [`Choice`].
pub fn link(visit: &Visit, root: &str) -> Option<String> {
    let page = format!("{root}/language");
    if visit.here.split('?').next() == Some(page.as_str()) {
        return None;
    }
    let back = local_path::within(root, &visit.here).filter(|path| path.len() <= MAX_PATH);
    let link = back.map_or_else(|| page.clone(), |path| format!("{page}?to={}", escape(path)));
    Some(carry(link, asked_by(&visit.query)))
}

/// The way to that page, in a language's own words.
#[component]
pub fn LanguageLink(
    /// See [`link`].
    to: String,
) -> AnyView {
    view! {
        <a href=to>
            <Icon name="languages" />
            {tr!("language-link")}
        </a>
    }
    .into_any()
}

/// Choosing, on a page of the console or of a subscription.
#[derive(Clone, Debug)]
pub struct Choice {
    back: String,
}

impl Choice {
    /// `root`: the path below which all pages of the place are; `start`: where the way leads back to,
    /// unless the address names a page below that.
    pub fn of(visit: &Visit, root: &str, start: &str) -> Self {
        let to = visit.query.get("to").filter(|path| path.len() <= MAX_PATH);
        let back = to.and_then(|path| local_path::within(root, path)).unwrap_or(start);
        Self { back: back.to_owned() }
    }

    /// Reads the form: the cookie to set, and the way back.
    ///
    /// # Errors
    /// A language that there is not.
    pub fn submit(&self, form: &FormData) -> Result<Answer, PageError> {
        only(form, &[FIELD])?;
        let chosen = match form.trimmed(FIELD) {
            AUTOMATIC => None,
            tag => Some(Locale::of_tag(tag).ok_or_else(|| FieldErrors::one(FIELD, Problem::new("choice")))?),
        };
        Ok(Answer::SeeOther {
            to: without(&self.back),
            notice: Some(Notice::new("language-saved", &[])),
            cookies: vec![CookieChange::Language(chosen)],
        })
    }

    /// A button for each language, in its own words.
    pub fn view(self, state: FormState) -> AnyView {
        let now = locale();
        let buttons = Locale::ALL.map(|locale| {
            let current = (locale == now).then_some("true");
            let mark = (locale == now).then(|| view! { <Icon name="check" /> });
            view! {
                <button
                    class="btn btn-block"
                    type="submit"
                    name=FIELD
                    value=locale.tag()
                    lang=locale.tag()
                    aria-current=current
                >
                    {mark}
                    {locale.say("language-name", &[])}
                </button>
            }
        });
        view! {
            <Form state>
                {buttons.into_iter().collect_view()}
                <button class="btn btn-ghost btn-block" type="submit" name=FIELD value=AUTOMATIC>
                    {tr!("language-automatic")}
                </button>
                <p>
                    <a href=self.back>{tr!("task-back")}</a>
                </p>
            </Form>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_goes_along_until_the_reader_chooses() {
        let asked = asked(Some("de pt-PT en"));
        assert_eq!(asked, Some(Locale::PtBr));
        let path = carry("/s/a/login?i=x".to_owned(), asked);
        assert_eq!(path, "/s/a/login?i=x&ui_locales=pt-BR");
        assert_eq!(without(&path), "/s/a/login?i=x");
        assert_eq!(carry("/login".to_owned(), asked), "/login?ui_locales=pt-BR");
        assert_eq!(without("/login?ui_locales=pt-BR"), "/login");
        assert_eq!(without("/login?ui_locales=pt&other&ui_locales=en"), "/login?other");
        assert_eq!(carry("/login".to_owned(), super::asked(Some("de fr"))), "/login");
    }

    #[test]
    fn few_tags_are_looked_at() {
        let many = format!("{}pt", "xx ".repeat(MAX));
        assert_eq!(super::asked(Some(&many)), None);
        assert_eq!(super::asked(Some("  pt")), Some(Locale::PtBr));
    }
}
