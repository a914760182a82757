//! The icon sprite, made of the icons named in `style/icons.txt`, and the static files.
//!
//! A page shows one with `<svg class="icon" aria-hidden="true"><use href="/icons.svg#NAME"/></svg>`.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};

use crate::stamp::Stamp;
use crate::{compress, npm, paths};

/// Brings `target/site/icons.svg` and the copies of `style/public` up to date.
pub fn build() -> Result<()> {
    let site = paths::site();
    let stamp = Stamp::of("icons", &["style/icons.txt", "style/public", "package-lock.json"])?;
    if stamp.is_fresh(&[site.join("icons.svg"), site.join("favicon.svg")]) {
        return Ok(());
    }
    npm::install(".")?;
    fs::create_dir_all(&site)?;
    let names = fs::read_to_string(paths::at("style/icons.txt"))?;
    fs::write(site.join("icons.svg"), sprite(&names)?)?;
    compress::file(&site.join("icons.svg"))?;
    for entry in fs::read_dir(paths::at("style/public"))? {
        let entry = entry?;
        let copy = site.join(entry.file_name());
        fs::copy(entry.path(), &copy)?;
        compress::file(&copy)?;
    }
    stamp.save()
}

/// One SVG with a `<symbol>` per name; lines that start with `#` are comments.
fn sprite(names: &str) -> Result<String> {
    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for name in names.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let file = paths::at("node_modules/lucide-static/icons").join(format!("{name}.svg"));
        let icon = fs::read_to_string(file).with_context(|| format!("style/icons.txt: no icon is called {name}"))?;
        let shapes = shapes(&icon).with_context(|| format!("the icon {name} is not an SVG"))?;
        write!(
            sprite,
            "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" \
             stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{shapes}</symbol>"
        )?;
    }
    sprite.push_str("</svg>\n");
    Ok(sprite)
}

/// What stands between `<svg …>` and `</svg>`, on one line.
fn shapes(icon: &str) -> Option<String> {
    let (_, rest) = icon.split_once("<svg")?;
    let (_, rest) = rest.split_once('>')?;
    let (inner, _) = rest.rsplit_once("</svg>")?;
    Some(inner.lines().map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    use super::shapes;

    #[test]
    fn shapes_are_the_inside_of_the_svg() {
        let icon = "<!-- licence -->\n<svg\n  width=\"24\"\n>\n  <path d=\"M0 0\" />\n</svg>\n";
        assert_eq!(shapes(icon).as_deref(), Some("<path d=\"M0 0\" />"));
        assert_eq!(shapes("no picture"), None);
    }
}
