//! Canonical forms: what is compared, sorted and searched, computed here and not by an engine.

use unicode_normalization::UnicodeNormalization;

/// Sort and search key of a display name, user name or free text: NFKC, lower case,
/// white space collapsed.
pub fn text(value: &str) -> String {
    let folded: String = value.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Comparison form of an e-mail address: as [`text`], the domain without a final dot.
pub fn email(value: &str) -> String {
    text(value).trim_end_matches('.').to_owned()
}

/// The upper bound of a prefix search: the smallest string above every string with this prefix,
/// in byte order. `None` for an empty prefix (no bound).
pub fn prefix_end(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = match last {
            '\u{D7FF}' => Some('\u{E000}'),
            '\u{10FFFF}' => None,
            c => char::from_u32(c as u32 + 1),
        };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_are_the_same() {
        assert_eq!(text("Zoe\u{308}  Müller "), text("zoë mu\u{308}ller"));
    }

    #[test]
    fn e_mail_addresses_compare_without_case() {
        assert_eq!(email("John.Doe@Email.COM."), "john.doe@email.com");
    }

    #[test]
    fn prefix_bounds() {
        assert_eq!(prefix_end("ab"), Some("ac".into()));
        assert_eq!(prefix_end("a\u{10FFFF}"), Some("b".into()));
        assert_eq!(prefix_end(""), None);
    }
}
