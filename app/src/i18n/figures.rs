//! Figures as the page's language writes them.

use super::Locale;
use crate::say;

/// A number, its thousands told apart.
pub fn figure(locale: Locale, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let separator = say!(locale, "figure-separator");
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push_str(&separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_told_apart() {
        let shown = [0, 12, 999, 1_204, 10_000, 1_000_000, -5_310].map(|n| figure(Locale::En, n));
        assert_eq!(shown, ["0", "12", "999", "1,204", "10,000", "1,000,000", "-5,310"]);
    }
}
