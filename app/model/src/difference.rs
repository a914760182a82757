//! Two texts that ought to be the same, and where they differ.

/// What both begin with, where they differ, and what both end with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The beginning of both.
    pub before: String,
    /// The middle of the one that came.
    pub received: String,
    /// The middle of the one that was expected.
    pub expected: String,
    /// The end of both.
    pub after: String,
}

/// Where two texts differ: character by character, from both ends.
pub fn difference(received: &str, expected: &str) -> Difference {
    let (mine, theirs): (Vec<char>, Vec<char>) = (received.chars().collect(), expected.chars().collect());
    let same = |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
    let begin = same(&mut mine.iter().zip(&theirs));
    let end = same(&mut mine[begin..].iter().rev().zip(theirs[begin..].iter().rev()));
    let text = |chars: &[char]| chars.iter().collect::<String>();
    Difference {
        before: text(&mine[..begin]),
        received: text(&mine[begin..mine.len() - end]),
        expected: text(&theirs[begin..theirs.len() - end]),
        after: text(&mine[mine.len() - end..]),
    }
}

/// The expected text that a received one most likely stands for: the one that shares most with it.
pub fn nearest<'a>(received: &str, expected: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    expected.into_iter().min_by_key(|one| {
        let difference = difference(received, one);
        difference.received.chars().count() + difference.expected.chars().count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(received: &str, expected: &str) -> [String; 4] {
        let Difference { before, received, expected, after } = difference(received, expected);
        [before, received, expected, after]
    }

    #[test]
    fn the_middle_is_what_differs() {
        assert_eq!(parts("http://a.example/cb", "https://a.example/cb"), ["http", "", "s", "://a.example/cb"]);
        assert_eq!(parts("https://a.example/cb/", "https://a.example/cb"), ["https://a.example/cb", "/", "", ""]);
        assert_eq!(parts("same", "same"), ["same", "", "", ""]);
        assert_eq!(parts("", "all"), ["", "", "all", ""]);
        assert_eq!(parts("aa", "aaa"), ["aa", "", "a", ""]);
        assert_eq!(parts("Größe", "Grösse"), ["Grö", "ß", "ss", "e"]);
    }

    #[test]
    fn the_nearest_shares_most() {
        let registered = ["https://b.example/callback", "https://a.example/cb", "com.example:/cb"];
        assert_eq!(nearest("http://a.example/cb", registered), Some("https://a.example/cb"));
        assert_eq!(nearest("https://b.example/callback/", registered), Some("https://b.example/callback"));
        assert_eq!(nearest("x", []), None);
    }
}
