//! Addresses of our own that came from outside: where a page leads back to.

/// The path (with its query) when it lies at or below `root`, and nothing that a browser could read
/// as another host or as another place of ours. An empty root stands for the whole host.
pub fn within<'a>(root: &str, path: &'a str) -> Option<&'a str> {
    let printable = path.bytes().all(|b| (0x21..=0x7e).contains(&b) && b != b'\\');
    let rest = path.strip_prefix(root)?;
    let is_root = !root.is_empty() && (rest.is_empty() || rest.starts_with('?'));
    let is_below = rest.starts_with('/') && !rest.starts_with("//");
    (printable && (is_root || is_below) && !climbs(rest)).then_some(path)
}

/// True where a segment leads up again; browsers read `%2e` as a dot (WHATWG URL, "double-dot URL path
/// segment").
fn climbs(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    path.replace("%2e", ".").split('/').any(|segment| matches!(segment, "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn pages_below_the_root_are_ours() {
        for path in ["/console", "/console?x", "/console/mysub/users?q=a..b", "/console/a/b..c"] {
            assert_eq!(within("/console", path), Some(path));
        }
        assert_eq!(within("", "/login?i=a"), Some("/login?i=a"));
        assert_eq!(within("/s/a", "/s/a/login"), Some("/s/a/login"));
    }

    #[test]
    fn nothing_leads_to_another_host_or_place() {
        for path in [
            "",
            "console",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/console",
            "javascript:alert(1)",
            "/consolevil",
            "/console//evil.example",
            "/console/../s/x",
            "/console/%2E%2e/s/x",
            "/console/.%2e/s/x",
            "/console\t",
            "/console/a\r\nset-cookie: a=b",
            "/console/é",
        ] {
            assert_eq!(within("/console", path), None, "{path}");
        }
        for path in ["", "//evil.example", "/\\evil.example", "/../", "?x", "login"] {
            assert_eq!(within("", path), None, "{path}");
        }
        assert_eq!(within("/s/a", "/s/ab/login"), None);
    }
}
