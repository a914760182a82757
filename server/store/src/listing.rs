//! Keyset paging with prefix search: from what was asked for to the bounds that a statement binds.
//!
//! A statement asks for `(key, id) > (start_key, start_id) AND key < end … LIMIT size + 1`, with
//! bounds that exclude nothing where there is no cursor and no search.

use model::{PageRequest, canonical};

use crate::key;

/// Bounds over a canonical key.
pub(crate) struct Range {
    /// Smallest key that matches.
    pub from: String,
    /// Above every key that matches.
    pub end: String,
}

impl Range {
    /// Every text that begins with a prefix.
    pub(crate) fn of_prefix(prefix: &str) -> Self {
        let prefix = key::prefix(prefix);
        let end = canonical::prefix_end(prefix).unwrap_or_else(key::top);
        Self { from: prefix.to_owned(), end }
    }

    /// True for a key within the bounds.
    pub(crate) fn holds(&self, key: &str) -> bool {
        key >= self.from.as_str() && key < self.end.as_str()
    }
}

/// What a list was asked for, as a statement needs it.
pub(crate) struct Listing {
    /// Matching canonical keys.
    pub range: Range,
    /// Matching technical names, which keep their case.
    pub raw: Range,
    /// Sort key to begin after.
    pub start_key: String,
    /// Id to begin after among rows of that sort key.
    pub start_id: String,
    /// Rows to fetch: one more than the page holds.
    pub limit: i64,
}

impl Listing {
    /// Reads a request. `None` when nothing can match it.
    pub(crate) fn new(request: &PageRequest) -> Option<Self> {
        let cursor = request.after.clone().unwrap_or(model::paging::Cursor { key: String::new(), id: String::new() });
        let findable = [&request.search, &cursor.key, &cursor.id].into_iter().all(|text| key::findable(text));
        findable.then(|| Self {
            range: Range::of_prefix(&canonical::text(&request.search)),
            raw: Range::of_prefix(request.search.trim()),
            start_key: cursor.key,
            start_id: cursor.id,
            limit: i64::from(request.size) + 1,
        })
    }
}

/// Where a list that shows the newest first begins: below this id.
pub(crate) fn newest_first(request: &PageRequest) -> (&str, i64) {
    // Ids begin with a hexadecimal digit, so this is above each of them.
    let below = request.after.as_ref().map_or("g", |cursor| cursor.id.as_str());
    (if key::findable(below) { below } else { "" }, i64::from(request.size) + 1)
}

/// The cursor of a list that shows the newest first.
pub(crate) fn by_id(id: &str) -> model::paging::Cursor {
    model::paging::Cursor { key: String::new(), id: id.to_owned() }
}
