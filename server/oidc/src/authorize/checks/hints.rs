//! What is kept for later or only helps: `nonce`, `id_token_hint`, `login_hint`, `display`,
//! `ui_locales`, `acr_values`. A hint that cannot be used is ignored.

use super::Checked;
use crate::authorize::AuthorizationRequest;
use crate::error::OAuthError;

/// Longest nonce, in bytes: it travels in every identity token.
const MAX_NONCE: usize = 1024;
/// Longest login hint, in bytes.
const MAX_LOGIN_HINT: usize = 320;
/// Most words of a list.
const MAX_WORDS: usize = 10;

/// Notes them.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let get = |name| context.params.get(name);
    if get("nonce").is_some_and(|n| n.len() > MAX_NONCE) {
        return Err(OAuthError::invalid_request("nonce is too long"));
    }
    request.nonce = get("nonce").map(str::to_owned);
    request.id_token_hint = get("id_token_hint").map(str::to_owned);
    request.login_hint = get("login_hint").filter(|h| h.len() <= MAX_LOGIN_HINT).map(str::to_owned);
    request.display = get("display").filter(|d| ["page", "popup", "touch", "wap"].contains(d)).map(str::to_owned);
    request.ui_locales = words(get("ui_locales"), is_language_tag);
    request.acr_values = words(get("acr_values"), |w| w.len() <= 255);
    Ok(())
}

fn words(text: Option<&str>, good: fn(&str) -> bool) -> Vec<String> {
    text.unwrap_or_default()
        .split(' ')
        .filter(|w| !w.is_empty() && good(w))
        .take(MAX_WORDS)
        .map(str::to_owned)
        .collect()
}

/// The characters and length of a BCP 47 tag.
fn is_language_tag(word: &str) -> bool {
    word.len() <= 35 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
