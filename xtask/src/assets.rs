//! Everything that the server serves as a file.

use anyhow::Result;

use crate::front::Purpose;
use crate::{css, front, icons};

/// Brings `target/site` up to date.
pub fn build(purpose: Purpose) -> Result<()> {
    icons::build()?;
    css::build()?;
    front::build(purpose)
}
