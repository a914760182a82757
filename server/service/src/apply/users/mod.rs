//! Users of the file. One is known by the user name, or without one by the address. Password and
//! claims count at creation only, unless users are reset; nobody is ever removed for not being in
//! the file.

mod compare;
mod write;

use model::spec::UserSpec;
use store::users::User;

pub(super) use compare::plan;
pub(super) use write::{hash_passwords, write};

/// A user to be written.
pub(super) struct UserWrite {
    /// `subscriptions[0].users[2]`.
    at: String,
    /// As the file has it; without claims where they do not count.
    spec: UserSpec,
    /// As they stand; `None` for somebody new.
    before: Option<User>,
    /// To be set.
    password: Option<String>,
    /// Of that password.
    password_hash: Option<String>,
}

impl std::fmt::Debug for UserWrite {
    /// Personal data and passwords stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "UserWrite({})", self.at)
    }
}

/// The field of a user in the file: claims have a place of their own.
fn field(name: &str) -> String {
    match name {
        "username" | "password" | "email" | "email_verified" | "disabled" | "" => name.to_owned(),
        claim => format!("claims.{claim}"),
    }
}
