//! Writes a brotli copy beside each asset, once, so that the server never compresses them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

const EXTENSIONS: [&str; 5] = ["css", "js", "svg", "txt", "wasm"];

/// Compresses every asset of a folder and of those in it.
pub fn folder(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if path.extension().is_some_and(|ext| EXTENSIONS.iter().any(|known| ext == *known)) {
            file(&path)?;
        }
    }
    Ok(())
}

/// Compresses one asset.
pub fn file(path: &Path) -> Result<()> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut fs::read(path)?.as_slice(), &mut compressed, &params)?;
    Ok(fs::write(beside(path), compressed)?)
}

/// Where an asset's brotli copy is: `tessera.wasm.br` beside `tessera.wasm`.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    name.into()
}
