//! What stands, as a file that gives it back. Secrets become names of variables, passwords nothing.

use std::collections::HashSet;

use model::preset::ScopePreset;
use model::spec::{
    ApiConnectionSpec, ApplicationSpec, ClaimSpec, Document, IdentityScopeSpec, LogoFile, LogoRef, SecretRef,
    SubscriptionDocument, SubscriptionSpec, UserSpec,
};
use model::{PageRequest, paging, standard_claims};
use store::Conn;
use store::claims::Claim;
use store::snapshot::Snapshot;
use store::users::User;

use super::current::{Current, KnownConnection};
use super::draft::Known;
use crate::change::api_connection::default_scope;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::user::EMAIL;

/// The configuration of every subscription but the built-in one, or of one; with its users where
/// `users` says so. Always the same for the same configuration.
pub async fn export(ctx: &Ctx, subscription: Option<&str>, users: bool) -> Result<Document> {
    let mut conn = ctx.store.read_at_once().await?;
    let mut slugs = store::subscriptions::slugs(&mut conn).await?;
    if let Some(wanted) = subscription {
        slugs.retain(|slug| slug == wanted);
        if slugs.is_empty() {
            return Err(Error::NotFound);
        }
    }
    let mut variables = Variables::default();
    let mut document = Document::default();
    for slug in slugs {
        let Some(rows) = store::snapshot::load(&mut conn, &slug).await? else { continue };
        let (id, claims) = (rows.subscription.object.id.clone(), rows.claims.clone());
        let logo = rows.subscription.object.spec.branding.logo.clone();
        let mut file = configuration(Current::of(rows, ctx.now()), &mut variables);
        if let Some(logo) = logo {
            file.branding.logo = bytes(&mut conn, &id, logo).await?;
        }
        if users {
            file.users = people(&mut conn, &id, &claims).await?;
        }
        document.subscriptions.push(file);
    }
    Ok(document)
}

/// A logo as the file has it.
async fn bytes(conn: &mut Conn, subscription_id: &str, logo: LogoRef) -> Result<Option<LogoFile>> {
    let image = store::images::find(conn, subscription_id, &logo.hash).await?;
    Ok(image.map(|image| LogoFile { kind: logo.kind, base64: image.base64 }))
}

/// One subscription as a file, of rows that need not stand any more; without its users,
/// secrets and logo.
pub(crate) fn written_down(rows: Snapshot, now: i64) -> SubscriptionDocument {
    configuration(Current::of(Snapshot { secrets: Vec::new(), ..rows }, now), &mut Variables::default())
}

fn configuration(current: Current, variables: &mut Variables) -> SubscriptionDocument {
    let (spec, disabled) =
        current.subscription.map(|stored| (stored.spec, stored.disabled_at.is_some())).unwrap_or_default();
    let born = SubscriptionSpec::default();
    let unless_born = |value: i64, born: i64| (value != born).then_some(value);
    let slug = &spec.slug;
    let connections = current.connections.into_iter().map(|connection| written(connection, slug, variables));
    let api_connections = connections.collect();
    let applications = current.applications.into_iter().map(|application| {
        let spec = application.object.spec;
        // One that signs with its own key may have secrets of before, which count for nothing.
        let has_secret = spec.has_secret() && !application.secrets.is_empty();
        let secret = has_secret.then(|| variables.secret(slug, &spec.client_id));
        ApplicationSpec { secret, ..spec }
    });
    SubscriptionDocument {
        applications: applications.collect(),
        api_connections,
        claims: changed_claims(current.claims.into_iter().map(|known| known.spec)),
        without_identity_scopes: missing_scopes(&current.identity_scopes, spec.scope_preset),
        identity_scopes: changed_scopes(current.identity_scopes.into_iter().map(|known| known.spec), spec.scope_preset),
        users: Vec::new(),
        scope_preset: spec.scope_preset,
        registration: spec.registration,
        session_idle_lifetime: unless_born(spec.session_idle_lifetime, born.session_idle_lifetime),
        session_absolute_lifetime: unless_born(spec.session_absolute_lifetime, born.session_absolute_lifetime),
        branding: spec.branding.with_logo(None),
        password_min_length: unless_born(spec.password_min_length, born.password_min_length),
        application_defaults: spec.application_defaults,
        session_management: spec.session_management,
        client_registration: spec.client_registration,
        trusted_issuers: spec.trusted_issuers,
        disabled,
        name: spec.name,
        slug: spec.slug,
    }
}

