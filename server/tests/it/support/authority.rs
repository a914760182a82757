//! An authority that vouches for applications, and certificates that it, or nobody, has issued.

use std::path::PathBuf;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// See the module. There is one in each process.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// A certificate and its key.
pub struct Issued {
    /// DER.
    pub certificate: Vec<u8>,
    /// As PEM.
    pub pem: String,
    /// PKCS#8, as PEM.
    pub key_pem: String,
    /// PKCS#8.
    pub key: Vec<u8>,
    /// The raw public key: the point of a P-256 key.
    pub public: Vec<u8>,
}

impl Authority {
    pub fn here() -> &'static Self {
        static HERE: OnceLock<Authority> = OnceLock::new();
        HERE.get_or_init(|| {
            let key = KeyPair::generate().expect("a key");
            let mut params = CertificateParams::new(Vec::new()).expect("no names");
            params.distinguished_name.push(DnType::CommonName, "An authority of tests");
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
            let pem = params.self_signed(&key).expect("signed").pem();
            Self { issuer: Issuer::new(params, key), pem }
        })
    }

    /// Its own certificate, in a file.
    pub fn file(&self) -> PathBuf {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("authority-{}.pem", std::process::id()));
        std::fs::write(&file, &self.pem).expect("a file");
        file
    }

    /// Its own certificate.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate with these hosts (or addresses) among its names.
    pub fn issue(&self, common_name: &str, hosts: &[&str]) -> Issued {
        let key = KeyPair::generate().expect("a key");
        let certificate = params(common_name, hosts).signed_by(&key, &self.issuer).expect("signed");
        Issued::of(&certificate, &key)
    }
}

impl Issued {
    /// One that nobody else vouches for.
    pub fn by_itself(common_name: &str, hosts: &[&str]) -> Self {
        let key = KeyPair::generate().expect("a key");
        let certificate = params(common_name, hosts).self_signed(&key).expect("signed");
        Self::of(&certificate, &key)
    }

    fn of(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        Self {
            certificate: certificate.der().to_vec(),
            pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            key: key.serialize_der(),
            public: key.public_key_raw().to_vec(),
        }
    }

    /// In base64.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.certificate)
    }

    /// As a proxy tells it (RFC 9440 section 2.1).
    pub fn forwarded(&self) -> String {
        format!(":{}:", self.base64())
    }
}

fn params(common_name: &str, hosts: &[&str]) -> CertificateParams {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let mut params = CertificateParams::new(hosts).expect("names");
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Library, the");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth, ExtendedKeyUsagePurpose::ServerAuth];
    params
}
