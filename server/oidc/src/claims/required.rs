//! Required claims: what a user must give before an application receives anything.

use model::spec::Stage;

use super::value;
use crate::tenant::{Application, Tenant};
use crate::user::UserFacts;

/// Names of enforced claims for which the user has no value that passes today's validation, in the
/// order of the application's list.
pub fn missing_required(tenant: &Tenant, application: &Application, user: &UserFacts) -> Vec<String> {
    application
        .spec()
        .required_claims
        .iter()
        .filter(|required| required.stage == Stage::Enforced)
        .filter_map(|required| tenant.claim(&required.claim))
        .filter(|spec| value::of(spec, user).is_err())
        .map(|spec| spec.name.clone())
        .collect()
}
