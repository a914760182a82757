//! Moments.

use jiff::Timestamp;
use leptos::prelude::*;

/// A moment in UTC: `22 Nov 2026, 08:30 UTC`. Seconds since 1970; dates beyond reckoning come as figures.
pub fn utc(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| seconds.to_string(), |at| at.strftime("%-d %b %Y, %H:%M UTC").to_string())
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
    use super::utc;

    #[test]
    fn moments_are_labelled() {
        assert_eq!(utc(0), "1 Jan 1970, 00:00 UTC");
        assert_eq!(utc(i64::MAX), i64::MAX.to_string());
    }
}
