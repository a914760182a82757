//! What can be gone to: pages by their words, objects as they were found.

use model::canonical;
use service::console::search::{Hit, Kind};

use crate::console::{Place, Tab};
use crate::i18n::Locale;
use crate::list::escape;
use crate::say;

/// One line of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Address.
    pub to: String,
    /// In the sprite.
    pub icon: &'static str,
    /// For people.
    pub title: String,
    /// For programs, or empty.
    pub name: String,
    /// What it is.
    pub kind: String,
}

/// Forms for something new: for those who may.
const NEW: [(&str, &str); 6] = [
    ("/applications/new", "applications-new"),
    ("/scopes/claims/new", "claims-new"),
    ("/scopes/identity/new", "identity-scopes-new"),
    ("/connections/new", "connections-new"),
    ("/users/new", "users-new"),
    ("/keys/rotate", "keys-rotate"),
];

/// The pages of a subscription, and the forms for something new.
pub fn pages(l: Locale, place: &Place, query: &str) -> Vec<Entry> {
    let new = NEW.iter().filter(|_| place.may_edit()).map(|(path, name)| (*path, *name, "plus"));
    let all = Tab::open(place).chain(new).map(|(path, name, icon)| page(l, place.path(path), say!(l, name), icon));
    all.filter(|entry| matches(&entry.title, query)).collect()
}

/// A page of the console.
pub fn page(l: Locale, to: String, title: String, icon: &'static str) -> Entry {
    Entry { to, icon, title, name: String::new(), kind: say!(l, "search-page") }
}

/// An object of a subscription.
pub fn object(l: Locale, place: &Place, hit: Hit) -> Entry {
    let (below, icon, kind) = match hit.kind {
        Kind::Application => ("applications".to_owned(), "layout-grid", "search-application"),
        Kind::Claim => ("scopes/claims".to_owned(), "tags", "search-claim"),
        Kind::IdentityScope => ("scopes/identity".to_owned(), "id-card", "search-identity-scope"),
        Kind::ApiConnection => ("connections".to_owned(), "plug", "search-api-connection"),
        Kind::ApiScope => (format!("connections/{}/scopes", escape(&hit.parent)), "plug", "search-api-scope"),
        Kind::User => ("users".to_owned(), "user", "search-user"),
    };
    Entry { to: place.object(&below, &hit.id), icon, title: hit.title, name: hit.name, kind: say!(l, kind) }
}

/// True where some word of a title begins like the text; every title for an empty one.
pub fn matches(title: &str, query: &str) -> bool {
    let (title, query) = (canonical::text(title), canonical::text(query));
    title.starts_with(&query) || title.match_indices(' ').any(|(at, _)| title[at + 1..].starts_with(&query))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn pages_are_found_by_the_beginning_of_any_word() {
        assert!(matches("Audit log", "AU") && matches("Audit log", "log") && matches("Audit log", "audit l"));
        assert!(matches("Users", "") && !matches("Users", "ers"));
    }
}
