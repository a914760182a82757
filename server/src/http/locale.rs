//! Which language a page is written in: `ui_locales`, else what the browser prefers.

use app::i18n::Locale;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use model::FormData;

/// Languages that are looked at; nobody reads more.
const MAX: usize = 20;

/// Best first; what cannot be had falls back to English.
pub fn choose(query: &FormData, headers: &HeaderMap) -> Locale {
    // OpenID Connect Core section 3.1.2.1: "a space-separated list of BCP47 language tag values,
    // ordered by preference".
    let asked = query.get("ui_locales").unwrap_or_default().split(' ').filter(|tag| !tag.is_empty());
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Locale::negotiate(asked.chain(by_weight(accepted)).take(MAX))
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
    use super::*;

    #[test]
    fn the_heaviest_comes_first_and_zero_is_a_refusal() {
        assert_eq!(by_weight("de;q=0.5, pt-BR, en;q=0.8, fr;q=0, x;q=wrong"), ["pt-BR", "en", "de"]);
        assert!(by_weight("").iter().all(|tag| tag.is_empty()));
    }
}
