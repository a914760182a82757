//! What an administrator chooses before a run of the playground.

use crate::form::FormData;
use crate::problem::{FieldErrors, Problem};
use crate::spec::GrantType;

/// Fields of the form.
pub const FIELDS: [&str; 4] = ["grant", "scope", "prompt", "max_age"];

/// What `prompt` may be (OpenID Connect Core section 3.1.2.1).
pub const PROMPTS: [&str; 5] = ["none", "login", "consent", "select_account", "create"];

/// Most seconds of `max_age`: a year.
const MAX_AGE: i64 = 31_536_000;

/// A run to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunQuestion {
    /// Authorization code or client credentials.
    pub grant: GrantType,
    /// Requested scopes.
    pub scopes: Vec<String>,
    /// One of [`PROMPTS`].
    pub prompt: Option<String>,
    /// Seconds.
    pub max_age: Option<i64>,
}

impl RunQuestion {
    /// Reads the form of an application that may use these grants and request these scopes.
    ///
    /// # Errors
    /// At each field: a grant or a scope that it may not use, no scope at all for a sign-in, an unknown
    /// prompt, a time that is none.
    pub fn from_form(form: &FormData, grants: &[GrantType], allowed: &[String]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let grant = form.get("grant").and_then(GrantType::parse).filter(|grant| grants.contains(grant));
        if grant.is_none() {
            errors.add("grant", Problem::new("choice"));
        }
        let scopes = form.all("scope");
        if let Some(other) = scopes.iter().find(|scope| !allowed.contains(scope)) {
            errors.add("scope", Problem::new("unknown").with("name", other));
        } else if scopes.is_empty() && grant == Some(GrantType::AuthorizationCode) {
            errors.add("scope", Problem::new("choose"));
        }
        let prompt = form.optional("prompt");
        if prompt.as_deref().is_some_and(|prompt| !PROMPTS.contains(&prompt)) {
            errors.add("prompt", Problem::new("choice"));
        }
        let max_age = form.optional("max_age").map(|text| text.parse::<i64>());
        let max_age = match max_age {
            None => None,
            Some(Ok(seconds)) if (0..=MAX_AGE).contains(&seconds) => Some(seconds),
            Some(Ok(_)) => {
                errors.add("max_age", Problem::new("between").with("min", 0).with("max", MAX_AGE));
                None
            }
            Some(Err(_)) => {
                errors.add("max_age", Problem::new("integer"));
                None
            }
        };
        let grant = grant.unwrap_or(GrantType::AuthorizationCode);
        errors.into_result(Self { grant, scopes, prompt, max_age })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &FormData) -> Result<RunQuestion, FieldErrors> {
        RunQuestion::from_form(form, &[GrantType::AuthorizationCode], &["openid".to_owned(), "books".to_owned()])
    }

    fn good() -> FormData {
        FormData::default().with("grant", "authorization_code").with("scope", "openid")
    }

    #[test]
    fn a_run_as_it_was_chosen() {
        let form = good().with("scope", "books").with("prompt", "login").with("max_age", " 60 ");
        let question = read(&form).expect("good");
        assert_eq!(question.scopes, ["openid", "books"]);
        assert_eq!((question.prompt.as_deref(), question.max_age), (Some("login"), Some(60)));
        assert_eq!(read(&good().with("prompt", "").with("max_age", "")).expect("good").prompt, None);
    }

    #[test]
    fn what_the_application_may_not_do_is_refused_at_its_field() {
        for (name, form) in [
            ("grant", FormData::default().with("grant", "client_credentials").with("scope", "openid")),
            ("grant", FormData::default().with("scope", "openid")),
            ("scope", good().with("scope", "museum-api")),
            ("scope", good().without(&["scope"])),
            ("prompt", good().with("prompt", "login consent")),
            ("max_age", good().with("max_age", "-1")),
            ("max_age", good().with("max_age", "soon")),
        ] {
            let errors = read(&form).expect_err(name);
            assert!(errors.of(name).is_some() && errors.0.len() == 1, "{name}: {errors}");
        }
    }
}
