//! Signing keys: what is published, and making the next one. Viewers read, editors rotate; in the
//! built-in subscription, owners.

use model::spec::{AccessTokenFormat, ApplicationSpec, SigningAlg};
use model::{Problem, Role};
use oidc::tenant::Application;
use serde_json::json;
use store::signing_keys::SigningKey;
use store::subscriptions::Subscription;

use super::place::{enter, in_use};
use crate::actor::Actor;
use crate::change::{Change, Done, signing_key};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys;
use crate::revision::{Action, ObjectType, Revision};
use crate::snapshot::Snapshot;

/// Seconds for which a new key is published before it signs: longer than anybody keeps a key set.
const PUBLISHED_AHEAD: i64 = 3_600;
/// Seconds for which a retired key stays published: the longest life of a token, and some skew.
const PUBLISHED_AFTER: i64 = 86_400 + 300;

/// A key pair, without its private half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyView {
    /// As in token headers.
    pub kid: String,
    /// Signs with it, and with no other.
    pub alg: String,
    /// `next`, `signing` or `retired`.
    pub state: &'static str,
    /// Unix seconds; published from then on.
    pub created_at: i64,
    /// Unix seconds; signs from then on.
    pub activates_at: i64,
    /// Unix seconds; signs until then.
    pub retires_at: Option<i64>,
    /// Unix seconds; published until then.
    pub expires_at: Option<i64>,
    /// Unix seconds when the last token that it signs ends, by today's settings; `None` while no end of
    /// its signing is known.
    pub last_token_ends_at: Option<i64>,
}

/// What making the next key now would lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// Unix seconds; the next key is published from then on.
    pub now: i64,
    /// Unix seconds; it signs from then on, and the present one no more.
    pub activates_at: i64,
    /// Unix seconds when the last token of the present key ends, by today's settings.
    pub last_token_ends_at: i64,
    /// Unix seconds when the present key leaves the JWKS.
    pub expires_at: i64,
    /// Key id of the present one.
    pub kid: String,
    /// Which tokens live longest.
    pub longest: Longest,
    /// The next key waits already, and another one cannot be made yet.
    pub is_waiting: bool,
}

/// The tokens that live longest of all that are signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Longest {
    /// Seconds.
    pub seconds: i64,
    /// Name of an application that gets them; `None` where there is none.
    pub application: Option<String>,
}

impl Longest {
    /// Identity tokens, and access tokens that are JWTs: only these are signed, each with its algorithm.
    fn of<'a>(alg: SigningAlg, applications: impl Iterator<Item = &'a ApplicationSpec>) -> Self {
        let life = |spec: &ApplicationSpec| {
            let identity = (spec.identity_token_alg() == alg).then_some(spec.identity_token_lifetime);
            let is_signed = spec.format() == AccessTokenFormat::Jwt && spec.access_token_alg() == alg;
            identity.max(is_signed.then_some(spec.access_token_lifetime))
        };
        let longest = applications.filter_map(|spec| Some((life(spec)?, &spec.name))).max();
        longest.map(|(seconds, name)| Self { seconds, application: Some(name.clone()) }).unwrap_or_default()
    }
}

/// By the applications as they are set now; none of a subscription that is out of use.
fn longest(snap: Option<&Snapshot>, alg: SigningAlg) -> Longest {
    let longest = snap.map(|snap| Longest::of(alg, snap.tenant.applications().map(Application::spec)));
    longest.unwrap_or_default()
}

/// The published keys, the first to sign first.
pub async fn list(ctx: &Ctx, actor: &Actor, slug: &str) -> Result<Vec<KeyView>> {
    let now = ctx.now();
    let mut conn = ctx.read().await?;
    let subscription = enter(&mut conn, actor, slug, Role::Viewer).await?;
    let keys = store::signing_keys::list(&mut conn, &subscription.object.id).await?;
    let published = keys.into_iter().filter(|key| key.expires_at.is_none_or(|at| at > now));
    let published: Vec<SigningKey> = published.collect();
    drop(conn);
    let snap = in_use(ctx, &subscription).await?;
    let life = |key: &SigningKey| SigningAlg::parse(&key.alg).map_or(0, |alg| longest(snap.as_deref(), alg).seconds);
    let mut views: Vec<KeyView> =
        published.into_iter().map(|key| (life(&key), key)).map(|(life, key)| view(key, now, life)).collect();
    // By algorithm, since each is rotated by itself; within one, the first to sign first.
    views.sort_by_key(|view| SigningAlg::ALL.iter().position(|alg| alg.as_str() == view.alg));
    Ok(views)
}

