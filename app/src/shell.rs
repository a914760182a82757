//! The HTML document around every page, and the one place where a page becomes text.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::config::LeptosOptions;
use leptos::nonce::{provide_nonce, use_nonce};
use leptos::prelude::*;
use model::colour::Colour;

use crate::components::AssetVersion;
use crate::form::Here;
use crate::i18n::Locale;
use crate::visit::Page;

/// Where the browser finds what pages need besides themselves.
#[derive(Clone, Debug)]
pub struct Assets {
    /// Goes after `?v=` of every asset's address: changes when any of them does.
    pub version: String,
    /// For the script of pages with islands.
    pub options: LeptosOptions,
}

impl Assets {
    /// Assets under `/pkg`, the place the build puts them.
    pub fn new(version: impl Into<String>) -> Self {
        let options = LeptosOptions::builder().output_name("tessera").site_pkg_dir("pkg").build();
        Self { version: version.into(), options }
    }
}

/// A page as text.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The whole document.
    pub html: String,
    /// The nonce that its inline scripts and styles carry, for the content security policy.
    pub nonce: String,
}

/// Renders a page. Pages load their data beforehand, so this waits for nothing.
pub fn render(page: Page, locale: Locale, assets: &Assets) -> Rendered {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let rendered = owner.with(|| {
        provide_nonce();
        provide_context(locale);
        provide_context(AssetVersion(assets.version.clone()));
        if let Some(here) = page.here.clone() {
            provide_context(Here(here));
        }
        let nonce = use_nonce().map(|n| n.to_string()).unwrap_or_default();
        let html = document(page, locale, assets).to_html();
        Rendered { html: format!("<!DOCTYPE html>{html}"), nonce }
    });
    owner.cleanup();
    rendered
}

fn document(page: Page, locale: Locale, assets: &Assets) -> impl IntoView {
    let style_sheet = format!("/pkg/tessera.css?v={}", assets.version);
    let brand =
        page.accent.as_deref().and_then(brand_rule).map(|rule| view! { <style nonce=use_nonce()>{rule}</style> });
    let icon = match page.icon {
        Some(icon) => view! { <link rel="icon" href=icon /> }.into_any(),
        None => view! { <link rel="icon" href="/favicon.svg" type="image/svg+xml" /> }.into_any(),
    };
    let options = assets.options.clone();
    let scripts = page.islands.then(move || view! { <HydrationScripts options islands=true /> });
    view! {
        <html lang=locale.tag()>
            <head>
                <meta charset="utf-8" />
                <title>{page.title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                {icon}
                <link rel="stylesheet" href=style_sheet />
                {brand}
                {scripts}
            </head>
            <body>{(page.body)()}</body>
        </html>
    }
}

/// The accent colour with the text colour that is readable on it. Anything but `#rrggbb` is ignored.
fn brand_rule(accent: &str) -> Option<String> {
    let colour = Colour::parse(accent)?;
    Some(format!(":root{{--brand:{colour};--brand-content:{}}}", colour.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_gets_readable_text() {
        assert_eq!(brand_rule("#ffff00").as_deref(), Some(":root{--brand:#ffff00;--brand-content:#000000}"));
        assert_eq!(brand_rule("#000080").as_deref(), Some(":root{--brand:#000080;--brand-content:#ffffff}"));
        assert_eq!(brand_rule("red;}"), None);
    }

    #[test]
    fn only_pages_with_islands_load_a_script() {
        let page = |islands| Page { islands, ..Page::new("T & t", || view! { <p>"hello"</p> }) };
        let plain = render(page(false), Locale::En, &Assets::new("1"));
        assert!(plain.html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{}", plain.html);
        assert!(plain.html.contains("<title>T &amp; t</title>"), "{}", plain.html);
        assert!(!plain.html.contains("<script"));
        let lively = render(page(true), Locale::En, &Assets::new("1"));
        assert!(lively.html.contains(&format!("nonce=\"{}\"", lively.nonce)));
    }
}
