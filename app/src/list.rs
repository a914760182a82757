//! The list mechanism: a search by GET, a table, keyset paging by an authenticated cursor.
//!
//! The state of a list is in the URL: `?q=`, `?after=`, `?size=`. A page with two lists tells them
//! apart by a prefix: `?scopes_q=`.

use leptos::prelude::*;
use model::paging::{Cursor, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE};
use model::{FormData, PageRequest};
use service::Ctx;

use crate::components::Icon;
use crate::tr;
use crate::visit::{PageError, Visit};

/// Longest search text, in characters.
const MAX_SEARCH: usize = 200;

/// What the URL asks for. A forged cursor or a senseless size is a bad request.
pub fn request(ctx: &Ctx, query: &FormData) -> Result<PageRequest, PageError> {
    request_of(ctx, query, "")
}

/// Like [`request`] for one of several lists.
pub fn request_of(ctx: &Ctx, query: &FormData, prefix: &str) -> Result<PageRequest, PageError> {
    let parameter = |name: &str| query.optional(&format!("{prefix}{name}"));
    let after = parameter("after").map(|sealed| service::cursor::open(ctx, &sealed)).transpose();
    let size = match parameter("size") {
        None => DEFAULT_PAGE_SIZE,
        Some(size) => size.parse().ok().filter(|s| (1..=MAX_PAGE_SIZE).contains(s)).ok_or(PageError::BadRequest)?,
    };
    let search = parameter("q").unwrap_or_default().chars().take(MAX_SEARCH).collect();
    Ok(PageRequest { search, after: after.map_err(|_| PageError::BadRequest)?, size })
}

/// Where a list stands: its path, search and the way to the next page.
#[derive(Clone, Debug, Default)]
pub struct ListState {
    path: String,
    prefix: &'static str,
    search: String,
    next: Option<String>,
    /// Other parameters of the URL.
    kept: String,
    is_first: bool,
    is_empty: bool,
}

impl ListState {
    /// From the request and the page that was found.
    pub fn new<T>(visit: &Visit, request: &PageRequest, found: &model::Page<T>) -> Result<Self, PageError> {
        Self::of(visit, request, found, "")
    }

    /// Like [`Self::new`] for one of several lists.
    pub fn of<T>(
        visit: &Visit,
        request: &PageRequest,
        found: &model::Page<T>,
        prefix: &'static str,
    ) -> Result<Self, PageError> {
        let path = visit.here.split('?').next().unwrap_or_default().to_owned();
        let next =
            found.next.as_ref().map(|cursor| next_link(&visit.ctx, &path, prefix, request, cursor)).transpose()?;
        let is_first = request.after.is_none();
        let (search, kept) = (request.search.clone(), String::new());
        Ok(Self { path, prefix, search, next, kept, is_first, is_empty: found.items.is_empty() })
    }

    /// With other parameters of the URL (`a=b&c=d`), which the links to other pages keep.
    #[must_use]
    pub fn keeping(mut self, parameters: &str) -> Self {
        if !parameters.is_empty() {
            self.next = self.next.map(|link| format!("{link}&{parameters}"));
            parameters.clone_into(&mut self.kept);
        }
        self
    }

    /// True when there is nothing at all, as against nothing found.
    pub fn is_bare(&self) -> bool {
        self.is_empty && self.search.is_empty() && self.kept.is_empty() && self.is_first
    }
}

fn next_link(ctx: &Ctx, path: &str, prefix: &str, request: &PageRequest, cursor: &Cursor) -> Result<String, PageError> {
    let after = escape(&service::cursor::seal(ctx, cursor)?);
    let search = match request.search.as_str() {
        "" => String::new(),
        text => format!("&{prefix}q={}", escape(text)),
    };
    let size = match request.size {
        DEFAULT_PAGE_SIZE => String::new(),
        size => format!("&{prefix}size={size}"),
    };
    Ok(format!("{path}?{prefix}after={after}{search}{size}"))
}

/// Percent-encodes a value for a URL's query or for one segment of its path.
pub fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A list: search, rows or an empty state, the way on.
#[component]
pub fn List(
    /// Where it stands.
    state: ListState,
    /// What is searched: "Search applications". Empty: there is no search.
    #[prop(into)]
    search_label: String,
    /// What the things are for, shown with the first step when there are none.
    #[prop(into)]
    empty: ViewFn,
    /// The table or the cards.
    children: Children,
) -> AnyView {
    if state.is_bare() {
        return view! { <div class="empty-state">{empty.run()}</div> }.into_any();
    }
    let nothing = state.is_empty.then(|| view! { <p class="notice">{tr!("list-nothing-found")}</p> });
    let rows = (!state.is_empty).then(children);
    let searched = state.clone();
    let search = (!search_label.is_empty()).then(|| view! { <SearchForm state=searched label=search_label /> });
    view! {
        {search}
        {nothing}
        {rows}
        <Pager state />
    }
    .into_any()
}

#[component]
fn SearchForm(state: ListState, label: String) -> AnyView {
    let ListState { path, prefix, search, .. } = state;
    let clear =
        (!search.is_empty()).then(|| view! { <a class="btn btn-ghost" href=path.clone()>{tr!("list-clear")}</a> });
    let id = format!("{prefix}search");
    view! {
        <form class="search-form" method="get" action=path role="search" aria-label=label.clone()>
            <label class="sr-only" for=id.clone()>
                {label.clone()}
            </label>
            <input class="input" type="search" id=id name=format!("{prefix}q") value=search placeholder=label.clone() maxlength="200" data-keys="/" />
            <button class="btn" type="submit">
                <Icon name="search" />
                {tr!("list-search")}
            </button>
            {clear}
        </form>
    }.into_any()
}

#[component]
fn Pager(state: ListState) -> AnyView {
    let search = match (state.search.as_str(), state.kept.as_str()) {
        ("", "") => String::new(),
        ("", kept) => format!("?{kept}"),
        (text, "") => format!("?{}q={}", state.prefix, escape(text)),
        (text, kept) => format!("?{}q={}&{kept}", state.prefix, escape(text)),
    };
    let first = (!state.is_first).then(|| {
        view! {
            <a class="btn btn-sm" href=format!("{}{search}", state.path)>
                {tr!("list-first-page")}
            </a>
        }
    });
    let next = state.next.map(|link| {
        view! {
            <a class="btn btn-sm ms-auto" href=link rel="next">
                {tr!("list-next-page")}
            </a>
        }
    });
    (first.is_some() || next.is_some())
        .then(|| {
            view! {
                <nav class="pager" aria-label=tr!("list-pages")>
                    {first}
                    {next}
                </nav>
            }
        })
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn everything_unusual_is_escaped() {
        assert_eq!(escape("a b&c/é"), "a%20b%26c%2F%C3%A9");
    }
}
