//! Measurements, each as a ratio to a limit of the same run: nothing here is a test.

mod console;
mod endpoints;
mod load;
mod server;

use anyhow::Result;

/// `endpoints`, `console [SIZES]`, or both.
pub fn run(args: &[String]) -> Result<()> {
    match args.split_first() {
        Some((what, _)) if what == "endpoints" => endpoints::run(),
        Some((what, sizes)) if what == "console" => console::run(sizes),
        Some(_) => console::run(args),
        None => {
            endpoints::run()?;
            console::run(&[])
        }
    }
}