/// Custom claims, and the standard ones that were changed.
fn changed_claims(claims: impl Iterator<Item = ClaimSpec>) -> Vec<ClaimSpec> {
    let born = standard_claims::all();
    claims.filter(|claim| !born.contains(claim)).collect()
}

/// The scopes that the preset does not make.
fn changed_scopes(scopes: impl Iterator<Item = IdentityScopeSpec>, preset: ScopePreset) -> Vec<IdentityScopeSpec> {
    let born = preset.scopes();
    scopes.filter(|scope| !born.contains(scope)).collect()
}

/// The scopes that the preset makes and that are not there any more.
fn missing_scopes(scopes: &[Known<IdentityScopeSpec>], preset: ScopePreset) -> Vec<String> {
    let there = |name: &String| scopes.iter().any(|known| known.spec.name == *name);
    preset.scopes().into_iter().map(|scope| scope.name).filter(|name| !there(name)).collect()
}

/// A connection with its scopes, but for its own one while that has no words of its own.
fn written(connection: KnownConnection, slug: &str, variables: &mut Variables) -> ApiConnectionSpec {
    let spec = connection.object.spec;
    let own = default_scope(&spec);
    let mut scopes: Vec<_> =
        connection.scopes.into_iter().map(|known| known.spec).filter(|scope| *scope != own).collect();
    scopes.sort_by_key(|scope| scope.name != spec.name);
    let secret = (!connection.secrets.is_empty()).then(|| variables.secret(slug, &spec.name));
    ApiConnectionSpec { secret, scopes, ..spec }
}

/// Names of variables, each given once.
#[derive(Default)]
struct Variables(HashSet<String>);

impl Variables {
    /// `MYSUB_MY_APP_SECRET`.
    fn secret(&mut self, slug: &str, object: &str) -> SecretRef {
        let plain: String = format!("{slug}_{object}_secret")
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        // No shell takes a name that begins with a digit.
        let base = if plain.starts_with(|c: char| c.is_ascii_digit()) { format!("_{plain}") } else { plain };
        let names = std::iter::once(base.clone()).chain((2_u32..).map(|n| format!("{base}_{n}")));
        let name = names.into_iter().find(|name| self.0.insert(name.clone()));
        SecretRef::Env(name.unwrap_or(base))
    }
}

/// Every user, in the order of the list.
async fn people(conn: &mut Conn, subscription_id: &str, claims: &[Claim]) -> Result<Vec<UserSpec>> {
    let mut request = PageRequest { size: paging::MAX_PAGE_SIZE, ..PageRequest::default() };
    let mut specs = Vec::new();
    loop {
        let page = store::users::page(conn, subscription_id, &request).await?;
        for user in page.items {
            specs.push(person(conn, user, claims).await?);
        }
        match page.next {
            Some(next) => request.after = Some(next),
            None => return Ok(specs),
        }
    }
}

async fn person(conn: &mut Conn, user: User, claims: &[Claim]) -> Result<UserSpec> {
    let held = store::claim_values::of_user(conn, &user.id).await?;
    let named = held.into_iter().filter_map(|(claim_id, value)| {
        let claim = claims.iter().find(|claim| claim.object.id == claim_id)?;
        Some((claim.object.spec.name.clone(), value))
    });
    Ok(UserSpec {
        claims: named.filter(|(name, _)| name != EMAIL).collect(),
        username: user.username,
        password: None,
        email: user.email,
        email_verified: user.email_verified,
        disabled: user.disabled_at.is_some(),
    })
}
