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

/// Ids ten at a time, as a statement with ten placeholders wants them; no row has the empty id that
/// fills the last ten up.
pub(crate) fn by_ten<'a>(ids: &'a [&'a str]) -> impl Iterator<Item = [&'a str; 10]> {
    ids.chunks(10).map(|some| std::array::from_fn(|i| some.get(i).copied().unwrap_or_default()))
}

/// PostgreSQL cannot hold NUL, so nothing that contains one is ever found.
pub(crate) fn findable(text: &str) -> bool {
    !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_keys_stay_distinct() {
        let (a, b) = (format!("{}a", "ü".repeat(400)), format!("{}b", "ü".repeat(400)));
        assert_ne!(bounded(&a), bounded(&b));
        assert!(bounded(&a).len() <= MAX_KEY);
        assert!(bounded(&a).starts_with(prefix(&a)));
        assert!(bounded(&"\u{10FFFF}".repeat(999)) < top());
    }
}
