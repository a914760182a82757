//! Dynamic client registration (RFC 7591, OpenID Connect Dynamic Client Registration 1.0) and its management
//! (RFC 7592): what an application says of itself, the specification that comes of it, and the answer.
//!
//! Not for whether somebody may register: that is the service's, which counts uses.

mod answer;
mod application;
pub mod document;
mod metadata;
pub mod software_statement;
mod update;

pub use answer::{Issued, registered};
pub use application::{Rules, changed, new};
pub use metadata::Metadata;
pub use software_statement::Statement;
pub use update::check;

use model::FieldErrors;

use crate::error::{ErrorCode, OAuthError};

/// `invalid_client_metadata` (RFC 7591 section 3.2.2).
fn invalid(description: impl Into<std::borrow::Cow<'static, str>>) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidClientMetadata, description)
}

/// What is wrong with an application, as its developer reads it: the first of all, by the name of the metadata.
pub fn refusal(errors: &FieldErrors) -> OAuthError {
    let Some(error) = errors.0.first() else { return invalid("the metadata was refused") };
    let name = match error.field.as_str() {
        "name" => "client_name",
        "signing_alg" => "id_token_signed_response_alg",
        "allowed_identity_scopes" | "allowed_api_scopes" => "scope",
        other => other,
    };
    let text = format!("{name}: {}", error.problem.code);
    // Section 3.2.2: "The value of one or more redirection URIs is invalid."
    let is_redirect = name == "redirect_uris";
    OAuthError::new(if is_redirect { ErrorCode::InvalidRedirectUri } else { ErrorCode::InvalidClientMetadata }, text)
}
