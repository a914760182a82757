//! Numbers as a language writes them: `1,204` and `1.204`.
//!
//! Fluent's own `NUMBER` does not group figures, so each language's sentences get a formatter for the
//! numbers put into them; [`Locale::number`] is for a number that stands alone.

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::FluentValue;

use super::Locale;

/// What makes text of a variable; `None` leaves that to Fluent.
type Formatter<M> = fn(&FluentValue<'_>, &M) -> Option<String>;

impl Locale {
    /// A count in the manner of the language.
    pub fn number(self, count: impl ToString) -> String {
        grouped(&count.to_string(), self)
    }
}

/// The formatter of a language's sentences.
pub(super) fn formatter<M>(locales: &[LanguageIdentifier]) -> Formatter<M> {
    let of = |locale: Locale| locales.first() == Some(locale.identifier());
    match Locale::ALL.into_iter().find(|locale| of(*locale)).unwrap_or_default() {
        Locale::En => |value, _| figures(value, Locale::En),
        Locale::PtBr => |value, _| figures(value, Locale::PtBr),
    }
}

fn figures(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string(), locale)),
        _ => None,
    }
}

/// Figures with a mark between thousands. Text that is no number stays as it is.
fn grouped(text: &str, locale: Locale) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !fraction.is_none_or(is_number) {
        return text.to_owned();
    }
    let (between, before) = locale.marks();
    let mut out = String::with_capacity(text.len() * 4 / 3 + 1);
    out.push_str(sign);
    for (at, figure) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(between);
        }
        out.push(figure);
    }
    if let Some(fraction) = fraction {
        out.push(before);
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_marked_as_the_language_does() {
        for (plain, en, pt) in [
            ("0", "0", "0"),
            ("999", "999", "999"),
            ("1204", "1,204", "1.204"),
            ("-1000000", "-1,000,000", "-1.000.000"),
            ("12345.5", "12,345.5", "12.345,5"),
            ("inf", "inf", "inf"),
            ("1.", "1.", "1."),
            ("", "", ""),
        ] {
            assert_eq!((grouped(plain, Locale::En).as_str(), grouped(plain, Locale::PtBr).as_str()), (en, pt));
        }
        assert_eq!(Locale::PtBr.number(5_310_i64), "5.310");
    }

    #[test]
    fn so_they_are_within_sentences() {
        let said = |locale: Locale| locale.say("count-more-than", &[("count", 1_000.into())]);
        assert_eq!(said(Locale::En), "more than 1,000");
        assert_eq!(said(Locale::PtBr), "mais de 1.000");
        let days = |locale: Locale, count: i64| locale.say("duration-days", &[("count", count.into())]);
        assert_eq!(days(Locale::En, 1_500), "1,500 days");
        assert_eq!([0, 1, 2].map(|n| days(Locale::PtBr, n)), ["0 dia", "1 dia", "2 dias"]);
    }

    #[test]
    fn a_bound_is_shown_as_it_has_to_be_typed() {
        let bounds = model::Problem::new("between").with("min", 60).with("max", 86_400);
        assert_eq!(Locale::En.problem(&bounds), "A number from 60 to 86400, please.");
        let length = model::Problem::new("too-long").with("max", 10_000);
        assert_eq!(Locale::En.problem(&length), "At most 10,000 characters, please.");
    }
}
