//! Who calls a server function. Each one opens with [`caller`].

use leptos::prelude::{ServerFnError, use_context};
use service::{Actor, Admin, Ctx};

/// What `server` provides as context to server functions: the session behind the console's cookie,
/// read anew for this call.
#[derive(Clone, Debug)]
pub struct ConsoleCall {
    /// Use cases need it.
    pub ctx: Ctx,
    /// `None` when the cookie stands for nobody.
    pub admin: Option<Admin>,
}

/// The administrator who calls, or a refusal.
pub fn caller() -> Result<(Ctx, Actor), ServerFnError> {
    let call = use_context::<ConsoleCall>();
    let signed_in = call.and_then(|call| call.admin.map(|admin| (call.ctx, Actor::Admin(admin))));
    signed_in.ok_or_else(|| ServerFnError::ServerError("not signed in".to_owned()))
}
