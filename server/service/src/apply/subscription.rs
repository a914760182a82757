//! A subscription of the file with everything in it: what is wrong, what would change, and doing it.

use model::Stored;
use model::spec::{ClaimSpec, IdentityScopeSpec, SubscriptionDocument, SubscriptionSpec};
use store::Conn;

use super::api_connections::{self, Connections};
use super::applications::{self, Applications};
use super::current::Current;
use super::draft::{Draft, Write, located};
use super::plan::{FieldChange, Kind, fields};
use super::users::{self, UserWrite};
use super::{claims, identity_scopes, names};
use crate::change::{self, Change};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::NewKey;
use crate::picture::Picture;

/// What to do to one subscription.
#[derive(Debug)]
pub(super) struct SubscriptionWork {
    at: String,
    /// As it stands; `None` for one to be made.
    before: Option<Stored<SubscriptionSpec>>,
    after: SubscriptionSpec,
    disabled: bool,
    /// What the branding names.
    logo: Option<Picture>,
    claims: Vec<Write<ClaimSpec>>,
    identity_scopes: Vec<Write<IdentityScopeSpec>>,
    connections: Connections,
    applications: Applications,
    pub(super) users: Vec<UserWrite>,
}

impl SubscriptionWork {
    /// True for a subscription that needs a signing key.
    pub(super) fn is_new(&self) -> bool {
        self.before.is_none()
    }
}

/// Compares a subscription of the file with what stands.
pub(super) async fn plan(
    ctx: &Ctx,
    conn: &mut Conn,
    draft: &mut Draft<'_>,
    file: &SubscriptionDocument,
) -> Result<SubscriptionWork> {
    let current = Current::load(conn, &file.slug, file.scope_preset, ctx.now()).await?;
    let before = current.subscription.clone();
    let logo = logo(draft, file);
    let after = settings(file, before.as_ref(), logo.as_ref());
    draft.refuse_all(&draft.at.clone(), change::subscription::check(&after));
    note(draft, before.as_ref(), &after, file.disabled);
    names::check(draft, file, &current);
    let known = names::afterwards(file, &current, after.scope_preset, draft.options.prune);
    let clients = names::clients_afterwards(file, &current, draft.options.prune);
    let id = before.as_ref().map(|stored| stored.id.as_str());
    Ok(SubscriptionWork {
        claims: claims::plan(draft, conn, id, &file.claims, &current.claims).await?,
        identity_scopes: identity_scopes::plan(
            draft,
            &file.identity_scopes,
            &file.without_identity_scopes,
            &current.identity_scopes,
            after.scope_preset,
            &known,
        ),
        connections: api_connections::plan(draft, &file.api_connections, &current.connections),
        applications: applications::plan(draft, &file.applications, &current.applications, &known, &clients),
        users: users::plan(ctx, conn, draft, id, file, &after, &current).await?,
        at: draft.at.clone(),
        disabled: file.disabled,
        logo,
        before,
        after,
    })
}

/// The logo of the file, where it is one.
fn logo(draft: &mut Draft<'_>, file: &SubscriptionDocument) -> Option<Picture> {
    let read = Picture::of_file(file.branding.logo.as_ref()?);
    let at = format!("{}.branding.logo", draft.at);
    read.map_err(|problem| draft.refuse(&at, problem)).ok()
}

/// The settings that the file asks for. The preset counts at creation only.
fn settings(
    file: &SubscriptionDocument,
    before: Option<&Stored<SubscriptionSpec>>,
    logo: Option<&Picture>,
) -> SubscriptionSpec {
    let born = SubscriptionSpec::default();
    SubscriptionSpec {
        slug: file.slug.clone(),
        name: file.name.clone(),
        scope_preset: before.map_or(file.scope_preset, |stored| stored.spec.scope_preset),
        registration: file.registration,
        session_idle_lifetime: file.session_idle_lifetime.unwrap_or(born.session_idle_lifetime),
        session_absolute_lifetime: file.session_absolute_lifetime.unwrap_or(born.session_absolute_lifetime),
        branding: file.branding.clone().with_logo(logo.map(|picture| picture.logo().clone())),
        password_min_length: file.password_min_length.unwrap_or(born.password_min_length),
        application_defaults: file.application_defaults.clone(),
        session_management: file.session_management,
        client_registration: file.client_registration.clone(),
        trusted_issuers: file.trusted_issuers.clone(),
    }
}

fn note(draft: &mut Draft<'_>, before: Option<&Stored<SubscriptionSpec>>, after: &SubscriptionSpec, disabled: bool) {
    let was = before.map(|stored| &stored.spec);
    let mut changed = fields(was, after);
    let was_disabled = before.is_some_and(|stored| stored.disabled_at.is_some());
    if was_disabled != disabled {
        let old = before.map(|_| was_disabled.to_string());
        changed.push(FieldChange { name: "disabled".to_owned(), old, new: Some(disabled.to_string()) });
    }
    match before {
        None => draft.note(Kind::Create, "", "", changed),
        Some(_) if changed.is_empty() => {}
        Some(_) => draft.note(Kind::Change, "", "", changed),
    }
}

/// Does it: what others refer to first, what goes last.
pub(super) async fn write(change: &mut Change<'_>, work: &SubscriptionWork, key: Option<&NewKey>) -> Result<()> {
    let id = &located(&work.at, write_settings(change, work, key).await)?;
    claims::write(change, id, &work.claims).await?;
    identity_scopes::write(change, id, &work.identity_scopes).await?;
    api_connections::write(change, id, &work.connections).await?;
    applications::write(change, id, &work.applications).await?;
    applications::delete(change, id, &work.applications).await?;
    api_connections::delete(change, id, &work.connections).await?;
    identity_scopes::delete(change, id, &work.identity_scopes).await?;
    claims::delete(change, id, &work.claims).await?;
    users::write(change, id, &work.users).await
}

/// Writes the subscription's own row and returns its id.
async fn write_settings(change: &mut Change<'_>, work: &SubscriptionWork, key: Option<&NewKey>) -> Result<String> {
    let id = match (&work.before, key) {
        (None, Some(key)) => {
            change::subscription::create_with(change, work.after.clone(), key, work.logo.as_ref()).await?.id
        }
        (None, None) => return Err(Error::internal("a new subscription without a key")),
        (Some(before), _) => {
            let row = store::subscriptions::find(change.conn(), &before.id).await?.ok_or(Error::Changed)?;
            if before.spec != work.after {
                change::subscription::update_with(change, &row, before.version, &work.after, work.logo.as_ref())
                    .await?;
            }
            before.id.clone()
        }
    };
    let row = store::subscriptions::find(change.conn(), &id).await?.ok_or(Error::Changed)?;
    change::subscription::set_disabled(change, &row, row.object.version, work.disabled).await?;
    Ok(id)
}
