//! PEM files.

use std::path::Path;

use anyhow::{Context as _, ensure};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// The certificates of a file, in their order.
///
/// # Errors
/// When it cannot be read, or holds none.
pub fn chain(file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let all = CertificateDer::pem_file_iter(file).context("it cannot be read")?;
    let all = all.collect::<Result<Vec<_>, _>>().context("it is no PEM file with certificates")?;
    ensure!(!all.is_empty(), "there is no certificate in it");
    Ok(all)
}

/// The first private key of a file.
///
/// # Errors
/// When it cannot be read, or holds none.
pub fn key(file: &Path) -> anyhow::Result<PrivateKeyDer<'static>> {
    PrivateKeyDer::from_pem_file(file).context("there is no private key in it that can be read")
}
