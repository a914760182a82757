//! Which language a page is written in: what the address asks for (`ui_locales`), else what the reader
//! chose, else what the browser prefers.

use app::i18n::Locale;
use app::language;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use model::FormData;

/// Languages that are looked at; nobody reads more.
const MAX: usize = 20;

/// `chosen` is the value of the reader's cookie. What cannot be had falls back to English.
pub fn choose(query: &FormData, chosen: Option<&str>, headers: &HeaderMap) -> Locale {
    let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    language::asked_by(query)
        .or_else(|| chosen.and_then(Locale::of_tag))
        .unwrap_or_else(|| Locale::negotiate(by_weight(accepted())))
}

/// RFC 9110 section 12.5.4.
fn by_weight(accepted: &str) -> Vec<&str> {
    let weighed = accepted.split(',').take(MAX).filter_map(|item| {
        let (tag, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let weight = weight.trim().strip_prefix("q=")?.parse::<f32>().ok().filter(|w| *w > 0.0)?;
        Some((tag.trim(), weight))
    });
    let mut weighed: Vec<(&str, f32)> = weighed.collect();
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
    weighed.into_iter().map(|(tag, _)| tag).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_heaviest_comes_first_and_zero_is_a_refusal() {
        assert_eq!(by_weight("de;q=0.5, pt-BR, en;q=0.8, fr;q=0, x;q=wrong"), ["pt-BR", "en", "de"]);
        assert!(by_weight("").iter().all(|tag| tag.is_empty()));
    }

    #[test]
    fn the_application_comes_before_the_reader_and_the_reader_before_the_browser() {
        let browser = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static("pt-PT, en;q=0.5"))]);
        let asks = |tags: &str| FormData::default().with("ui_locales", tags);
        let nothing = FormData::default();
        assert_eq!(choose(&asks("en-GB pt"), Some("pt-BR"), &browser), Locale::En);
        assert_eq!(choose(&asks("de"), Some("en"), &browser), Locale::En);
        assert_eq!(choose(&nothing, Some("en"), &browser), Locale::En);
        // No value of ours.
        assert_eq!(choose(&nothing, Some("<script>"), &browser), Locale::PtBr);
        assert_eq!(choose(&nothing, None, &browser), Locale::PtBr);
        assert_eq!(choose(&nothing, None, &HeaderMap::new()), Locale::En);
    }
}
