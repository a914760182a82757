//! Every sentence that a person reads, by its Fluent message (`app/locales`).
//!
//! Within a view, [`tr!`] uses the locale that the page provided as context; elsewhere
//! [`Locale::say`] does.

use std::collections::HashMap;

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::FluentValue;
use model::Problem;

fluent_templates::static_loader! {
    static SENTENCES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolating marks around variables would end up in what people copy.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language the pages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
}

impl Locale {
    /// Every language, the fallback first.
    pub const ALL: [Self; 1] = [Self::En];

    /// BCP 47 tag, for `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
        }
    }

    /// The first of the wanted languages that exists. Tags come from `ui_locales`, a cookie or
    /// `Accept-Language`, best first; a bare language stands for its regions.
    pub fn negotiate<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        let primary = |tag: &'a str| tag.split(['-', '_', ';']).next().unwrap_or_default().trim();
        let mut found = wanted.into_iter().filter_map(|tag| {
            let language = primary(tag);
            Self::ALL.into_iter().find(|l| l.tag().split('-').next().is_some_and(|p| p.eq_ignore_ascii_case(language)))
        });
        found.next().unwrap_or_default()
    }

    /// The sentence of a message. A message that is missing shows its own name: a test makes sure
    /// that none is.
    pub fn say(self, message: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        let args: HashMap<&str, FluentValue<'_>> = args.iter().cloned().collect();
        let found = SENTENCES.lookup_single_language(self.identifier(), message, Some(&args));
        found.unwrap_or_else(|_| message.to_owned())
    }

    /// The sentence of a message whose variables came as text. Figures among them count as numbers,
    /// so that plurals work.
    pub fn say_text(self, message: &str, args: &[(String, String)]) -> String {
        let args: HashMap<&str, FluentValue<'_>> =
            args.iter().map(|(name, value)| (name.as_str(), text_argument(name, value))).collect();
        let found = SENTENCES.lookup_single_language(self.identifier(), message, Some(&args));
        found.unwrap_or_else(|_| message.to_owned())
    }

    /// Why a value was refused.
    pub fn problem(self, problem: &Problem) -> String {
        self.say_text(&format!("problem-{}", problem.code), &problem.args)
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        static EN: LanguageIdentifier = fluent_templates::langid!("en");
        match self {
            Self::En => &EN,
        }
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
