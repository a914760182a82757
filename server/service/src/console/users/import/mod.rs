//! Users by CSV. What a file would do is told first; doing it reads the same text once more and
//! trusts nothing of what was told.

mod read;

use model::{FieldErrors, Problem, Role};
use serde_json::json;
use store::Conn;
use store::claims::Claim;
use store::subscriptions::Subscription;

use self::read::{Line, Table};
use crate::actor::Actor;
use crate::console::place::enter_to_people;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::passwords;
use crate::user::{self, Candidate, Definitions};

/// Most bytes of a file.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Most lines below the header.
pub const MAX_LINES: usize = 5_000;
/// Most lines with a password: each costs a hash.
pub const MAX_PASSWORDS: usize = 200;
/// Lines that are checked before others have their turn.
const TURN: usize = 100;

/// What a file would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Users who would be made.
    pub new: usize,
    /// How many of them can sign in with a password.
    pub with_password: usize,
    /// Lines of users who exist already.
    pub existing: usize,
    /// Lines that are wrong.
    pub wrong: usize,
    /// What is wrong, in the order of the lines.
    pub problems: Vec<LineProblem>,
    /// The wrong lines below their header, to be mended.
    pub wrong_lines: String,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// From 1, the header included.
    pub line: u64,
    /// Name of the column; empty for the line as a whole.
    pub column: String,
    /// The reason.
    pub problem: Problem,
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Users made.
    pub new: usize,
    /// Lines left out, since their user exists.
    pub existing: usize,
    /// Lines left out, since something is wrong with them.
    pub wrong: usize,
}

/// Columns that a file may have besides `username`, `email`, `email_verified` and `password`, in the
/// order of forms.
pub async fn claim_columns(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Vec<String>> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    Ok(read::claim_columns(&claims).map(|(column, _)| column).collect())
}

/// What importing the text would do. Editors.
///
/// # Errors
/// At `content`, when the text as a whole cannot be imported; what is wrong with lines is no error.
pub async fn check(ctx: &Ctx, actor: &Actor, slug: &str, content: &str) -> Result<Preview> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    let table = Table::read(content, &claims)?;
    let candidates = candidates(&mut conn, &subscription, &claims, &table).await?;
    let has_password = |(line, _): &(&Line, &Candidate<'_>)| line.user.password.is_some();
    let paired = || table.lines.iter().zip(&candidates);
    let wrong = || paired().filter(|(_, candidate)| !candidate.exists && !candidate.errors.is_empty());
    let problems = wrong().flat_map(|(_, candidate)| {
        let errors = candidate.errors.0.iter();
        errors.map(|e| LineProblem { line: candidate.line, column: e.field.clone(), problem: e.problem.clone() })
    });
    Ok(Preview {
        new: candidates.iter().filter(|candidate| candidate.is_new()).count(),
        with_password: paired().filter(|(_, candidate)| candidate.is_new()).filter(has_password).count(),
        existing: candidates.iter().filter(|candidate| candidate.exists).count(),
        wrong: wrong().count(),
        problems: problems.collect(),
        wrong_lines: table.excerpt(wrong().map(|(line, _)| line)),
    })
}

/// Makes the new users of the text, all of them or none. Lines of users who exist and lines that are
/// wrong are left out.
///
/// # Errors
/// As [`check`]; at `content` also when there is nobody to make, or when something was changed while
/// this ran.
pub async fn run(ctx: &Ctx, actor: &Actor, slug: &str, content: &str) -> Result<Imported> {
    let mut conn = ctx.read().await?;
    let subscription = enter_to_people(&mut conn, actor, slug, Role::Editor).await?;
    let claims = store::claims::list(&mut conn, &subscription.object.id).await?;
    let table = Table::read(content, &claims)?;
    let mut candidates = candidates(&mut conn, &subscription, &claims, &table).await?;
    drop(conn);
    let new = candidates.iter().filter(|candidate| candidate.is_new()).count();
    if new == 0 {
        return Err(Error::field("content", Problem::new("import-nobody")));
    }
    let existing = candidates.iter().filter(|candidate| candidate.exists).count();
    let wrong = candidates.len() - existing - new;
    let hashes = hash_passwords(ctx, &table, &candidates).await?;
    for (candidate, hash) in candidates.iter_mut().zip(&hashes) {
        candidate.new.password_hash = hash.as_deref();
    }
    let new: Vec<&Candidate<'_>> = candidates.iter().filter(|candidate| candidate.is_new()).collect();

    let mut tx = ctx.begin().await?;
    let subscription = enter_to_people(&mut tx, actor, slug, Role::Editor).await?;
    let id = &subscription.object.id;
    // What the lines were checked against.
    if store::claims::list(&mut tx, id).await? != claims {
        return Err(user::meanwhile());
    }
    let made = user::insert_all(ctx, &mut tx, id, actor.name(), &new).await?;
    let event = Event::new("users_imported", json!({ "count": made }));
    event::record(ctx, &mut tx, Some(id), actor.name(), event).await?;
    tx.commit().await?;
    Ok(Imported { new: made, existing, wrong })
}

/// Every line, compared with the rules and with who is there.
async fn candidates<'a>(
    conn: &mut Conn,
    subscription: &'a Subscription,
    claims: &'a [Claim],
    table: &'a Table,
) -> Result<Vec<Candidate<'a>>> {
    let definitions = Definitions::new(&subscription.object.id, claims);
    let mut candidates = Vec::with_capacity(table.lines.len());
    for lines in table.lines.chunks(TURN) {
        candidates.extend(lines.iter().map(|line| candidate(&definitions, subscription, line)));
        tokio::task::yield_now().await;
    }
    user::compare(conn, &definitions, &mut candidates).await?;
    Ok(candidates)
}

fn candidate<'a>(definitions: &Definitions<'a>, subscription: &Subscription, line: &'a Line) -> Candidate<'a> {
    let mut errors: FieldErrors = line.errors.clone();
    if let Some(password) = &line.user.password {
        let own = [line.user.username.as_deref(), line.user.email.as_deref(), Some(&subscription.object.spec.name)];
        errors.check(
            "password",
            passwords::policy(password, &subscription.object.spec, &own.map(Option::unwrap_or_default)),
        );
    }
    Candidate::new(definitions, line.number, super::edit::row(&line.user, None), errors)
}

/// One after the other, so that sign-ins find room beside it.
async fn hash_passwords(ctx: &Ctx, table: &Table, candidates: &[Candidate<'_>]) -> Result<Vec<Option<String>>> {
    let mut hashes = Vec::with_capacity(candidates.len());
    for (line, candidate) in table.lines.iter().zip(candidates) {
        hashes.push(match &line.user.password {
            Some(password) if candidate.is_new() => Some(ctx.hasher.hash(password, &ctx.random).await?),
            _ => None,
        });
    }
    Ok(hashes)
}
