//! First start and every start: the database is brought up to date, the master key is the right
//! one, the built-in subscription and the console's application exist.

use std::sync::Arc;

use model::spec::{ApplicationSpec, ApplicationType, GrantType, SigningAlg, SubscriptionSpec};

use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::Sealer;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::KeySource;
use crate::outgoing::Outgoing;
use crate::passwords::Hasher;
use crate::random::Random;
use crate::{console_session, keys};

/// Slug of the built-in subscription, whose users are the administrators.
pub const SYSTEM: &str = "system";
/// The console's own application.
pub const CONSOLE_CLIENT_ID: &str = "tessera-console";
/// Where the database keeps the master key's fingerprint.
const FINGERPRINT: &str = "master_key_fingerprint";
/// Where it keeps, sealed, what pairwise names of users are made with. It never changes: all of them would.
const PAIRWISE_SALT: &str = "pairwise_salt";

/// What a server takes from the machine, and tests bring along.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// Time.
    pub clock: Clock,
    /// New private keys.
    pub key_source: KeySource,
}

/// Opens an installation. `key` gives the master key; its argument says whether a new one may be
/// made, which is so only while the database holds nothing sealed.
///
/// # Errors
/// `Unavailable` for a database out of reach; `Internal` with a sentence for a wrong master key.
pub async fn open(
    url: &str,
    config: Config,
    outside: Outside,
    key: impl FnOnce(bool) -> Result<[u8; 32]>,
) -> Result<Ctx> {
    let store = store::Store::open(url, &store::Options::default()).await?;
    store.migrate().await?;
    let known = store::installation::get(&mut store.read().await?, FINGERPRINT).await?;
    let sealer = Sealer::new(&key(known.is_none())?)?;
    let random = Arc::new(Random::default());
    let mut ctx = Ctx {
        pairwise_salt: Arc::default(),
        outgoing: Outgoing::new(&config)?,
        hasher: Hasher::new(config.hashing_slots, &random)?,
        store,
        config: Arc::new(config),
        clock: outside.clock,
        random,
        key_source: outside.key_source,
        sealer: Arc::new(sealer),
        snapshots: Arc::default(),
        incidents: Arc::default(),
        registration_pace: Arc::default(),
        last_used: Arc::default(),
        activity: Arc::default(),
        recent_figures: Arc::default(),
        published_keys: Arc::default(),
        application_logos: Arc::default(),
        request_objects: Arc::default(),
        client_documents: Arc::default(),
        rounds: Arc::default(),
    };
    check_fingerprint(&ctx).await?;
    ctx.pairwise_salt = pairwise_salt(&ctx).await?;
    ensure_system(&ctx).await?;
    Ok(ctx)
}

/// The first node writes its fingerprint; every other must have the same.
async fn check_fingerprint(ctx: &Ctx) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let known = store::installation::put_if_absent(&mut tx, FINGERPRINT, ctx.sealer.fingerprint()).await?;
    tx.commit().await?;
    if known == ctx.sealer.fingerprint() {
        return Ok(());
    }
    Err(Error::Internal(
        "the master key is not the one this database was made with; put the right file at TESSERA_MASTER_KEY_FILE"
            .to_owned(),
    ))
}

/// The first node makes it.
async fn pairwise_salt(ctx: &Ctx) -> Result<Arc<str>> {
    let known = store::installation::get(&mut ctx.read().await?, PAIRWISE_SALT).await?;
    let sealed = if let Some(sealed) = known {
        sealed
    } else {
        let new = ctx.sealer.seal(&ctx.random, PAIRWISE_SALT, ctx.random.token()?.as_bytes())?;
        let mut tx = ctx.begin().await?;
        let standing = store::installation::put_if_absent(&mut tx, PAIRWISE_SALT, &new).await?;
        tx.commit().await?;
        standing
    };
    let opened = ctx.sealer.open(PAIRWISE_SALT, &sealed).and_then(|salt| String::from_utf8(salt).ok());
    opened.map(Arc::from).ok_or_else(|| Error::internal("the salt of pairwise names cannot be opened"))
}

/// What the console's application looks like under the present settings.
fn console_application(config: &Config) -> ApplicationSpec {
    ApplicationSpec {
        client_id: CONSOLE_CLIENT_ID.to_owned(),
        name: "Tessera console".to_owned(),
        kind: ApplicationType::SinglePage,
        redirect_uris: vec![console_session::redirect_uri(&config.public_url)],
        post_logout_redirect_uris: vec![format!("{}/console", config.public_url)],
        grant_types: vec![GrantType::AuthorizationCode],
        allowed_identity_scopes: vec!["openid".to_owned()],
        allow_registration: false,
        ..ApplicationSpec::default()
    }
}

/// The built-in subscription and its application, where they are absent.
async fn ensure_system(ctx: &Ctx) -> Result<()> {
    let found = store::subscriptions::find_by_slug(&mut ctx.read().await?, SYSTEM).await?;
    let id = match found {
        Some(row) => row.object.id,
        None => create_system(ctx).await?,
    };
    let mut tx = ctx.begin().await?;
    if store::applications::find_by_client_id(&mut tx, &id, CONSOLE_CLIENT_ID).await?.is_some() {
        return Ok(());
    }
    let now = ctx.now();
    let object = model::Stored {
        id: ctx.new_id()?,
        version: 1,
        created_at: now,
        updated_at: now,
        disabled_at: None,
        spec: console_application(&ctx.config),
    };
    let row = store::applications::Application { subscription_id: id.clone(), built_in: true, object };
    store::applications::insert(&mut tx, &row).await?;
    store::config_version::bump(&mut tx, &id).await?;
    tx.commit().await?;
    ctx.snapshots.invalidate(&id);
    Ok(())
}

/// Makes the console's application follow a changed public URL. For a server that is about to serve:
/// a command beside it may run with other settings, and must not move the console away.
pub async fn follow_settings(ctx: &Ctx) -> Result<()> {
    let mut tx = ctx.begin().await?;
    let system = store::subscriptions::find_by_slug(&mut tx, SYSTEM).await?.ok_or(Error::NotFound)?;
    let id = &system.object.id;
    let wanted = console_application(&ctx.config);
    let stored = store::applications::find_by_client_id(&mut tx, id, CONSOLE_CLIENT_ID).await?;
    let Some(stored) = stored.filter(|stored| stored.object.spec != wanted) else { return Ok(()) };
    store::applications::update(&mut tx, &stored.object.id, stored.object.version, &wanted, ctx.now()).await?;
    store::config_version::bump(&mut tx, id).await?;
    tx.commit().await?;
    ctx.snapshots.invalidate(id);
    Ok(())
}

/// Of several first starters one creates it; the others find it.
async fn create_system(ctx: &Ctx) -> Result<String> {
    let key = keys::generate(ctx, SigningAlg::default()).await?;
    let spec = SubscriptionSpec {
        slug: SYSTEM.to_owned(),
        name: "Tessera".to_owned(),
        registration: false,
        ..SubscriptionSpec::default()
    };
    let mut tx = ctx.begin().await?;
    if let Some(row) = store::subscriptions::find_by_slug(&mut tx, SYSTEM).await? {
        return Ok(row.object.id);
    }
    let made = crate::change::subscription::insert(ctx, &mut tx, spec, true, &key).await;
    if let Ok(object) = &made {
        tx.commit().await?;
        return Ok(object.id.clone());
    }
    // Another node may have been faster.
    drop(tx);
    let row = store::subscriptions::find_by_slug(&mut ctx.read().await?, SYSTEM).await?;
    row.map_or_else(|| made.map(|object| object.id), |row| Ok(row.object.id))
}
