//! Canonical keys as they are stored: bounded, because an index holds them.

use model::canonical;
use sha2::{Digest, Sha256};

/// Longest key kept whole, in bytes: well within an index page of either engine.
const MAX_KEY: usize = 512;

/// A canonical text as it is stored and compared. A longer one keeps its beginning, for search
/// and order, and a digest of the whole, so that equal keys still mean equal texts.
pub(crate) fn bounded(canonical: &str) -> String {
    if canonical.len() <= MAX_KEY {
        return canonical.to_owned();
    }
    format!("{}{}", prefix(canonical), digest(canonical))
}

/// SHA-256, hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Above every stored key: the last code point, more often than a key has room for.
pub(crate) fn top() -> String {
    "\u{10FFFF}".repeat(MAX_KEY / 4 + 1)
}

/// Sort and search key of a text that people read.
pub(crate) fn text(value: &str) -> String {
    bounded(&canonical::text(value))
}

/// Comparison key of an e-mail address.
pub(crate) fn email(value: &str) -> String {
    bounded(&canonical::email(value))
}

/// The beginning of a search text that can be compared with stored keys.
pub(crate) fn prefix(canonical: &str) -> &str {
    &canonical[..canonical.floor_char_boundary(MAX_KEY - 64)]
}

/// Length of a row id, in characters.
pub(crate) const ID_LENGTH: usize = 36;

/// Any number of row ids as one parameter. A statement takes them apart again:
/// `WITH RECURSIVE wanted (id, rest) AS (SELECT '', CAST($1 AS TEXT) UNION ALL
/// SELECT substr(rest, 1, 36), substr(rest, 37) FROM wanted WHERE rest <> '')`.
/// What is no row id names no row, and is left out.
pub(crate) fn joined(ids: &[&str]) -> String {
    ids.iter().filter(|id| id.len() == ID_LENGTH && id.is_ascii() && findable(id)).copied().collect()
}

/// PostgreSQL cannot hold NUL, so nothing that contains one is ever found.
pub(crate) fn findable(text: &str) -> bool {
    !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_row_ids_are_joined() {
        let (a, b) = ("0190a0a0-0000-7000-8000-000000000000", "0190a0a0-0000-7000-8000-000000000001");
        assert_eq!(joined(&[a, "", "cli", b]), format!("{a}{b}"));
        assert_eq!(joined(&[]), "");
    }

    #[test]
    fn long_keys_stay_distinct() {
        let (a, b) = (format!("{}a", "ü".repeat(400)), format!("{}b", "ü".repeat(400)));
        assert_ne!(bounded(&a), bounded(&b));
        assert!(bounded(&a).len() <= MAX_KEY);
        assert!(bounded(&a).starts_with(prefix(&a)));
        assert!(bounded(&"\u{10FFFF}".repeat(999)) < top());
    }
}
