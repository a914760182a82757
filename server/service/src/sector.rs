//! The document of a sector (OpenID Connect Core section 8.1): whoever publishes it says which redirect URIs are its own, so
//! that nobody else's application learns the names that users have there.

use model::spec::ApplicationSpec;
use model::{FieldErrors, Problem};
use serde_json::Value;

use crate::ctx::Ctx;
use crate::outgoing::Bounds;

const FIELD: &str = "sector_identifier_uri";

/// True where [`check`] may ask somebody.
pub(crate) fn is_asked(spec: &ApplicationSpec) -> bool {
    spec.is_pairwise() && spec.sector_identifier_uri.is_some()
}

/// Asks the address of an application that is to have names of its sector's. Section 8.1: "The values of the registered
/// `redirect_uris` MUST be included in the elements of the array, or registration MUST fail." Nothing is asked where neither
/// the address nor a redirect URI is new.
///
/// # Errors
/// What is wrong, at the field.
pub(crate) async fn check(
    ctx: &Ctx,
    before: Option<&ApplicationSpec>,
    after: &ApplicationSpec,
) -> Result<(), FieldErrors> {
    let Some(uri) = after.sector_identifier_uri.as_deref().filter(|_| after.is_pairwise()) else { return Ok(()) };
    let is_known = |before: &ApplicationSpec| {
        before.is_pairwise()
            && before.sector_identifier_uri.as_deref() == Some(uri)
            && after.redirect_uris.iter().all(|one| before.redirect_uris.contains(one))
    };
    if before.is_some_and(is_known) {
        return Ok(());
    }
    let mut errors = FieldErrors::default();
    match published(ctx, uri).await {
        Err(reason) => errors.add(FIELD, Problem::new("sector-unfetched").with("reason", reason)),
        Ok(published) => {
            for one in after.redirect_uris.iter().filter(|one| !published.contains(one)) {
                errors.add(FIELD, Problem::new("sector-without").with("value", one));
            }
        }
    }
    errors.into_result(())
}

/// The redirect URIs of the sector; or what is wrong, in words.
async fn published(ctx: &Ctx, uri: &str) -> Result<Vec<String>, String> {
    let answer = ctx.outgoing.get(uri, Bounds::default()).await.map_err(|error| error.to_string())?;
    if answer.status != 200 {
        return Err(format!("status {}", answer.status));
    }
    let list: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let texts = list.as_array().map(|all| all.iter().map(|one| one.as_str().map(str::to_owned)).collect());
    texts.flatten().ok_or_else(|| "the answer is no JSON list of texts".to_owned())
}
