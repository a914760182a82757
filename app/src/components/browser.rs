//! Browsers by their names, as far as they tell.

use leptos::prelude::*;

/// Parts of a user agent and what they stand for; the first that is found counts.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// What a browser calls itself, in short; all of it on hover.
#[component]
pub fn Browser(
    /// As received.
    user_agent: String,
) -> AnyView {
    let short = browser_name(&user_agent);
    view! {
        <span class="user-agent" title=user_agent>
            {short}
        </span>
    }
    .into_any()
}

/// Browser and system, as far as they tell; all that was sent where they do not.
pub fn browser_name(user_agent: &str) -> String {
    let find =
        |table: &[(&str, &'static str)]| table.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, n)| *n);
    let names: Vec<&str> = [find(&BROWSERS), find(&SYSTEMS)].into_iter().flatten().collect();
    if names.is_empty() { user_agent.to_owned() } else { names.join(" · ") }
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn browsers_that_pretend_to_be_others_are_told_apart() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser_name(edge), "Edge · Windows");
        assert_eq!(browser_name("curl/8"), "curl/8");
    }
}
