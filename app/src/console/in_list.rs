//! Objects that are one of a list of another, and saved with it: types of authorization details, trusted issuers.

use model::FieldErrors;
use service::Error;

/// What is wrong with the whole, at the fields of the form for one of `list`. What is wrong with the list itself is told at
/// `first`.
pub fn at_own_fields(error: Error, list: &str, first: &str) -> Error {
    let Error::Invalid(errors) = error else { return error };
    let mut told = FieldErrors::default();
    for error in errors.0 {
        let inside = error.field.strip_prefix(list);
        let field = inside.map(|rest| rest.split_once("].").map_or(first, |(_, field)| field));
        told.add(field.unwrap_or(&error.field), error.problem);
    }
    Error::Invalid(told)
}

#[cfg(test)]
mod tests {
    use model::Problem;

    use super::*;

    #[test]
    fn problems_of_the_list_are_told_at_the_form() {
        let mut errors = FieldErrors::default();
        for field in ["trusted_issuers[3].jwks", "trusted_issuers", "name"] {
            errors.add(field, Problem::new("taken"));
        }
        let Error::Invalid(told) = at_own_fields(Error::Invalid(errors), "trusted_issuers", "issuer") else {
            panic!("another error")
        };
        let told: Vec<String> = told.0.into_iter().map(|error| error.field).collect();
        assert_eq!(told, ["jwks", "issuer", "name"]);
    }
}
