//! `application/x-www-form-urlencoded` without guessing: what is not UTF-8 is told, not replaced.

/// Names and values of a query string or body; `None` where one is not UTF-8. Empty pieces are
/// left out.
pub fn pairs(input: &[u8]) -> impl Iterator<Item = (Option<String>, Option<String>)> + '_ {
    input.split(|b| *b == b'&').filter(|piece| !piece.is_empty()).map(|piece| {
        let mut halves = piece.splitn(2, |b| *b == b'=');
        let name = halves.next().unwrap_or_default();
        let value = halves.next().unwrap_or_default();
        (text(name, Percent::Lenient), text(value, Percent::Lenient))
    })
}

/// One half of Basic credentials, decoded strictly (RFC 6749 section 2.3.1 and appendix B).
pub fn strict(input: &[u8]) -> Option<String> {
    text(input, Percent::Strict)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Percent {
    /// A `%` without two hexadecimal digits stands for itself, as browsers have it.
    Lenient,
    /// Such a `%` is an error.
    Strict,
}

fn text(input: &[u8], percent: Percent) -> Option<String> {
    let mut bytes = Vec::with_capacity(input.len());
    let mut rest = input;
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        match (first, hex_pair(tail)) {
            (b'+', _) => bytes.push(b' '),
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'%', None) if percent == Percent::Strict => return None,
            (byte, _) => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex_pair(input: &[u8]) -> Option<u8> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    Some(digit(input.first()?)? * 16 + digit(input.get(1)?)?)
}
