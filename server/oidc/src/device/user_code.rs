//! The code that a person reads from a device and enters in a browser (RFC 8628 section 6.1).

use std::fmt;

/// Section 6.1: "it is RECOMMENDED that user codes [...] be limited to a smaller character set"; this is the
/// one of its example, which spells no words and holds no look-alikes.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters of a code: 20^8 of them are 34.5 bits of entropy, as in the section's example.
const LENGTH: usize = 8;
/// Bytes below this are spread evenly over the alphabet.
const EVEN: u8 = 240;
/// More than anybody types.
const MAX_TYPED: usize = 64;

/// A code in its one form, without the dash. `Display` shows it as people read it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UserCode(String);

impl UserCode {
    /// Makes one from random bytes. `None` when too few of them can be used: 64 are enough but once in
    /// more than 10^40 times.
    pub fn from_random(bytes: &[u8]) -> Option<Self> {
        let even = bytes.iter().filter(|byte| **byte < EVEN);
        let code: String = even.take(LENGTH).map(|byte| char::from(ALPHABET[usize::from(*byte) % 20])).collect();
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// Reads what a person typed: in any case, with or without dash and spaces.
    ///
    /// Section 6.1: "The server should ignore any characters like punctuation that are not in the user code
    /// character set. [...] it is preferred that [...] user input be case-insensitive". Other letters and
    /// digits are no code at all.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > MAX_TYPED {
            return None;
        }
        let code: String = typed.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
        (code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b))).then_some(Self(code))
    }

    /// The letters alone, to be hashed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(LENGTH / 2);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for UserCode {
    /// Not for logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserCode(…)")
    }
}
