//! Keys of a subscription as they are stored, and made where an application begins to need one.

use model::spec::ApplicationSpec;
use store::signing_keys::SigningKey;

use super::Change;
use crate::error::Result;
use crate::keys::{self, NewKey};

/// A key as it is stored. Published from now on, it signs from `activates_at`.
pub(crate) fn row(subscription_id: &str, key: &NewKey, now: i64, activates_at: i64) -> SigningKey {
    SigningKey {
        id: key.kid.clone(),
        subscription_id: subscription_id.to_owned(),
        alg: key.alg.as_str().to_owned(),
        public_jwk: key.public_jwk.clone(),
        private_sealed: key.private_sealed.clone(),
        created_at: now,
        activates_at,
        retires_at: None,
        expires_at: None,
    }
}

/// Makes the keys that an application needs and the subscription does not have. Such a key signs at once: nobody can
/// have kept a key set for an algorithm that nothing was signed with. RSA keys take a moment, within the transaction:
/// it happens once for each algorithm, and all ways that lead to an application come through here.
pub(crate) async fn ensure(change: &mut Change<'_>, subscription_id: &str, spec: &ApplicationSpec) -> Result<()> {
    let known = store::signing_keys::list(change.conn(), subscription_id).await?;
    // One that retires has a successor.
    let signing = known.iter().filter(|key| key.retires_at.is_none()).map(|key| key.alg.as_str());
    let mut there: Vec<&str> = signing.collect();
    for alg in spec.algs_of_keys() {
        if there.contains(&alg.as_str()) {
            continue;
        }
        there.push(alg.as_str());
        let new = keys::generate(change.ctx, alg).await?;
        let row = row(subscription_id, &new, change.now, change.now);
        store::signing_keys::insert(&mut change.tx, &row).await?;
    }
    Ok(())
}
