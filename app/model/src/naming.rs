//! Names made from other names, for the forms of new objects where one was left empty.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::form::FormData;

/// Longest name that is made for programs: a slug's limit (RFC 1035 section 2.3.4).
const LONGEST: usize = 63;

/// A name for programs, made from one for people: `City Library` gives `city-library`. ASCII letters and
/// digits, with hyphens between words; letters lose their accents. Nothing of a name that has none of these.
pub fn identifier(name: &str) -> String {
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_ascii_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut made = words.collect::<Vec<_>>().join("-");
    made.truncate(LONGEST);
    made.truncate(made.trim_end_matches('-').len());
    made
}

/// Words that people write in capitals.
const ABBREVIATIONS: [&str; 6] = ["api", "id", "ip", "sms", "uri", "url"];

/// A name for people, made from one for programs: `library_card` gives `Library card`.
pub fn title(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-')).filter(|word| !word.is_empty());
    let words = words.map(|word| if ABBREVIATIONS.contains(&word) { word.to_uppercase() } else { word.to_owned() });
    let text = words.collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The form of a new object whose display name was left empty, with one made from its name.
#[must_use]
pub fn with_title(form: &FormData) -> FormData {
    filled(form, "display_name", title)
}

/// The form of a new object whose name for programs, in this field, was left empty, with one made from its
/// name for people.
#[must_use]
pub fn with_identifier(form: &FormData, field: &str) -> FormData {
    filled(form, field, identifier)
}

fn filled(form: &FormData, field: &str, made: fn(&str) -> String) -> FormData {
    if form.trimmed(field).is_empty() {
        form.clone().without(&[field]).with(field, made(form.trimmed("name")))
    } else {
        form.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name;

    #[test]
    fn names_for_programs_are_slugs() {
        for (from, made) in [
            ("City Library", "city-library"),
            ("  Ana's  café & bar (2) ", "ana-s-cafe-bar-2"),
            ("Biblioteca Pública de São Paulo", "biblioteca-publica-de-sao-paulo"),
            ("library_card", "library-card"),
            ("Tea–Room", "tea-room"),
        ] {
            assert_eq!(identifier(from), made);
            assert_eq!(name::slug(made), Ok(()));
        }
        let long = identifier(&"ab ".repeat(50));
        assert_eq!((long.len(), name::slug(&long)), (62, Ok(())));
        assert_eq!(identifier("図書館 – "), "");
    }

    #[test]
    fn names_for_people_are_words() {
        for (from, made) in [
            ("library_card", "Library card"),
            ("library-api", "Library API"),
            ("library-api-", "Library API"),
            ("libraryCard", "LibraryCard"),
            ("élan_vital", "Élan vital"),
            ("https://www.example.com/scope", "Https://www.example.com/scope"),
            ("_-", ""),
            ("", ""),
        ] {
            assert_eq!(title(from), made);
        }
    }

    #[test]
    fn only_what_was_left_empty_is_made() {
        let form = FormData::default().with("name", "City Library").with("slug", " ");
        assert_eq!(with_identifier(&form, "slug").all("slug"), ["city-library"]);
        assert_eq!(with_identifier(&FormData::default().with("name", "N"), "slug").get("slug"), Some("n"));
        let typed = FormData::default().with("name", "City Library").with("slug", "books");
        assert_eq!(with_identifier(&typed, "slug"), typed);
        let claim = FormData::default().with("name", "library_card").with("display_name", "");
        assert_eq!(with_title(&claim).get("display_name"), Some("Library card"));
        assert_eq!(with_title(&FormData::default()).get("display_name"), Some(""), "refused as usual");
    }
}
