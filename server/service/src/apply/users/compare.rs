//! What would become of the users of the file.

use std::collections::{BTreeMap, HashSet};

use model::spec::{ClaimSpec, SubscriptionDocument, SubscriptionSpec, UserSpec};
use model::{FieldErrors, Problem, canonical, claim_value};
use serde_json::Value;
use store::Conn;
use store::claims::Claim;
use store::users::User;

use super::{UserWrite, field};
use crate::apply::current::Current;
use crate::apply::draft::Draft;
use crate::apply::plan::{FieldChange, HIDDEN, Kind};
use crate::apply::secrets::unset;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::passwords;
use crate::user::{self, Definitions, NewUser};

/// Compares the users.
pub(in crate::apply) async fn plan(
    ctx: &Ctx,
    conn: &mut Conn,
    draft: &mut Draft<'_>,
    subscription_id: Option<&str>,
    file: &SubscriptionDocument,
    settings: &SubscriptionSpec,
    current: &Current,
) -> Result<Vec<UserWrite>> {
    if file.users.is_empty() {
        return Ok(Vec::new());
    }
    let specs = claims_afterwards(file, current);
    let stored = match subscription_id {
        Some(id) => store::claims::list(conn, id).await?,
        None => Vec::new(),
    };
    let mut reader = Reader {
        ctx,
        subscription_id,
        settings,
        claims: Definitions::of_specs(specs.iter().copied()),
        unique: specs.iter().filter(|spec| spec.unique).copied().collect(),
        stored,
        seen: HashSet::new(),
    };
    let mut writes = Vec::new();
    for (index, spec) in file.users.iter().enumerate() {
        let at = draft.item("users", index);
        writes.extend(reader.compare(conn, draft, at, spec).await?);
    }
    Ok(writes)
}

/// The claims as they will be: the file's, and those that stand beside them.
fn claims_afterwards<'a>(file: &'a SubscriptionDocument, current: &'a Current) -> Vec<&'a ClaimSpec> {
    let standing = current.claims.iter().map(|known| &known.spec);
    let unlisted = standing.filter(|spec| !file.claims.iter().any(|listed| listed.name == spec.name));
    file.claims.iter().chain(unlisted).collect()
}

struct Reader<'a> {
    ctx: &'a Ctx,
    subscription_id: Option<&'a str>,
    settings: &'a SubscriptionSpec,
    /// As they will be, for checking values.
    claims: Definitions<'a>,
    unique: Vec<&'a ClaimSpec>,
    /// As they stand, for finding who holds a value.
    stored: Vec<Claim>,
    /// Names and unique values of the file: field and canonical text.
    seen: HashSet<(String, String)>,
}

