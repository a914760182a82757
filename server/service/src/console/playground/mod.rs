//! The playground: a real sign-in to an application, started from the console, with every request, answer
//! and decoded token of it. Editors start runs; each is its administrator's alone.
//!
//! The server takes the application's place: it receives the answer at a redirect URI of its own
//! ([`crate::playground`]), redeems the code in the process by the functions of the token endpoint, looks at
//! UserInfo and introspection, and revokes the grant. No token leaves the process or is stored.

mod finish;
mod record;
mod start;
mod steps;
mod view;

pub use finish::{Landing, finish};
pub use record::{Answer, Check, Ended, Happened, Record, SignIn, Token, WITHHELD};
pub use start::{Started, start};
pub use view::{PlaygroundView, RunState, RunSummary, RunView, get, page};

use model::Role;
use store::Conn;
use store::applications::Application;
use store::subscriptions::Subscription;

use super::place::enter;
use crate::actor::{Actor, Admin};
use crate::error::{Error, Result};

/// Seconds for which a run waits for its answer.
pub const LIFETIME: i64 = 600;
/// Runs of one administrator that are kept.
const KEPT: i64 = 20;

/// Purpose under which verifier and nonce of a run are sealed.
fn purpose(run_id: &str) -> String {
    format!("playground run {run_id}")
}

/// The verifier and the nonce of a run under way.
#[derive(serde::Serialize, serde::Deserialize)]
struct Secrets {
    verifier: String,
    nonce: String,
}

/// The application, for somebody with at least this role. Built-in ones have no playground: a run of the
/// console's own application would sign an administrator in.
async fn find(conn: &mut Conn, actor: &Actor, slug: &str, id: &str, role: Role) -> Result<(Subscription, Application)> {
    let subscription = enter(conn, actor, slug, role).await?;
    let application = store::applications::find(conn, id).await?;
    let own = application.filter(|a| a.subscription_id == subscription.object.id && !a.built_in);
    let application = own.filter(|_| !subscription.built_in).ok_or(Error::NotFound)?;
    Ok((subscription, application))
}

/// Runs belong to people.
fn person(actor: &Actor) -> Result<&Admin> {
    match actor {
        Actor::Admin(admin) => Ok(admin),
        Actor::Cli | Actor::Registration | Actor::System => Err(Error::Forbidden),
    }
}
