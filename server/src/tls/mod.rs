//! TLS of the server's own, and certificates of clients (RFC 8705). Without settings for them the server speaks HTTP, and
//! a proxy in front of it ends TLS.

mod asking;
mod authorities;
mod certificate;
mod files;
mod forwarded;

pub use authorities::Authorities;
pub use certificate::read;
pub use forwarded::Forwarded;

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;
use oidc::certificate::Certificate;
use rustls::pki_types::CertificateDer;
use rustls::{ServerConfig, version};
use tokio_rustls::TlsAcceptor;

use crate::config::{Settings, TlsFiles};

/// The certificate of the other end of a connection; put there by the listener.
#[derive(Clone, Debug)]
pub struct PeerCertificate(pub Arc<Certificate>);

/// What connections are made with. Its files are read again while the server runs: certificates are renewed.
#[derive(Debug)]
pub struct Tls {
    files: TlsFiles,
    authorities: Option<Arc<Authorities>>,
    now: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads the files; `None` for a server that speaks HTTP.
    ///
    /// # Errors
    /// Names the setting whose file cannot be used.
    pub fn load(settings: &Settings, authorities: Option<Arc<Authorities>>) -> anyhow::Result<Option<Self>> {
        let Some(files) = settings.tls.clone() else { return Ok(None) };
        let config = config(&files, authorities.as_ref())?;
        Ok(Some(Self { files, authorities, now: RwLock::new(config) }))
    }

    /// Reads the files again. What cannot be used changes nothing.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn reload(&self) -> anyhow::Result<()> {
        let config = config(&self.files, self.authorities.as_ref())?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = config;
        Ok(())
    }

    /// For the next connection.
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// The certificate that came with a handshake, if one did and it can be read.
    pub fn certificate(&self, chain: Option<&[CertificateDer<'_>]>) -> Option<PeerCertificate> {
        let chain = chain?;
        let is_trusted = self.authorities.as_ref().is_some_and(|authorities| authorities.vouch_for(chain));
        read(chain.first()?, is_trusted).map(Arc::new).map(PeerCertificate)
    }
}

/// The authorities of clients, if there are any.
///
/// # Errors
/// Names the setting.
pub fn authorities(settings: &Settings) -> anyhow::Result<Option<Arc<Authorities>>> {
    let load = |file: &Path| {
        let loaded = Authorities::load(file);
        loaded.with_context(|| format!("TESSERA_TLS_CLIENT_CA: {}", file.display()))
    };
    settings.tls_client_ca.as_deref().map(|file| load(file).map(Arc::new)).transpose()
}

fn config(files: &TlsFiles, authorities: Option<&Arc<Authorities>>) -> anyhow::Result<Arc<ServerConfig>> {
    let chain = files::chain(&files.cert).with_context(|| format!("TESSERA_TLS_CERT: {}", files.cert.display()))?;
    let key = files::key(&files.key).with_context(|| format!("TESSERA_TLS_KEY: {}", files.key.display()))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    // BCP 195 (RFC 9325 section 3.1.1): 1.2 and 1.3, and nothing older, which rustls does not have.
    let builder = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .context("TLS")?;
    let builder = match authorities {
        Some(authorities) => builder.with_client_cert_verifier(asking::verifier(authorities)),
        None => builder.with_no_client_auth(),
    };
    let mut config = builder.with_single_cert(chain, key).context("TESSERA_TLS_CERT and TESSERA_TLS_KEY")?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
