//! The server's own TLS, and the certificates that it asks for (RFC 8705).

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::ResolvesClientCert;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ClientConnection, RootCertStore, SignatureScheme, StreamOwned};
use serde_json::{Value, json};
use server::config::Settings;
use server::config::given::{Given, Written};
use server::tls::Tls;

use crate::support::authority::{Authority, Issued};
use crate::support::binary::Folder;

/// A running server that ends TLS itself.
struct Served {
    child: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn install(folder: &Folder, server: &Issued) {
    folder.write("cert.pem", &server.pem);
    folder.write("key.pem", &server.key_pem);
    folder.write("clients.pem", Authority::here().pem());
}

fn start(folder: &Folder, applications: &Value) -> Served {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let file = json!({ "subscriptions": [{ "slug": "mysub", "name": "My sub", "applications": applications }] });
    folder.write("library.json", &file.to_string());
    let (listen, public) = (format!("127.0.0.1:{port}"), format!("https://localhost:{port}"));
    let settings = ["--listen", &listen, "--public-url", &public];
    folder.run(&[&["apply", "library.json"], &settings[..]].concat()).expect(0);
    let tls = ["--tls-cert", "cert.pem", "--tls-key", "key.pem", "--tls-client-ca", "clients.pem"];
    let arguments = [&["serve"], &settings[..], &tls].concat();
    let child = folder.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    let served = Served { child, port };
    let until = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "it does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    served
}

impl Served {
    /// A request of its own connection, with or without a certificate.
    fn send(&self, certificate: Option<&Issued>, request: &str) -> std::io::Result<String> {
        let key = certificate.map(|issued| (issued, &issued.key[..]));
        self.send_by(key, request)
    }

    /// The same, signing the handshake with any key.
    fn send_by(&self, presented: Option<(&Issued, &[u8])>, request: &str) -> std::io::Result<String> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(Authority::here().pem().as_bytes()).expect("PEM")).expect("a root");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
        let builder = builder.expect("versions").with_root_certificates(roots);
        let config = match presented {
            Some((issued, key)) => {
                let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.to_vec()));
                let key = provider.key_provider.load_private_key(key).expect("a key");
                let chain = vec![CertificateDer::from(issued.certificate.clone())];
                builder.with_client_cert_resolver(Arc::new(Presenting(Arc::new(CertifiedKey::new(chain, key)))))
            }
            None => builder.with_no_client_auth(),
        };
        let name = ServerName::try_from("localhost").expect("a name");
        let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut stream = StreamOwned::new(connection, stream);
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        // Whoever hangs up without a word is taken for somebody who cut the line; what came before that counts.
        if answer.is_empty() {
            read?;
        }
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// A token request, with more headers.
    fn request(&self, headers: &str) -> String {
        let body = "grant_type=client_credentials&client_id=my-app";
        format!(
            "POST /s/mysub/connect/token HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n{headers}\r\n{body}",
            self.port,
            body.len()
        )
    }

    fn token(&self, certificate: Option<&Issued>) -> String {
        self.send(certificate, &self.request("")).expect("an answer")
    }
}

/// Presents a certificate, whoever has its key.
#[derive(Debug)]
struct Presenting(Arc<CertifiedKey>);

