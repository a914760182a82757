//! Errors as sentences for somebody at a terminal.

use app::i18n::Locale;
use model::FieldErrors;
use service::Error;

/// What to print after `tessera: `. Our own errors are sentences already.
pub fn sentence(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Error>() {
        Some(error) => service_error(error),
        None => format!("{error:#}"),
    }
}

fn service_error(error: &Error) -> String {
    match error {
        Error::NotFound => "there is no such object".to_owned(),
        Error::OutOfUse { name } => format!("the subscription {name} is out of use"),
        Error::Forbidden => "this is not allowed".to_owned(),
        Error::Invalid(errors) => format!("nothing was changed:\n{}", problems(errors)),
        Error::Changed => "somebody else changed this at the same time; nothing was changed, try again".to_owned(),
        Error::InUse(usages) => {
            let users: Vec<String> = usages.iter().map(|u| format!("{} {}", u.object_type, u.name)).collect();
            format!("nothing was changed: still in use by {}", users.join(", "))
        }
        Error::TooManyRequests { retry_after } => format!("too many attempts; try again in {retry_after} seconds"),
        Error::Unavailable(cause) => format!("the database cannot be reached: {cause}"),
        Error::Internal(cause) => cause.clone(),
    }
}

/// One line for each problem: where, and why.
pub fn problems(errors: &FieldErrors) -> String {
    let line = |error: &model::FieldError| {
        let reason = Locale::En.problem(&error.problem);
        if error.field.is_empty() { format!("  {reason}") } else { format!("  {}: {reason}", error.field) }
    };
    errors.0.iter().map(line).collect::<Vec<_>>().join("\n")
}
