//! Who uses an object: what a refused deletion shows.

/// An object that refers to another.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Usage {
    /// `identity_scope` or `application`.
    pub object_type: String,
    /// Row id.
    pub id: String,
    /// Name of the scope, `client_id` of the application.
    pub name: String,
}
