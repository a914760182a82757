//! Claim values: checked against their claims, made canonical, refused where another user holds
//! them.

use model::{FieldErrors, Problem, claim_value, standard_claims};
use serde_json::Value;
use store::Conn;
use store::claim_values::NewClaimValue;

use super::Definitions;
use crate::error::Result;
use crate::refusal::unknown;

/// The claim whose value is a column of the user: a sign-in name.
pub(crate) const EMAIL: &str = "email";

/// A value that passed.
#[derive(Debug)]
pub(super) struct Checked<'a> {
    pub(super) name: &'a str,
    pub(super) claim_id: &'a str,
    pub(super) unique: bool,
    value: Value,
    pub(super) canonical: String,
}

impl Checked<'_> {
    /// As the store wants it.
    pub(super) fn row(&self) -> NewClaimValue<'_> {
        NewClaimValue { claim_id: self.claim_id, value: &self.value, canonical: &self.canonical, unique: self.unique }
    }

    /// True when it says something else than what is stored.
    pub(super) fn differs_from(&self, stored: &[(String, Value)]) -> bool {
        !stored.iter().any(|(claim_id, value)| claim_id == self.claim_id && *value == self.value)
    }
}

/// Checks values. Problems go to the field of the claim's name; what is good comes back.
pub(super) fn check<'a>(
    definitions: &Definitions<'a>,
    values: impl IntoIterator<Item = (&'a String, &'a Value)>,
    errors: &mut FieldErrors,
) -> Vec<Checked<'a>> {
    let mut good = Vec::new();
    for (name, value) in values {
        let Some(claim) = definitions.find(name) else {
            errors.add(name, unknown(name));
            continue;
        };
        if standard_claims::is_derived(name) {
            errors.add(name, Problem::new("derived-claim"));
            continue;
        }
        if let Some(value) = errors.check(name, claim_value::validate(claim.spec, value)) {
            good.push(Checked {
                name,
                claim_id: claim.id,
                unique: claim.spec.unique,
                canonical: claim_value::canonical(claim.spec.kind, &value),
                value,
            });
        }
    }
    good
}

/// Which claims are unique is asked of the transaction that writes: definitions may come from a
/// snapshot, which is up to a second old.
pub(super) async fn recall_uniqueness(
    conn: &mut Conn,
    subscription_id: &str,
    checked: &mut [Checked<'_>],
) -> Result<()> {
    if checked.is_empty() {
        return Ok(());
    }
    let claims = store::claims::list(conn, subscription_id).await?;
    for value in checked {
        value.unique = claims.iter().any(|claim| claim.object.id == value.claim_id && claim.object.spec.unique);
    }
    Ok(())
}

/// Notes `taken` at each unique claim whose value another user holds.
pub(super) async fn check_taken(
    conn: &mut Conn,
    checked: &[Checked<'_>],
    except_user: Option<&str>,
    errors: &mut FieldErrors,
) -> Result<()> {
    for value in checked.iter().filter(|value| value.unique) {
        if store::claim_values::is_taken(conn, value.claim_id, &value.canonical, except_user).await? {
            errors.add(value.name, Problem::new("taken"));
        }
    }
    Ok(())
}

/// Notes `taken` at the sign-in names that another user has.
pub(super) async fn check_names_taken(
    conn: &mut Conn,
    subscription_id: &str,
    names: [(&str, Option<&str>); 2],
    except_user: Option<&str>,
    errors: &mut FieldErrors,
) -> Result<()> {
    for (field, name) in names {
        let Some(name) = name else { continue };
        let holder = store::users::find_by_login(conn, subscription_id, name).await?;
        if holder.is_some_and(|holder| Some(holder.id.as_str()) != except_user) {
            errors.add(field, Problem::new("taken"));
        }
    }
    Ok(())
}

/// Where the database tells of a name or a value that somebody took since it was checked.
pub(super) fn taken_meanwhile(error: store::Error, checked: &[Checked<'_>]) -> crate::Error {
    use store::Constraint;
    let field = match &error {
        store::Error::Unique(Constraint::UserName) => "username",
        store::Error::Unique(Constraint::UserEmail) => EMAIL,
        // Which of several it was, the index does not say.
        store::Error::Unique(Constraint::ClaimValue) => {
            checked.iter().find(|value| value.unique).map_or("", |value| value.name)
        }
        _ => return error.into(),
    };
    crate::Error::field(field, Problem::new("taken"))
}
