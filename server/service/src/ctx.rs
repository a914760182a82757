//! What every use case needs, handed in from outside.

use std::sync::Arc;

use store::{Conn, Store, Tx};

use crate::activity::Activity;
use crate::application_logo::ApplicationLogos;
use crate::client_registration::{ClientDocuments, Pace};
use crate::clock::Clock;
use crate::compliance::Recent;
use crate::config::Config;
use crate::crypto::Sealer;
use crate::error::Result;
use crate::housekeeping::Rounds;
use crate::incident::Incidents;
use crate::keys::KeySource;
use crate::last_used::LastUsed;
use crate::outgoing::Outgoing;
use crate::passwords::Hasher;
use crate::published_keys::PublishedKeys;
use crate::random::Random;
use crate::request_objects::RequestObjects;
use crate::snapshot::Snapshots;

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The database.
    pub store: Store,
    /// Validated settings.
    pub config: Arc<Config>,
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub random: Arc<Random>,
    /// New private keys.
    pub key_source: KeySource,
    /// Encryption at rest.
    pub sealer: Arc<Sealer>,
    /// Argon2id on a bounded pool.
    pub hasher: Hasher,
    /// Configuration for the hot paths.
    pub snapshots: Arc<Snapshots>,
    /// Refused requests that were noted.
    pub incidents: Arc<Incidents>,
    /// Changes by applications that register themselves.
    pub registration_pace: Arc<Pace>,
    /// Uses of secrets and applications since the last write.
    pub last_used: Arc<LastUsed>,
    /// What happened since the last write.
    pub activity: Arc<Activity>,
    /// Who complies, as it was counted in the last seconds.
    pub recent_figures: Arc<Recent>,
    /// Requests to addresses that others named.
    pub outgoing: Outgoing,
    /// Keys that applications publish at an address.
    pub published_keys: Arc<PublishedKeys>,
    /// What pairwise names of users are made with.
    pub pairwise_salt: Arc<str>,
    /// Pictures that applications publish.
    pub application_logos: Arc<ApplicationLogos>,
    /// Request objects that applications publish at an address.
    pub request_objects: Arc<RequestObjects>,
    /// Documents that describe applications.
    pub client_documents: Arc<ClientDocuments>,
    /// Rounds of housekeeping.
    pub rounds: Arc<Rounds>,
}

impl Ctx {
    /// Seconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A new row id.
    pub fn new_id(&self) -> Result<String> {
        self.random.id(&self.clock)
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn> {
        Ok(self.store.read().await?)
    }

    /// A transaction to write with; dropped without `commit` it changes nothing.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(self.store.begin().await?)
    }

    /// The same for what many do at once, and that waits for nothing but its statements: see
    /// [`Store::begin_brief`].
    pub async fn begin_brief(&self) -> Result<Tx> {
        Ok(self.store.begin_brief().await?)
    }

    /// The issuer of a subscription.
    pub fn issuer(&self, slug: &str) -> String {
        self.config.issuer.issuer(slug)
    }
}
