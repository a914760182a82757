//! Colours as `#rrggbb`, and how well one can be told from another (WCAG 2.2).

use std::fmt;

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Text on bright colours.
    pub const BLACK: Self = Self([0; 3]);
    /// Text on dark colours; also the ground of a card in the light theme.
    pub const WHITE: Self = Self([255; 3]);
    /// The ground of a card in the dark theme (`--color-base-100` of `style/themes.css`).
    pub const DARK: Self = Self([0x1b, 0x20, 0x27]);

    /// Reads `#rrggbb`; nothing else is a colour here.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|h| h.len() == 6 && h.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let channel = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// WCAG 2.2, relative luminance: 0 for black, 1 for white.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// WCAG 2.2, contrast ratio: 1 for the same colour, 21 for black and white.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever reads better on this colour. Never less than 4.5 to 1.
    #[must_use]
    pub fn text(self) -> Self {
        if self.contrast(Self::BLACK) >= self.contrast(Self::WHITE) { Self::BLACK } else { Self::WHITE }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_figures_are_a_colour() {
        assert_eq!(Colour::parse("#FFffFF"), Some(Colour::WHITE));
        for bad in ["", "#fff", "ffffff", "#gggggg", "#ffffff;", "red;}", "#ééé", "#+1+1+1"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        let teal = Colour::parse("#0b6572").expect("a colour");
        assert!((teal.contrast(Colour::WHITE) - 6.7).abs() < 0.1, "{}", teal.contrast(Colour::WHITE));
    }

    #[test]
    fn text_reads_on_every_colour() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let colour = Colour([red, green, blue]);
                    assert!(colour.contrast(colour.text()) >= 4.5, "{colour}");
                }
            }
        }
    }
}
