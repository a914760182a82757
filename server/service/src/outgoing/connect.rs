//! From a target to a connection: the name is looked up once, its addresses are judged, and only those that
//! passed are connected to. A name whose answer changes a moment later (DNS rebinding) gains nothing.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::error::OutgoingError;
use super::target::Target;
use super::{Rules, address};
use crate::error::{Error, Result};

/// What an exchange runs over.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// The addresses of a name with a port.
type Answer = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;
/// Looks names up.
pub type Lookup = Arc<dyn Fn(String, u16) -> Answer + Send + Sync>;

/// Opens connections. Cheap to clone.
#[derive(Clone)]
pub struct Connector {
    tls: TlsConnector,
    lookup: Lookup,
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connector")
    }
}

impl Connector {
    /// By the system's resolver; certificates must lead to a root of Mozilla's list.
    pub fn new() -> Result<Self> {
        Self::with(Arc::new(|host, port| Box::pin(async move { system(&host, port).await })))
    }

    /// By another resolver.
    pub fn with(lookup: Lookup) -> Result<Self> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_err(Error::internal)?.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), lookup })
    }

    /// A connection to one of the target's addresses that may be reached, with TLS where it asks for it.
    pub async fn connect(&self, target: &Target, rules: &Rules) -> Result<Box<dyn Stream>, OutgoingError> {
        let found = (self.lookup)(target.host.clone(), target.port).await.map_err(OutgoingError::Name)?;
        let stream = open(&allowed(found, target, rules)?).await?;
        if !target.tls {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(target.host.clone());
        let name = name.map_err(|_| OutgoingError::Url("the URL's host cannot be in a certificate"))?;
        let stream = self.tls.connect(name, stream).await.map_err(OutgoingError::Tls)?;
        Ok(Box::new(stream))
    }
}

async fn system(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    Ok(tokio::net::lookup_host((host, port)).await?.collect())
}

/// Those that may be reached; without TLS, only this machine.
fn allowed(found: Vec<SocketAddr>, target: &Target, rules: &Rules) -> Result<Vec<SocketAddr>, OutgoingError> {
    let mut refusal = OutgoingError::Name(io::ErrorKind::NotFound.into());
    let mut allowed = Vec::new();
    for address in found {
        let elsewhere = !target.tls && !address.ip().to_canonical().is_loopback();
        let closed = address::closed(address.ip(), rules).or_else(|| elsewhere.then_some("without TLS"));
        match closed {
            None => allowed.push(address),
            Some(kind) => refusal = OutgoingError::Closed { address: address.ip(), kind },
        }
    }
    if allowed.is_empty() { Err(refusal) } else { Ok(allowed) }
}

/// The first that answers.
async fn open(addresses: &[SocketAddr]) -> Result<TcpStream, OutgoingError> {
    TcpStream::connect(addresses).await.map_err(OutgoingError::Connection)
}
