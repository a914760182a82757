//! The build: what Cargo alone cannot do, in steps that are skipped when nothing changed.
//!
//! `make` names the everyday commands; `cargo xtask help` lists the steps.
//! Not for anything the program itself does: that lives in `server`.

mod assets;
mod bench;
mod checks;
mod compress;
mod conformance_tables;
#[cfg(test)]
mod contrast;
mod css;
mod debian;
mod front;
mod icons;
mod named_tests;
mod npm;
mod optimise;
mod paths;
mod postgres;
mod run;
mod security_table;
mod server_build;
mod stamp;
mod tests_all;
mod wasm_target;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::front::Purpose;

const HELP: &str = "\
cargo xtask STEP

  assets [--release]   everything under target/site: front, css, icons
  front [--release]    the browser's wasm and its loader
  css                  the style sheet
  icons                the icon sprite and the static files
  build                the debug binary and its assets
  release              the self-contained release binary
  lint                 formatting, clippy, and what else is installed
  security             docs/security.md and docs/conformance against the tests
  unit                 unit and integration tests, on SQLite and PostgreSQL
  e2e [ARGS]           browser tests (arguments go to Playwright)
  test                 lint, unit, e2e
  bench [SIZES]        the console's speed with much data, on SQLite and PostgreSQL
  fuzz [NUMBER]        random requests at each endpoint of the protocol (100000 unless told)
  postgres [COMMAND]   run COMMAND beside a private PostgreSQL (or wait for Ctrl-C)
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match step(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn step(args: &[String]) -> Result<()> {
    let (name, rest) = args.split_first().map_or(("help", args), |(name, rest)| (name.as_str(), rest));
    let purpose = if rest.iter().any(|arg| arg == "--release") { Purpose::Release } else { Purpose::Debug };
    match name {
        "assets" => assets::build(purpose),
        "front" => front::build(purpose),
        "css" => css::build(),
        "icons" => icons::build(),
        "build" => server_build::debug(),
        "release" => server_build::release(),
        "lint" => checks::lint(),
        "security" => checks::documents(),
        "unit" => tests_all::unit(),
        "e2e" => tests_all::e2e(rest),
        "test" => tests_all::all(),
        "bench" => bench::run(rest),
        "fuzz" => tests_all::fuzz(rest),
        "postgres" => postgres::beside(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no step `{other}`\n\n{HELP}"),
    }
}
