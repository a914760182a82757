//! The browser's half of `app`: compile to wasm, bind, optimise, weigh.
//!
//! There is one wasm build, with the profile `wasm-release`; only releases
//! run the optimiser over it, which takes long and changes nothing but size.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::say;
use crate::stamp::Stamp;
use crate::{compress, optimise, paths, wasm_target};

/// What the assets are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Work and tests: not optimised for size.
    Debug,
    /// What people get: optimised, and refused when too large.
    Release,
}

/// The largest wasm that a console page may load, in brotli bytes.
const LIMIT: usize = 150_000;

/// What the page asks for: `LEPTOS_OUTPUT_NAME` in `.cargo/config.toml`.
const NAME: &str = "tessera";

const INPUTS: [&str; 7] =
    ["app/Cargo.toml", "app/src", "app/model", "frontend", "Cargo.toml", "Cargo.lock", ".cargo/config.toml"];

/// Brings `target/site/pkg/tessera.{js,wasm}` up to date.
pub fn build(purpose: Purpose) -> Result<()> {
    let bound = paths::at("target/front/pkg");
    let compiled = Stamp::of("front-compiled", &INPUTS)?;
    if !compiled.is_fresh(&[bound.join(format!("{NAME}.wasm"))]) {
        say("compiling the browser's wasm");
        bind(&wasm_target::compile()?, &bound)?;
        compiled.save()?;
    }
    publish(&bound, purpose)
}

/// Writes the wasm and its loader as the browser wants them.
fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen")?;
    fs::rename(folder.join(format!("{NAME}_bg.wasm")), folder.join(format!("{NAME}.wasm")))?;
    Ok(())
}

/// Puts the bound files where the server finds them, optimised for a release.
fn publish(bound: &Path, purpose: Purpose) -> Result<()> {
    let target = paths::site().join("pkg");
    let wasm = target.join(format!("{NAME}.wasm"));
    let outputs: [PathBuf; 2] = [wasm.clone(), target.join(format!("{NAME}.js"))];
    let plain = Stamp::of("front-published", &["target/front/pkg", "package-lock.json"])?;
    let optimised = plain.tagged("optimised");
    let fresh = optimised.is_fresh(&outputs) || (purpose == Purpose::Debug && plain.is_fresh(&outputs));
    if !fresh {
        copy_folder(bound, &target)?;
        if purpose == Purpose::Release {
            say("optimising the browser's wasm");
            optimise::wasm(&bound.join(format!("{NAME}.wasm")), &wasm)?;
        }
        compress::folder(&target)?;
        if purpose == Purpose::Release { optimised.save()? } else { plain.save()? }
    }
    weigh(&wasm, purpose)
}

/// Says how heavy the wasm is, and refuses a release that is too heavy.
fn weigh(wasm: &Path, purpose: Purpose) -> Result<()> {
    let raw = fs::metadata(wasm)?.len();
    let brotli = usize::try_from(fs::metadata(compress::beside(wasm))?.len())?;
    eprintln!("    wasm: {raw} bytes, {brotli} with brotli (limit {LIMIT})");
    if purpose == Purpose::Release && brotli > LIMIT {
        bail!("the console's wasm is {brotli} bytes with brotli; the limit is {LIMIT}");
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
