//! Why a claim is in a token, or is not.

use serde::Serialize;

/// What became of one claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation<'t> {
    /// Its name.
    pub claim: &'t str,
    /// In or out.
    pub outcome: Outcome<'t>,
}

/// In or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome<'t> {
    /// Released.
    Included(By<'t>),
    /// Kept back.
    Excluded(Reason<'t>),
}

/// What released a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By<'t> {
    /// A granted scope.
    Scope(&'t str),
    /// The `claims` parameter.
    ClaimsParameter,
}

/// What kept a claim back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason<'t> {
    /// The application may request this scope, and did not.
    ScopeNotRequested {
        /// The scope that would release it.
        scope: &'t str,
    },
    /// The application may not request the scope.
    ScopeNotAllowed {
        /// The scope that would release it.
        scope: &'t str,
    },
    /// No identity scope holds the claim.
    InNoScope,
    /// The user has no value.
    NoValue,
    /// The user's value fails today's validation.
    InvalidValue,
    /// The claim, or the application, keeps it out of this destination.
    WrongDestination,
    /// The name belongs to the protocol.
    Reserved,
}
