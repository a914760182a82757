//! Addresses that applications named for something to be fetched from: what this process knows of each, in bounded
//! memory. What to do with it, and when to ask again, is for those who fetch.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Seconds between two attempts, whatever came of the first.
pub(crate) const PAUSE: i64 = 60;

/// Addresses of which something is kept where nobody says how many: some megabytes at most.
const MOST: usize = 1_000;

/// What is known of an address: what it gave last, and when it was asked. No clock but the one that is given.
#[derive(Debug)]
pub(crate) struct Kept<T> {
    good: Option<Good<T>>,
    tried_at: Option<i64>,
}

#[derive(Debug)]
struct Good<T> {
    value: T,
    fresh_until: i64,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { good: None, tried_at: None }
    }
}

impl<T> Kept<T> {
    /// What it gave, until its age and so many seconds more.
    pub fn within(&self, beyond: i64, now: i64) -> Option<&T> {
        self.good.as_ref().filter(|good| now < good.fresh_until + beyond).map(|good| &good.value)
    }

    /// True once the last attempt is long enough ago, whatever came of it.
    pub fn may_be_asked(&self, now: i64) -> bool {
        self.tried_at.is_none_or(|at| at + PAUSE <= now)
    }

    pub fn try_at(&mut self, now: i64) {
        self.tried_at = Some(now);
    }

    /// Keeps what came for as long as the answer says (`max_age`, in seconds), within these bounds.
    pub fn keep(&mut self, value: T, max_age: Option<u64>, bounds: &Ages, now: i64) {
        let age = max_age.map_or(bounds.usual, |age| i64::try_from(age).unwrap_or(i64::MAX));
        self.good = Some(Good { value, fresh_until: now + age.clamp(PAUSE, bounds.longest) });
    }
}

/// Seconds that something is kept. Never less than [`PAUSE`]: there would be nothing until it may be asked again.
pub(crate) struct Ages {
    /// Where the answer says nothing.
    pub usual: i64,
    /// Whatever it says.
    pub longest: i64,
}

/// What is known of each address, by a key of the caller's.
#[derive(Debug)]
pub(crate) struct Places<T> {
    places: Mutex<HashMap<String, Arc<Place<T>>>>,
    most: usize,
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self::of(MOST)
    }
}

/// An address, and what is known of it.
#[derive(Debug)]
pub(crate) struct Place<T> {
    pub uri: String,
    known: Mutex<Kept<T>>,
    /// Held by the one who fetches; the others wait for what it brings.
    pub fetching: tokio::sync::Mutex<()>,
}

impl<T> Places<T> {
    /// With room for so many.
    pub fn of(most: usize) -> Self {
        Self { places: Mutex::default(), most }
    }

    /// What is known of an address. Nothing while too many others were asked a moment ago: to forget them would be to
    /// ask them again at once.
    pub fn place(&self, key: &str, uri: &str, now: i64) -> Option<Arc<Place<T>>> {
        let mut places = locked(&self.places);
        if let Some(place) = places.get(key).filter(|place| place.uri == uri) {
            return Some(place.clone());
        }
        self.make_room(&mut places, key, now)?;
        let place = Place { uri: uri.to_owned(), known: Mutex::default(), fetching: tokio::sync::Mutex::default() };
        let place = Arc::new(place);
        places.insert(key.to_owned(), place.clone());
        Some(place)
    }

    /// Takes over what others of the same kind know of an address, where there is room.
    pub fn adopt(&self, key: &str, place: Arc<Place<T>>, now: i64) {
        let mut places = locked(&self.places);
        if self.make_room(&mut places, key, now).is_some() {
            places.insert(key.to_owned(), place);
        }
    }

    fn make_room(&self, places: &mut HashMap<String, Arc<Place<T>>>, key: &str, now: i64) -> Option<()> {
        if places.len() >= self.most && !places.contains_key(key) {
            let oldest =
                places.iter().map(|(key, place)| (place.known().tried_at.unwrap_or(i64::MIN / 2), key.clone())).min();
            let (_, oldest) = oldest.filter(|(tried_at, _)| tried_at + PAUSE <= now)?;
            places.remove(&oldest);
        }
        Some(())
    }
}

impl<T> Place<T> {
    /// Not to be held while something is fetched.
    pub fn known(&self) -> MutexGuard<'_, Kept<T>> {
        locked(&self.known)
    }
}

/// Nothing panics while it holds one of these; if it did, what is kept would still be whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
