//! Holds the themes of `style/themes.css` to WCAG AA, for every pair of colours that pages put together.

use std::collections::HashMap;
use std::fs;

use crate::paths;

type Theme = HashMap<String, [f64; 3]>;

/// Text on its surfaces (WCAG 1.4.3).
const TEXT: f64 = 4.5;
/// Borders of inputs and other marks that carry meaning (WCAG 1.4.11).
const MARK: f64 = 3.0;

const SURFACES: [&str; 3] = ["--color-base-100", "--color-base-200", "--color-base-300"];
const TONES: [&str; 7] = ["primary", "secondary", "accent", "info", "success", "warning", "error"];

#[test]
fn text_is_readable_on_every_surface() {
    for theme in themes() {
        for surface in SURFACES {
            for text in ["--color-base-content", "--muted"] {
                holds(&theme, text, surface, TEXT);
            }
            for tone in TONES {
                holds(&theme, &format!("--color-{tone}"), surface, TEXT);
            }
        }
    }
}

#[test]
fn text_is_readable_on_every_fill() {
    for theme in themes() {
        for tone in TONES.iter().chain(&["neutral"]) {
            holds(&theme, &format!("--color-{tone}-content"), &format!("--color-{tone}"), TEXT);
        }
        holds(&theme, "--tessera-primary-content", "--tessera-primary", TEXT);
    }
}

#[test]
fn a_soft_badge_is_readable() {
    for theme in themes() {
        for tone in TONES {
            // daisyUI: 8 % of the tone on base-100.
            let tone = theme[&format!("--color-{tone}")];
            let surface = theme["--color-base-100"];
            let tint = std::array::from_fn(|i| tone[i] * 0.08 + surface[i] * 0.92);
            assert!(contrast(tone, tint) >= TEXT, "{tone:?} on {tint:?}: {:.2}", contrast(tone, tint));
        }
    }
}

#[test]
fn inputs_can_be_seen() {
    for theme in themes() {
        for surface in ["--color-base-100", "--color-base-200"] {
            holds(&theme, "--line-strong", surface, MARK);
        }
    }
}

fn holds(theme: &Theme, front: &str, back: &str, least: f64) {
    let ratio = contrast(theme[front], theme[back]);
    assert!(ratio >= least, "{front} on {back}: {ratio:.2}, at least {least}");
}

/// The colours of each theme, as sRGB from 0 to 1.
fn themes() -> Vec<Theme> {
    let css = fs::read_to_string(paths::at("style/themes.css")).unwrap();
    let themes: Vec<Theme> =
        css.split("@plugin").skip(1).map(|block| block.lines().filter_map(colour).collect()).collect();
    assert_eq!(themes.len(), 2, "a light and a dark theme");
    themes
}

fn colour(line: &str) -> Option<(String, [f64; 3])> {
    let (name, value) = line.trim().trim_end_matches(';').split_once(": #")?;
    let part = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).map(|byte| f64::from(byte) / 255.0).ok();
    Some((name.to_owned(), [part(0)?, part(2)?, part(4)?]))
}

/// The contrast ratio of WCAG 2, from 1 to 21.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance as WCAG 2 defines it.
fn luminance(srgb: [f64; 3]) -> f64 {
    let [red, green, blue] =
        srgb.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
