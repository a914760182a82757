//! The content security policy of a page.

use std::fmt::Write as _;

/// What a page may load and where its forms may lead; everything else is refused.
#[derive(Clone, Debug, Default)]
pub struct Policy<'a> {
    /// Of inline scripts and styles.
    pub nonce: &'a str,
    /// The page has islands: its own scripts, wasm and server functions.
    pub islands: bool,
    /// SHA-256 (base64) of the one inline script of a page without islands.
    pub script_hash: Option<&'a str>,
    /// Origins besides our own for `form-action`: Chromium follows the redirect after a form, too.
    pub form_action: &'a [String],
    /// Origins that frames load from.
    pub frame_src: &'a [String],
}

impl Policy<'_> {
    /// The header's value.
    pub fn header(&self) -> String {
        let nonce = self.nonce;
        let mut text = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src 'self' data:".to_owned();
        let _ = write!(text, "; style-src 'self' 'nonce-{nonce}'");
        if self.islands {
            let _ = write!(text, "; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; connect-src 'self'");
        } else if let Some(hash) = self.script_hash {
            let _ = write!(text, "; script-src 'sha256-{hash}'");
        }
        if !self.frame_src.is_empty() {
            text.push_str("; frame-src");
            push_sources(&mut text, self.frame_src);
        }
        text.push_str("; form-action 'self'");
        push_sources(&mut text, self.form_action);
        text
    }
}

fn push_sources(text: &mut String, origins: &[String]) {
    for origin in origins.iter().filter(|origin| is_source(origin)) {
        let _ = write!(text, " {origin}");
    }
}

/// An origin or a scheme, and nothing that would begin another directive.
fn is_source(origin: &str) -> bool {
    !origin.is_empty() && origin.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/[]+".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_islands_runs_nothing() {
        let header = Policy { nonce: "n", ..Policy::default() }.header();
        assert!(!header.contains("script-src") && header.contains("frame-ancestors 'none'"));
        assert!(header.ends_with("form-action 'self'"));
    }

    #[test]
    fn an_origin_cannot_smuggle_a_directive() {
        let origins = ["https://a.example".to_owned(), "x; script-src *".to_owned(), "com.example.app:".to_owned()];
        let header = Policy { form_action: &origins, frame_src: &origins, ..Policy::default() }.header();
        assert!(header.contains("; frame-src https://a.example com.example.app:; form-action"), "{header}");
        assert!(header.ends_with("form-action 'self' https://a.example com.example.app:"), "{header}");
    }
}
