//! Every sentence that a person reads, by its Fluent message (`app/locales`).
//!
//! Within a view, [`tr!`] uses the locale that the page provided as context; elsewhere
//! [`Locale::say`] does. Numbers come out as the language writes them.

mod language;
mod number;
mod ours;

pub use language::Locale;
pub use ours::{claim_name, claim_title, claim_title_in, scope_title};

use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use model::Problem;

fluent_templates::static_loader! {
    static SENTENCES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // Isolating marks around variables would end up in what people copy.
            bundle.set_use_isolating(false);
            let formatter = number::formatter(&bundle.locales);
            bundle.set_formatter(Some(formatter));
        },
    };
}

impl Locale {
    /// The sentence of a message. A message that is missing shows its own name: a test makes sure
    /// that none is.
    pub fn say(self, message: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        self.find(message, &args.iter().cloned().collect())
    }

    /// The sentence of a message whose variables came as text. Figures among them count as numbers,
    /// so that plurals work.
    pub fn say_text(self, message: &str, args: &[(String, String)]) -> String {
        self.find(message, &args.iter().map(|(name, value)| (name.as_str(), text_argument(name, value))).collect())
    }

    /// Why a value was refused.
    pub fn problem(self, problem: &Problem) -> String {
        let message = format!("problem-{}", problem.code);
        // A bound is shown as it has to be typed: without marks between its figures.
        if matches!(problem.code.as_str(), "too-small" | "too-large" | "between") {
            let args = problem.args.iter();
            let args = args.map(|(name, value)| (name.as_str(), FluentValue::from(value.as_str())));
            return self.find(&message, &args.collect());
        }
        self.say_text(&message, &problem.args)
    }

    fn find(self, message: &str, args: &HashMap<&str, FluentValue<'_>>) -> String {
        let found = SENTENCES.lookup_single_language(self.identifier(), message, Some(args));
        found.unwrap_or_else(|_| message.to_owned())
    }
}

/// Only counts are numbers: a name that happens to be made of figures stays as it is.
fn text_argument<'a>(name: &str, value: &'a str) -> FluentValue<'a> {
    match name {
        "min" | "max" | "count" | "seconds" => FluentValue::try_number(value),
        _ => FluentValue::from(value),
    }
}

/// The locale of the page being rendered.
pub fn locale() -> Locale {
    leptos::prelude::use_context().unwrap_or_default()
}

/// The sentence of a message in the locale of the page being rendered, with its variables:
/// `tr!("form-errors-title", count = n)`.
#[macro_export]
macro_rules! tr {
    ($message:expr) => {
        $crate::i18n::locale().say($message, &[])
    };
    ($message:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::locale().say($message, &[$((stringify!($name), $value.into())),+])
    };
}

/// Like [`tr!`] for a locale at hand: `say!(visit.locale, "nav-users")`.
#[macro_export]
macro_rules! say {
    ($locale:expr, $message:expr) => {
        $locale.say($message, &[])
    };
    ($locale:expr, $message:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $locale.say($message, &[$((stringify!($name), $value.into())),+])
    };
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod translations;