/// What [`rotate`] would do now, with its moments. Whoever may rotate may ask. Not found where nothing signs with the
/// algorithm.
pub async fn rehearse(ctx: &Ctx, actor: &Actor, slug: &str, alg: SigningAlg) -> Result<Rehearsal> {
    let now = ctx.now();
    let mut conn = ctx.read().await?;
    let subscription = may_rotate(&mut conn, actor, slug).await?;
    let keys = store::signing_keys::list(&mut conn, &subscription.object.id).await?;
    drop(conn);
    let keys = of_alg(keys, alg);
    let signs = |key: &&SigningKey| key.activates_at <= now && key.retires_at.is_none_or(|at| at > now);
    let present = keys.iter().filter(signs).max_by_key(|key| key.activates_at).ok_or(Error::NotFound)?;
    let (activates_at, longest) = (now + PUBLISHED_AHEAD, longest(in_use(ctx, &subscription).await?.as_deref(), alg));
    Ok(Rehearsal {
        now,
        activates_at,
        last_token_ends_at: activates_at + longest.seconds,
        expires_at: activates_at + PUBLISHED_AFTER,
        kid: present.id.clone(),
        longest,
        is_waiting: keys.iter().any(|key| key.activates_at > now),
    })
}

fn view(key: SigningKey, now: i64, longest: i64) -> KeyView {
    let state = match key.retires_at {
        _ if key.activates_at > now => "next",
        Some(at) if at <= now => "retired",
        _ => "signing",
    };
    KeyView {
        last_token_ends_at: key.retires_at.map(|at| at + longest),
        state,
        kid: key.id,
        alg: key.alg,
        created_at: key.created_at,
        activates_at: key.activates_at,
        retires_at: key.retires_at,
        expires_at: key.expires_at,
    }
}

/// Makes the next key of an algorithm: published now, signing in an hour, when the present one retires. Refused
/// while a next key already waits; not found where nothing signs with the algorithm.
pub async fn rotate(ctx: &Ctx, actor: &Actor, slug: &str, alg: SigningAlg) -> Result<Done> {
    // Asked before, because making a key takes a moment.
    may_rotate(&mut ctx.read().await?, actor, slug).await?;
    let new = keys::generate(ctx, alg).await?;
    let mut change = Change::begin(ctx, actor).await?;
    let subscription_id = may_rotate(change.conn(), actor, slug).await?.object.id;
    let (now, activates_at) = (change.now, change.now + PUBLISHED_AHEAD);
    let known = of_alg(store::signing_keys::list(change.conn(), &subscription_id).await?, alg);
    if known.is_empty() {
        return Err(Error::NotFound);
    }
    if known.iter().any(|key| key.activates_at > now) {
        return Err(Error::field("", Problem::new("rotation-pending")));
    }
    for key in known.iter().filter(|key| key.retires_at.is_none()) {
        store::signing_keys::retire(&mut change.tx, &key.id, activates_at, activates_at + PUBLISHED_AFTER).await?;
    }
    store::signing_keys::insert(&mut change.tx, &signing_key::row(&subscription_id, &new, now, activates_at)).await?;
    let revision = Revision::of(&subscription_id, ObjectType::SigningKey, &new.kid, &new.kid);
    change
        .record(revision.after(Action::Rotate, &json!({ "alg": alg.as_str(), "activates_at": activates_at })))
        .await?;
    change.commit().await
}

fn of_alg(keys: Vec<SigningKey>, alg: SigningAlg) -> Vec<SigningKey> {
    keys.into_iter().filter(|key| key.alg == alg.as_str()).collect()
}

async fn may_rotate(conn: &mut store::Conn, actor: &Actor, slug: &str) -> Result<Subscription> {
    let subscription = enter(conn, actor, slug, Role::Editor).await?;
    if subscription.built_in {
        actor.require(&subscription.object.id, Role::Owner)?;
    }
    Ok(subscription)
}
