//! The certificate of a client as a proxy of ours tells it (RFC 9440).

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oidc::certificate::Certificate;
use percent_encoding::percent_decode_str;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::{Authorities, read};
use crate::config::TrustedProxies;

/// Section 2.2: between the client's certificate and an authority.
const CHAIN: &str = "client-cert-chain";

/// Who tells of certificates, and in which header.
#[derive(Clone, Debug)]
pub struct Forwarded {
    /// Its name, by the operator's setting: nobody is believed by default.
    pub header: HeaderName,
    /// Who vouches for clients.
    pub authorities: Option<Arc<Authorities>>,
}

impl Forwarded {
    /// True where it is a proxy of ours that speaks: what it says, or leaves out, is all that counts then.
    pub fn is_told_by(proxies: &TrustedProxies, peer: IpAddr) -> bool {
        proxies.trusts(peer.to_canonical())
    }

    /// The certificate of the client behind the proxy. Section 3: a header that came twice tells nothing.
    pub fn certificate(&self, headers: &HeaderMap) -> Option<Certificate> {
        let mut values = headers.get_all(&self.header).iter();
        let (own, None) = (values.next()?, values.next()) else { return None };
        let mut chain = vec![single(own.to_str().ok()?.trim())?];
        let between = headers.get_all(CHAIN).iter().filter_map(|value| value.to_str().ok());
        chain.extend(between.flat_map(|value| value.split(',')).filter_map(|one| sequence(one.trim())));
        let is_trusted = self.authorities.as_ref().is_some_and(|authorities| authorities.vouch_for(&chain));
        read(chain.first()?, is_trusted)
    }
}

/// As RFC 9440 has it, or as nginx writes `$ssl_client_escaped_cert`: the PEM, percent-encoded.
fn single(value: &str) -> Option<CertificateDer<'static>> {
    sequence(value).or_else(|| {
        let pem = percent_decode_str(value).decode_utf8().ok()?;
        CertificateDer::from_pem_slice(pem.as_bytes()).ok()
    })
}

/// RFC 8941 section 3.3.5: base64 between two colons.
fn sequence(value: &str) -> Option<CertificateDer<'static>> {
    let inside = value.strip_prefix(':')?.strip_suffix(':')?;
    STANDARD.decode(inside).ok().map(CertificateDer::from)
}
