//! Keyset paging: a page is asked for by the cursor of the row before it, never by an offset.

use serde::{Deserialize, Serialize};

/// Rows a list shows unless asked otherwise.
pub const DEFAULT_PAGE_SIZE: u32 = 50;
/// Rows a list shows at most.
pub const MAX_PAGE_SIZE: u32 = 200;

/// What a list was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// Search text: a prefix, compared canonically.
    pub search: String,
    /// Sort key and id of the last row already seen.
    pub after: Option<Cursor>,
    /// Rows wanted, 1 to [`MAX_PAGE_SIZE`].
    pub size: u32,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { search: String::new(), after: None, size: DEFAULT_PAGE_SIZE }
    }
}

/// Where a page ends: the sort key of its last row, and the row's id to break ties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Canonical sort key.
    pub key: String,
    /// Row id.
    pub id: String,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page starts; `None` on the last.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts `size + 1` fetched rows to a page; the surplus row says that there is a next page.
    pub fn from_surplus(mut rows: Vec<T>, size: u32, cursor: impl Fn(&T) -> Cursor) -> Self {
        let size = size.max(1) as usize;
        let next = (rows.len() > size).then(|| {
            rows.truncate(size);
            cursor(&rows[size - 1])
        });
        Self { items: rows, next }
    }

    /// The same page with each row changed.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
