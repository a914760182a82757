//! The languages of the pages. Another one is a variant here and a folder in `app/locales`
//! (docs/languages.md).

use fluent_templates::LanguageIdentifier;

/// A language the pages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Brazilian Portuguese.
    PtBr,
}

impl Locale {
    /// Every language, the fallback first.
    pub const ALL: [Self; 2] = [Self::En, Self::PtBr];

    /// BCP 47 tag, for `lang`; the name of its folder too.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::PtBr => "pt-BR",
        }
    }

    /// What stands between thousands, and before a fraction.
    pub(super) fn marks(self) -> (char, char) {
        match self {
            Self::En => (',', '.'),
            Self::PtBr => ('.', ','),
        }
    }

    pub(super) fn identifier(self) -> &'static LanguageIdentifier {
        static EN: LanguageIdentifier = fluent_templates::langid!("en");
        static PT_BR: LanguageIdentifier = fluent_templates::langid!("pt-BR");
        match self {
            Self::En => &EN,
            Self::PtBr => &PT_BR,
        }
    }

    /// The language of a tag of ours, written exactly so.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The first of the wanted languages that exists. Tags come from `ui_locales` or
    /// `Accept-Language`, best first; a bare language stands for its regions, and any region for
    /// the one there is.
    pub fn wanted<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let primary = |tag: &'a str| tag.split(['-', '_', ';']).next().unwrap_or_default().trim();
        tags.into_iter().find_map(|tag| {
            let language = primary(tag);
            let is_this = |locale: &Self| locale.identifier().language.as_str().eq_ignore_ascii_case(language);
            Self::ALL.into_iter().find(is_this)
        })
    }

    /// The same, with English for what cannot be had.
    pub fn negotiate<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        Self::wanted(tags).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_wanted_language_is_found_by_its_primary_part() {
        assert_eq!(Locale::negotiate(["xx", "EN-gb;q=0.9"]), Locale::En);
        for tag in ["pt", "pt-BR", "pt-PT", "PT_br", "pt-br;q=0.8"] {
            assert_eq!(Locale::negotiate(["xx", tag, "en"]), Locale::PtBr, "{tag}");
        }
        assert_eq!(Locale::negotiate([]), Locale::En);
        assert_eq!(Locale::wanted(["", "p", "ptx", "por", "de-BR"]), None);
    }

    /// The service tells applications what the pages speak, without knowing the pages.
    #[test]
    fn discovery_tells_all_of_them() {
        assert_eq!(service::metadata::UI_LOCALES, Locale::ALL.map(Locale::tag));
    }

    #[test]
    fn each_is_found_by_its_own_tag_alone() {
        for locale in Locale::ALL {
            assert_eq!(Locale::of_tag(locale.tag()), Some(locale));
            assert_eq!(locale.identifier().to_string(), locale.tag());
        }
        assert_eq!(Locale::of_tag("pt"), None);
        assert_eq!(Locale::of_tag("pt-BR\r\n"), None);
    }
}
