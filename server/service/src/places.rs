//! Addresses that applications named for something to be fetched from: what this process knows of each, in bounded
//! memory. What is known, and when to ask again, is for [`Known`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Seconds between two attempts, whatever came of the first.
pub(crate) const PAUSE: i64 = 60;

/// Addresses of which something is kept: some megabytes at most.
const MOST: usize = 1_000;

/// What is known of an address.
pub(crate) trait Known: Default {
    /// When it was asked last.
    fn tried_at(&self) -> i64;
}

/// What is known of each address, by a key of the caller's.
#[derive(Debug)]
pub(crate) struct Places<K>(Mutex<HashMap<String, Arc<Place<K>>>>);

impl<K> Default for Places<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// An address, and what is known of it.
#[derive(Debug)]
pub(crate) struct Place<K> {
    pub uri: String,
    known: Mutex<K>,
    /// Held by the one who fetches; the others wait for what it brings.
    pub fetching: tokio::sync::Mutex<()>,
}

impl<K: Known> Places<K> {
    /// What is known of an address. Nothing while too many others were asked a moment ago: to forget them would be to
    /// ask them again at once.
    pub fn place(&self, key: &str, uri: &str, now: i64) -> Option<Arc<Place<K>>> {
        let mut places = locked(&self.0);
        if let Some(place) = places.get(key).filter(|place| place.uri == uri) {
            return Some(place.clone());
        }
        if places.len() >= MOST && !places.contains_key(key) {
            let oldest = places.iter().map(|(key, place)| (place.known().tried_at(), key.clone())).min();
            let (_, oldest) = oldest.filter(|(tried_at, _)| tried_at + PAUSE <= now)?;
            places.remove(&oldest);
        }
        let place = Place { uri: uri.to_owned(), known: Mutex::default(), fetching: tokio::sync::Mutex::default() };
        let place = Arc::new(place);
        places.insert(key.to_owned(), place.clone());
        Some(place)
    }
}

impl<K> Place<K> {
    /// Not to be held while something is fetched.
    pub fn known(&self) -> MutexGuard<'_, K> {
        locked(&self.known)
    }
}

/// Nothing panics while it holds one of these; if it did, what is kept would still be whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
