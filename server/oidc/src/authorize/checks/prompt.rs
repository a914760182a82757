//! `prompt` (OpenID Connect Core section 3.1.2.1, Initiating User Registration 1.0).

use super::Checked;
use crate::authorize::{AuthorizationRequest, Prompt};
use crate::error::OAuthError;

/// Notes the prompts.
pub fn check(context: &Checked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let Some(text) = context.params.get("prompt") else { return Ok(()) };
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        // Initiating User Registration section 4.1: an unsupported value is an invalid_request.
        let prompt = Prompt::parse(word).ok_or_else(|| {
            OAuthError::invalid_request("prompt must be none, login, consent, select_account or create")
        })?;
        if !request.prompts.contains(&prompt) {
            request.prompts.push(prompt);
        }
    }
    // Core section 3.1.2.1: "If this parameter contains none with any other value, an error is
    // returned."
    if request.has_prompt(Prompt::None) && request.prompts.len() > 1 {
        return Err(OAuthError::invalid_request("prompt none cannot be combined"));
    }
    Ok(())
}
