//! The sign-in page as the form would make it, in both themes, and how well its colour can be seen.
//!
//! Colours stand in attributes of SVG: a style in the page would need a nonce, which what an island
//! fetches later does not have.

use leptos::prelude::*;
use model::colour::Colour;

use super::FORM;
use crate::end_user::Brand;
use crate::end_user::brand::{BrandFooter, BrandHeader};
use crate::islands::{LivePreview, PreviewPlaces};
use crate::tr;

/// What the button sends as `do`.
pub const DO: &str = "preview";
const RESULT: &str = "branding-preview";

/// Least contrast of a button with its ground (WCAG 2.2, 1.4.11).
const MARK: f64 = 3.0;

/// Themes: name for the style sheet, heading, ground of a card.
const THEMES: [(&str, &str, Colour); 2] =
    [("tessera-light", "branding-on-light", Colour::WHITE), ("tessera-dark", "branding-on-dark", Colour::DARK)];

/// Beside "Save": looks ahead instead. A script does so by itself.
#[component]
pub fn PreviewButton() -> AnyView {
    view! {
        <button class="btn" type="submit" name="do" value=DO>
            {tr!("preview-show")}
        </button>
    }
    .into_any()
}

/// The preview, and the island that keeps it up to date.
#[component]
pub fn BrandPreview(
    /// As the form has it.
    brand: Brand,
) -> AnyView {
    let places = PreviewPlaces { settings: FORM.to_owned(), question: String::new(), result: RESULT.to_owned() };
    let colour = brand.accent.as_deref().and_then(Colour::parse);
    let cards = THEMES.map(|(theme, title, _)| {
        view! {
            <figure class="branding-theme">
                <figcaption>{tr!(title)}</figcaption>
                <div data-theme=theme>
                    <SignInCard brand=brand.clone() colour />
                </div>
            </figure>
        }
    });
    view! {
        <section class="branding-preview stack" aria-labelledby="branding-preview-heading">
            <h2 id="branding-preview-heading">{tr!("branding-preview")}</h2>
            <LivePreview places updating=tr!("preview-updating") />
            <div class="stack" id=RESULT>
                {cards.collect_view()}
                {colour.map(|colour| view! { <Contrast colour /> })}
            </div>
        </section>
    }
    .into_any()
}

/// A sign-in page that nobody can sign in to.
#[component]
fn SignInCard(brand: Brand, colour: Option<Colour>) -> AnyView {
    let fill = colour.map_or_else(|| "currentColor".to_owned(), |colour| colour.to_string());
    let button = match colour.map(Colour::text) {
        None => "branding-button",
        Some(Colour::BLACK) => "branding-button branding-button-black",
        Some(_) => "branding-button branding-button-white",
    };
    let field = |label: String| view! { <p>{label}<span class="branding-input"></span></p> };
    view! {
        <div class="branding-page">
            <Fill class="branding-bar" fill=fill.clone() />
            <div class="auth-card">
                <div>
                    <BrandHeader brand=brand.clone() />
                    <p class="branding-title">{tr!("sign-in")}</p>
                </div>
                {field(tr!("sign-in-username"))}
                {field(tr!("user-password"))}
                <p class=button>
                    <Fill class="branding-fill" fill />
                    <span>{tr!("sign-in")}</span>
                </p>
            </div>
            <BrandFooter brand />
        </div>
    }
    .into_any()
}

/// A surface of one colour.
#[component]
fn Fill(class: &'static str, fill: String) -> AnyView {
    view! {
        <svg class=class aria-hidden="true" focusable="false" preserveAspectRatio="none" viewBox="0 0 1 1">
            <rect width="1" height="1" fill=fill />
        </svg>
    }
    .into_any()
}

/// Figures, and what they mean.
#[component]
fn Contrast(colour: Colour) -> AnyView {
    let text = tr!("branding-contrast-text", ratio = ratio(colour.contrast(colour.text())));
    let grounds = THEMES.map(|(_, title, ground)| {
        let contrast = colour.contrast(ground);
        let (theme, ratio) = (tr!(title), ratio(contrast));
        if contrast >= MARK {
            view! { <li>{tr!("branding-contrast-good", theme = theme, ratio = ratio)}</li> }.into_any()
        } else {
            view! { <li><strong>{tr!("branding-contrast-poor", theme = theme, ratio = ratio)}</strong></li> }.into_any()
        }
    });
    let is_poor = THEMES.iter().any(|(_, _, ground)| colour.contrast(*ground) < MARK);
    let class = if is_poor { "notice notice-warning" } else { "notice" };
    view! {
        <div class=class>
            <ul class="plain-list">
                <li>{text}</li>
                {grounds.collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

/// One figure after the point, as the standard writes it; rounded down, so that nothing passes that does not.
fn ratio(contrast: f64) -> String {
    format!("{:.1}", (contrast * 10.0).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_never_rounded_up() {
        assert_eq!(ratio(2.99), "2.9");
        assert_eq!(ratio(21.0), "21.0");
    }
}
