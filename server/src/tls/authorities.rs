//! Who vouches for the certificates of applications (RFC 8705 section 2.1).

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;

use super::files;

/// Checks chains (RFC 5280 section 6): signatures, times, and that they end at one of these.
#[derive(Debug)]
pub struct Authorities(pub(super) Arc<dyn ClientCertVerifier>);

impl Authorities {
    /// Reads a PEM file.
    ///
    /// # Errors
    /// When it cannot be read, or holds no authority.
    pub fn load(file: &Path) -> anyhow::Result<Self> {
        let mut roots = RootCertStore::empty();
        for certificate in files::chain(file)? {
            roots.add(certificate).context("a certificate in it is no authority's")?;
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
        Ok(Self(verifier.context("its authorities cannot be used")?))
    }

    /// True when one of them vouches for the first certificate of a chain, now.
    pub fn vouch_for(&self, chain: &[CertificateDer<'_>]) -> bool {
        let Some((own, between)) = chain.split_first() else { return false };
        self.0.verify_client_cert(own, between, UnixTime::now()).is_ok()
    }
}
