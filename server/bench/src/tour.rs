//! Every page that the console has, at an address of the large subscription: taken from the table of routes
//! and from the links that pages show.

use std::collections::{BTreeMap, VecDeque};

use anyhow::Context as _;
use app::routes;

use crate::browser::Browser;
use crate::populate::LARGE;

/// Objects of one kind are alike: of each pattern so many are opened for the links they show.
const ENOUGH: usize = 3;
/// A file, which is as long as the log; and forms that show nothing of the database.
const NO_PAGES: [&str; 3] = ["/console/{slug}/audit/export", "/console/language", "/console/sign-out"];
/// Where changes are found: sign-ins fill the beginning of the log.
const CHANGES: &str = "audit?kind=application";

/// What was found.
pub struct Tour {
    /// The first address of each pattern.
    pub found: BTreeMap<&'static str, String>,
    /// Patterns that no link led to: what they are about is not in the database.
    pub missed: Vec<&'static str>,
}

impl Tour {
    /// Follows links from the large subscription on.
    pub async fn take(browser: &mut Browser) -> anyhow::Result<Self> {
        let patterns: Vec<&str> = routes::console().into_iter().map(|route| route.path).collect();
        let mut found: BTreeMap<&str, String> = BTreeMap::new();
        let mut opened: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let home = format!("/console/{LARGE}");
        let mut waiting = VecDeque::from(["/console".to_owned(), home.clone(), format!("{home}/{CHANGES}")]);
        while let Some(address) = waiting.pop_front() {
            let Some(pattern) = of(&address, &patterns) else { continue };
            let others = opened.entry(pattern).or_default();
            if others.contains(&address) || others.len() >= ENOUGH || NO_PAGES.contains(&pattern) {
                continue;
            }
            others.push(address.clone());
            let reply = browser.get(&address).await?;
            // A page that has nothing to ask leads elsewhere, and is not what was looked for.
            if !reply.status.is_success() {
                continue;
            }
            found.entry(pattern).or_insert(address);
            let links = reply.body.split(" href=\"").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next());
            waiting.extend(links.filter(|link| link.starts_with("/console")).map(str::to_owned));
        }
        let missed = patterns.into_iter().filter(|path| !found.contains_key(path) && !NO_PAGES.contains(path));
        let missed = missed.collect();
        Ok(Self { found, missed })
    }

    /// Where a pattern was found.
    pub fn at(&self, pattern: &str) -> anyhow::Result<&str> {
        self.found.get(pattern).map(String::as_str).with_context(|| format!("{pattern} was not found"))
    }
}

/// The most exact pattern of an address of the large subscription, or of none.
fn of<'a>(address: &str, patterns: &[&'a str]) -> Option<&'a str> {
    let fitting = patterns.iter().copied().filter(|pattern| fits(address, pattern));
    let pattern = fitting.min_by_key(|pattern| pattern.matches('{').count())?;
    let slug = address.strip_prefix("/console/").and_then(|rest| rest.split(['/', '?']).next());
    (!pattern.contains("{slug}") || slug == Some(LARGE)).then_some(pattern)
}

fn fits(address: &str, pattern: &str) -> bool {
    let address = address.split('?').next().unwrap_or_default();
    let (address, pattern): (Vec<&str>, Vec<&str>) = (address.split('/').collect(), pattern.split('/').collect());
    address.len() == pattern.len() && address.iter().zip(pattern).all(|(a, p)| p.starts_with('{') || *a == p)
}