impl Reader<'_> {
    async fn compare(
        &mut self,
        conn: &mut Conn,
        draft: &mut Draft<'_>,
        at: String,
        spec: &UserSpec,
    ) -> Result<Option<UserWrite>> {
        let before = self.find(conn, spec).await?;
        // For somebody who exists claims and disabling do not count, so that a file that was applied
        // once can be applied again whatever people have changed since.
        let counts = before.is_none() || draft.options.reset_users;
        let claims = if counts { spec.claims.clone() } else { BTreeMap::new() };
        let is_disabled = before.as_ref().is_some_and(|user| user.disabled_at.is_some());
        let disabled = if counts { spec.disabled } else { is_disabled };
        let spec = &UserSpec { claims, disabled, ..spec.clone() };
        let mut errors = self.check(spec);
        self.check_repeated(spec, &mut errors);
        if let Some(id) = self.subscription_id.filter(|_| errors.is_empty()) {
            let claims = Definitions::new(id, &self.stored);
            let except = before.as_ref().map(|user| user.id.as_str());
            errors = user::taken(conn, &claims, &row(spec, &values(spec)), except).await?;
        }
        let mut password = None;
        if counts {
            password = self.password(draft, spec, before.as_ref(), &mut errors).await?;
        }
        for error in &mut errors.0 {
            error.field = field(&error.field);
        }
        let refused = !errors.is_empty();
        draft.refuse_all(&at, errors);
        if refused {
            return Ok(None);
        }
        let changed = self.changed(conn, spec, before.as_ref(), password.is_some()).await?;
        if before.is_some() && changed.is_empty() {
            return Ok(None);
        }
        let kind = if before.is_some() { Kind::Change } else { Kind::Create };
        let name = spec.username.as_deref().or(spec.email.as_deref()).unwrap_or_default();
        draft.note(kind, "users", name, changed);
        Ok(Some(UserWrite { at, spec: spec.clone(), before, password, password_hash: None }))
    }

    /// By user name; without one, by address.
    async fn find(&self, conn: &mut Conn, spec: &UserSpec) -> Result<Option<User>> {
        let Some(id) = self.subscription_id else { return Ok(None) };
        let Some(login) = spec.username.as_deref().or(spec.email.as_deref()) else { return Ok(None) };
        Ok(store::users::find_by_login(conn, id, login).await?)
    }

    /// Everything that is wrong with the user alone.
    fn check(&self, spec: &UserSpec) -> FieldErrors {
        user::check_new(&self.claims, &row(spec, &values(spec)))
    }

    /// Notes names and unique values that an earlier user of the file has.
    fn check_repeated(&mut self, spec: &UserSpec, errors: &mut FieldErrors) {
        let names = [
            ("username", spec.username.as_deref().map(canonical::text)),
            ("email", spec.email.as_deref().map(canonical::email)),
        ];
        let names = names.into_iter().filter_map(|(field, text)| Some((field.to_owned(), text?)));
        let unique = self.unique.iter().filter_map(|claim| {
            let value = spec.claims.get(&claim.name)?;
            Some((claim.name.clone(), claim_value::canonical(claim.kind, value)))
        });
        for (field, text) in names.chain(unique).collect::<Vec<_>>() {
            if !self.seen.insert((field.clone(), text)) {
                errors.add(&field, Problem::new("taken"));
            }
        }
    }

    /// The password to be set: none where the file has none, where it is the present one, or where
    /// a variable is unset and somebody has one already.
    async fn password(
        &self,
        draft: &Draft<'_>,
        spec: &UserSpec,
        before: Option<&User>,
        errors: &mut FieldErrors,
    ) -> Result<Option<String>> {
        let Some(reference) = &spec.password else { return Ok(None) };
        let read = draft.options.secrets.read(reference);
        let Some(read) = errors.check("password", read) else { return Ok(None) };
        let Some(password) = read else {
            if before.is_none() {
                errors.add("password", unset(reference));
            }
            return Ok(None);
        };
        let own = [spec.username.as_deref(), spec.email.as_deref()].map(Option::unwrap_or_default);
        errors.check("password", passwords::policy(&password, self.settings, &own));
        if let Some(stored) = before.and_then(|user| user.password_hash.as_deref())
            && self.ctx.hasher.verify(&password, Some(stored)).await?
        {
            return Ok(None);
        }
        Ok(Some(password))
    }

    /// What a plan says of a user. Values are not shown.
    async fn changed(
        &self,
        conn: &mut Conn,
        spec: &UserSpec,
        before: Option<&User>,
        with_password: bool,
    ) -> Result<Vec<FieldChange>> {
        let mut changed = Vec::new();
        let mut field = |name: &str, old: Option<String>, new: Option<String>| {
            if new.is_some() && old != new {
                changed.push(FieldChange { name: name.to_owned(), old, new });
            }
        };
        field("username", before.and_then(|user| user.username.clone()), spec.username.clone());
        field("email", before.and_then(|user| user.email.clone()), spec.email.clone());
        let proven = spec.email_verified.then(|| "true".to_owned());
        field("email_verified", before.map(|user| user.email_verified.to_string()), proven);
        let was_disabled = before.is_some_and(|user| user.disabled_at.is_some());
        if was_disabled != spec.disabled {
            field("disabled", before.map(|_| was_disabled.to_string()), Some(spec.disabled.to_string()));
        }
        let hidden = || Some(HIDDEN.to_owned());
        field("password", before.and(None), hidden().filter(|_| with_password));
        let held = match before {
            Some(user) => store::claim_values::of_user(conn, &user.id).await?,
            None => Vec::new(),
        };
        for (name, value) in &spec.claims {
            let id = self.stored.iter().find(|claim| claim.object.spec.name == *name).map(|claim| &claim.object.id);
            let same = id.is_some_and(|id| held.iter().any(|(claim_id, held)| claim_id == id && held == value));
            field(&format!("claims.{name}"), None, hidden().filter(|_| !same));
        }
        Ok(changed)
    }
}

/// The claims of a user as pairs.
pub(super) fn values(spec: &UserSpec) -> Vec<(String, Value)> {
    spec.claims.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn row<'a>(spec: &'a UserSpec, claims: &'a [(String, Value)]) -> NewUser<'a> {
    NewUser {
        username: spec.username.as_deref(),
        email: spec.email.as_deref(),
        email_verified: spec.email_verified,
        password_hash: None,
        claims,
    }
}
