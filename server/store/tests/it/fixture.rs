//! Objects for tests, with as little in them as will do.

use std::sync::atomic::{AtomicU64, Ordering};

use model::Stored;
use model::spec::{ApiConnectionSpec, ApiScopeSpec, ApplicationSpec, ClaimSpec, IdentityScopeSpec, SubscriptionSpec};
use store::access_tokens::AccessToken;
use store::api_connections::ApiConnection;
use store::applications::Application;
use store::claims::Claim;
use store::codes::Code;
use store::events::Event;
use store::grants::Grant;
use store::interactions::Interaction;
use store::refresh_tokens::RefreshToken;
use store::revisions::Revision;
use store::scopes::{ApiScope, IdentityScope};
use store::sessions::Session;
use store::signing_keys::SigningKey;
use store::subscriptions::Subscription;
use store::users::User;
use store::{JsonText, Tx};

/// The time at which tests happen.
pub const NOW: i64 = 1_800_000_000;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A new id; later ones sort after earlier ones, as UUIDs of version 7 do.
pub fn id() -> String {
    format!("0192a3b4-c5d6-7000-8000-{:012x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A new hash.
pub fn hash() -> String {
    format!("{:064x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A specification as it is stored at first.
pub fn stored<T>(spec: T) -> Stored<T> {
    Stored { id: id(), version: 1, created_at: NOW, updated_at: NOW, disabled_at: None, spec }
}

/// A subscription of this slug and name.
pub fn subscription(slug: &str, name: &str) -> Subscription {
    let spec = SubscriptionSpec { slug: slug.into(), name: name.into(), ..SubscriptionSpec::default() };
    Subscription { object: stored(spec), built_in: false, config_version: 1 }
}

/// Stores a subscription and gives its id.
pub async fn in_subscription(tx: &mut Tx, slug: &str) -> String {
    let new = subscription(slug, slug);
    store::subscriptions::insert(tx, &new).await.expect("subscription");
    new.object.id
}

pub fn claim(subscription_id: &str, name: &str) -> Claim {
    let spec = ClaimSpec { name: name.into(), display_name: format!("The {name}"), ..ClaimSpec::default() };
    Claim { subscription_id: subscription_id.into(), standard: false, position: 1, object: stored(spec) }
}

pub fn identity_scope(subscription_id: &str, name: &str, claims: &[&str]) -> IdentityScope {
    let claims = claims.iter().map(|c| (*c).to_owned()).collect();
    let spec =
        IdentityScopeSpec { name: name.into(), display_name: format!("The {name}"), claims, ..Default::default() };
    IdentityScope { subscription_id: subscription_id.into(), position: 1, object: stored(spec) }
}

pub fn api_scope(subscription_id: &str, api_connection_id: &str, name: &str) -> ApiScope {
    let spec = ApiScopeSpec { name: name.into(), display_name: format!("The {name}"), ..ApiScopeSpec::default() };
    ApiScope {
        subscription_id: subscription_id.into(),
        api_connection_id: api_connection_id.into(),
        position: 1,
        object: stored(spec),
    }
}

pub fn api_connection(subscription_id: &str, name: &str) -> ApiConnection {
    let spec =
        ApiConnectionSpec { name: name.into(), display_name: format!("The {name}"), ..ApiConnectionSpec::default() };
    ApiConnection { subscription_id: subscription_id.into(), object: stored(spec) }
}

pub fn application(subscription_id: &str, client_id: &str, name: &str) -> Application {
    let spec = ApplicationSpec {
        client_id: client_id.into(),
        name: name.into(),
        allowed_identity_scopes: Vec::new(),
        ..ApplicationSpec::default()
    };
    Application { subscription_id: subscription_id.into(), built_in: false, object: stored(spec) }
}

pub fn user(subscription_id: &str, username: Option<&str>, email: Option<&str>) -> User {
    User {
        id: id(),
        subscription_id: subscription_id.into(),
        username: username.map(Into::into),
        email: email.map(Into::into),
        email_verified: false,
        password_hash: Some("$argon2id$1".into()),
        password_changed_at: Some(NOW),
        version: 1,
        created_at: NOW,
        updated_at: NOW,
        disabled_at: None,
    }
}

/// Stores a user of this name and gives the id.
pub async fn in_user(tx: &mut Tx, subscription_id: &str, username: &str) -> String {
    let new = user(subscription_id, Some(username), None);
    store::users::insert(tx, &new, &[]).await.expect("user");
    new.id
}

/// Stores an application of this name and gives its id.
pub async fn in_application(tx: &mut Tx, subscription_id: &str, client_id: &str) -> String {
    let new = application(subscription_id, client_id, client_id);
    store::applications::insert(tx, &new).await.expect("application");
    new.object.id
}

pub fn session(subscription_id: &str, user_id: &str) -> Session {
    Session {
        id: id(),
        hash: hash(),
        subscription_id: subscription_id.into(),
        user_id: user_id.into(),
        auth_time: NOW,
        amr: JsonText::encode(&["pwd"]),
        user_agent: "Test/1.0".into(),
        created_at: NOW,
        last_seen_at: NOW,
        expires_at: NOW + 1000,
        ended_at: None,
    }
}

pub fn grant(subscription_id: &str, application_id: &str, user_id: Option<&str>) -> Grant {
    Grant {
        id: id(),
        subscription_id: subscription_id.into(),
        application_id: application_id.into(),
        user_id: user_id.map(Into::into),
        session_id: None,
        created_at: NOW,
        expires_at: NOW + 1000,
        revoked_at: None,
    }
}

pub fn code(grant_id: &str) -> Code {
    Code {
        hash: hash(),
        grant_id: grant_id.into(),
        data: JsonText::encode(&serde_json::json!({"nonce": "n"})),
        created_at: NOW,
        expires_at: NOW + 60,
        consumed_at: None,
    }
}

pub fn refresh_token(grant_id: &str) -> RefreshToken {
    RefreshToken {
        hash: hash(),
        grant_id: grant_id.into(),
        data: JsonText::encode(&serde_json::json!({"scope": ["openid"]})),
        created_at: NOW,
        expires_at: NOW + 500,
        consumed_at: None,
        revoked_at: None,
        successor_hash: None,
    }
}

pub fn access_token(grant: &Grant) -> AccessToken {
    AccessToken {
        hash: hash(),
        subscription_id: grant.subscription_id.clone(),
        application_id: grant.application_id.clone(),
        user_id: grant.user_id.clone(),
        grant_id: Some(grant.id.clone()),
        data: JsonText::encode(&serde_json::json!({"scope": ["openid"]})),
        created_at: NOW,
        expires_at: NOW + 500,
        revoked_at: None,
    }
}

/// A subscription, an application, a user and a grant: what tokens hang on.
pub struct Family {
    pub subscription_id: String,
    pub application_id: String,
    pub user_id: String,
    pub grant: Grant,
}

/// Stores a family.
pub async fn family(tx: &mut Tx, slug: &str) -> Family {
    let subscription_id = in_subscription(tx, slug).await;
    let application_id = in_application(tx, &subscription_id, "app").await;
    let user_id = in_user(tx, &subscription_id, "john").await;
    let grant = grant(&subscription_id, &application_id, Some(&user_id));
    store::grants::insert(tx, &grant).await.expect("grant");
    Family { subscription_id, application_id, user_id, grant }
}

/// Stores a claim of this name and gives its id.
pub async fn in_claim(tx: &mut Tx, subscription_id: &str, name: &str) -> String {
    let new = claim(subscription_id, name);
    store::claims::insert(tx, &new).await.expect("claim");
    new.object.id
}

pub fn signing_key(subscription_id: &str, activates_at: i64) -> SigningKey {
    SigningKey {
        id: id(),
        subscription_id: subscription_id.into(),
        alg: "RS256".into(),
        public_jwk: JsonText::encode(&serde_json::json!({"kty": "RSA"})),
        private_sealed: "sealed".into(),
        created_at: NOW,
        activates_at,
        retires_at: None,
        expires_at: None,
    }
}

pub fn interaction(subscription_id: &str) -> Interaction {
    Interaction {
        hash: hash(),
        subscription_id: subscription_id.into(),
        kind: "authorize".into(),
        request: JsonText::encode(&serde_json::json!({"state": "a\0b"})),
        state: JsonText::encode(&serde_json::json!({})),
        version: 1,
        created_at: NOW,
        expires_at: NOW + 100,
        finished_at: None,
    }
}

pub fn event(subscription_id: Option<&str>, user_id: Option<&str>) -> Event {
    Event {
        id: id(),
        subscription_id: subscription_id.map(Into::into),
        at: NOW,
        kind: "sign_in".into(),
        actor: "john".into(),
        user_id: user_id.map(Into::into),
        application_id: None,
        reference: None,
        data: JsonText::encode(&serde_json::json!({})),
    }
}

pub fn revision(subscription_id: Option<&str>, object_id: &str) -> Revision {
    Revision {
        id: id(),
        subscription_id: subscription_id.map(Into::into),
        at: NOW,
        actor: "ann".into(),
        object_type: "claim".into(),
        object_id: object_id.into(),
        object_name: "card".into(),
        action: "create".into(),
        before: None,
        after: Some(JsonText::encode(&serde_json::json!({"name": "card"}))),
        change_id: Some(id()),
        facts: None,
    }
}
