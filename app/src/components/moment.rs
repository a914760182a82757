//! Moments.

use jiff::Timestamp;
use leptos::prelude::*;

use crate::i18n::{Locale, locale};
use crate::say;

/// A moment in UTC, in the language of the page being rendered: `22 Nov 2026, 08:30 UTC`. Seconds
/// since 1970; dates beyond reckoning come as figures.
pub fn utc(seconds: i64) -> String {
    utc_in(locale(), seconds)
}

/// The same in a language at hand.
pub fn utc_in(locale: Locale, seconds: i64) -> String {
    let Ok(at) = Timestamp::from_second(seconds) else { return seconds.to_string() };
    say!(locale, "moment-utc", date = day(locale, at), time = at.strftime("%H:%M").to_string())
}

/// The day of a moment in UTC, in the language of the page being rendered: `22 Nov 2026`.
pub fn date(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| day(locale(), at))
}

fn day(locale: Locale, at: Timestamp) -> String {
    let part = |format: &str| at.strftime(format).to_string();
    let month = locale.say(&format!("month-{}", part("%-m")), &[]);
    say!(locale, "moment-date", day = part("%-d"), month = month, year = part("%Y"))
}

/// A moment, labelled UTC; the browser's script changes it to the reader's zone.
#[component]
pub fn Moment(
    /// Seconds since 1970.
    at: i64,
) -> AnyView {
    let exact = Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string());
    view! {
        <time datetime=exact.clone() title=exact>
            {utc(at)}
        </time>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_labelled() {
        assert_eq!(utc(0), "1 Jan 1970, 00:00 UTC");
        assert_eq!(date(0), "1 Jan 1970");
        assert_eq!(utc(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn moments_are_written_as_the_reader_writes_them() {
        assert_eq!(utc_in(Locale::En, 1_795_336_200), "22 Nov 2026, 08:30 UTC");
        assert_eq!(utc_in(Locale::PtBr, 1_795_336_200), "22 de nov. de 2026, 08:30 UTC");
    }
}