impl ResolvesClientCert for Presenting {
    fn resolve(&self, _root_hint_subjects: &[&[u8]], _schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

fn my_app() -> Value {
    json!([{
        "client_id": "my-app", "name": "My app", "type": "service", "grant_types": ["client_credentials"],
        "token_endpoint_auth_method": "tls_client_auth", "tls_client_auth": { "san_dns": "my-app.example" },
        "tls_client_certificate_bound_access_tokens": true,
    }])
}

#[test]
fn a_client_is_known_by_the_certificate_of_its_handshake() {
    let (folder, own) = (Folder::new(), Authority::here().issue("localhost", &["localhost"]));
    install(&folder, &own);
    let served = start(&folder, &my_app());
    let good = served.token(Some(&Authority::here().issue("my-app", &["my-app.example"])));
    assert!(good.starts_with("HTTP/1.1 200") && good.contains("access_token"), "{good}");
    assert!(good.contains("strict-transport-security"), "{good}");
    let nobodys = Issued::by_itself("my-app", &["my-app.example"]);
    let other = Authority::here().issue("my-app", &["museum.example"]);
    for wrong in [Some(&nobodys), Some(&other), None] {
        let reply = served.token(wrong);
        assert!(reply.starts_with("HTTP/1.1 401") && reply.contains("invalid_client"), "{reply}");
    }
    // Nobody speaks for somebody else here: there is no proxy.
    let told = Authority::here().issue("my-app", &["my-app.example"]).forwarded();
    let request = served.request(&format!("client-cert: {told}\r\n"));
    assert!(served.send(None, &request).expect("an answer").starts_with("HTTP/1.1 401"));
}

#[test]
fn a_certificate_without_its_key_comes_nowhere() {
    let (folder, own) = (Folder::new(), Authority::here().issue("localhost", &["localhost"]));
    install(&folder, &own);
    let served = start(&folder, &my_app());
    let (stolen, thief) = (Authority::here().issue("my-app", &["my-app.example"]), Issued::by_itself("thief", &[]));
    let request = served.request("");
    let reply = served.send_by(Some((&stolen, &thief.key)), &request).unwrap_or_default();
    assert!(!reply.contains("HTTP/1.1"), "{reply}");
    // The same request by whoever has the key.
    let reply = served.send_by(Some((&stolen, &stolen.key)), &request).expect("an answer");
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
}

#[test]
fn a_renewed_certificate_needs_no_restart() {
    let (folder, first) = (Folder::new(), Authority::here().issue("localhost", &["localhost"]));
    install(&folder, &first);
    let settings = Settings::from_given(Given {
        tls_cert: Some(Written(folder.path().join("cert.pem").display().to_string())),
        tls_key: Some(Written(folder.path().join("key.pem").display().to_string())),
        public_url: Some(Written::from("https://localhost")),
        ..Given::default()
    });
    let tls = Tls::load(&settings.expect("settings"), None).expect("good files").expect("TLS");
    // Half of a renewal: the key does not fit the certificate any more. What was there stays.
    let next = Authority::here().issue("localhost", &["localhost"]);
    folder.write("key.pem", &next.key_pem);
    assert!(tls.reload().is_err());
    folder.write("cert.pem", &next.pem);
    tls.reload().expect("good files");
    folder.write("cert.pem", "nonsense");
    assert!(tls.reload().is_err());
}

#[test]
fn bad_files_are_named() {
    let folder = Folder::new();
    install(&folder, &Authority::here().issue("localhost", &["localhost"]));
    folder.write("nonsense.pem", "nonsense");
    let public = "https://localhost:8443";
    for (arguments, named) in [
        (vec!["--tls-cert", "cert.pem"], "TESSERA_TLS_KEY"),
        (vec!["--tls-key", "key.pem"], "TESSERA_TLS_CERT"),
        (vec!["--tls-cert", "absent.pem", "--tls-key", "key.pem"], "TESSERA_TLS_CERT"),
        (vec!["--tls-cert", "nonsense.pem", "--tls-key", "key.pem"], "TESSERA_TLS_CERT"),
        (vec!["--tls-cert", "cert.pem", "--tls-key", "nonsense.pem"], "TESSERA_TLS_KEY"),
        (vec!["--tls-client-ca", "nonsense.pem"], "TESSERA_TLS_CLIENT_CA"),
        (vec!["--tls-client-cert-header", "client-cert"], "TESSERA_TRUSTED_PROXIES"),
    ] {
        let ran = folder.run(&[&["serve", "--public-url", public], &arguments[..]].concat());
        assert!(ran.code != 0 && ran.err.contains(named), "{arguments:?}: {} {}", ran.code, ran.err);
    }
    assert!(!Path::new("data").exists());
}
