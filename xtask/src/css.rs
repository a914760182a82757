//! The style sheet: Tailwind with daisyUI, from `style/main.css`.

use std::fs;

use anyhow::Result;

use crate::run::{ok, say};
use crate::stamp::Stamp;
use crate::{compress, npm, paths};

/// Brings `target/site/pkg/tessera.css` up to date.
pub fn build() -> Result<()> {
    let output = paths::site().join("pkg/tessera.css");
    // Tailwind keeps the classes that the pages mention, so the pages are an input.
    let stamp = Stamp::of("css", &["style", "app/src", "package-lock.json"])?;
    if stamp.is_fresh(std::slice::from_ref(&output)) {
        return Ok(());
    }
    npm::install(".")?;
    say("building the style sheet");
    fs::create_dir_all(paths::site().join("pkg"))?;
    ok(npm::tool("tailwindcss").args(["--input", "style/main.css", "--minify", "--silent", "--output"]).arg(&output))?;
    compress::file(&output)?;
    stamp.save()
}
