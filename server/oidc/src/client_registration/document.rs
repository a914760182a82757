//! Client ID metadata documents (draft-ietf-oauth-client-id-metadata-document-00): an identifier that is the address of a
//! document, and what such a document may say.

use model::spec::ApplicationType;
use serde_json::{Map, Value};
use url::{Host, Url};

use super::{Metadata, invalid};
use crate::client_auth::AuthMethod;
use crate::error::OAuthError;

/// Bytes of a document (section 6.6: "The recommended maximum response size for client metadata documents is 5 kilobytes").
pub const LONGEST: usize = 5 * 1_024;

/// Characters of an identifier. As long as one that an administrator may choose.
const LONGEST_ID: usize = 200;

/// A client identifier URL (section 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientIdUrl {
    text: String,
    host: String,
}

impl ClientIdUrl {
    /// Reads a `client_id`. `None` for what is none: "Client identifier URLs MUST have an 'https' scheme, MUST contain a path
    /// component, MUST NOT contain single-dot or double-dot path segments, MUST NOT contain a fragment component and MUST
    /// NOT contain a username or password". A query, which they "SHOULD NOT" have, is not taken here either.
    ///
    /// `development` is true for an installation that is http on this computer itself: there a document may be, too.
    pub fn parse(client_id: &str, development: bool) -> Option<Self> {
        let url = Url::parse(client_id).ok().filter(|_| client_id.len() <= LONGEST_ID)?;
        let (host, port) = (url.host()?, url.port());
        let is_safe = url.scheme() == "https" || development && url.scheme() == "http" && is_this_computer(&host);
        let is_plain = is_safe && url.path().len() > 1 && url.query().is_none() && port != Some(0);
        // What is not written as it is read has something in it that must not be there: dots, user information, a default
        // port, an empty fragment. Compared character by character, it would also be two names of one document.
        let is_as_read = url.as_str() == client_id && !client_id.contains(['#', '@', '\\']);
        (is_plain && is_as_read).then(|| Self { text: client_id.to_owned(), host: host.to_string() })
    }

    /// As the application sends it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whose it is, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// Reads what was at the address.
///
/// # Errors
/// Why it does not describe a client of this identifier.
pub fn read(id: &ClientIdUrl, body: &[u8]) -> Result<Metadata, OAuthError> {
    let document: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| invalid("the document must be a JSON object"))?;
    // Section 4: "The client metadata document MUST contain a client_id property whose value MUST match the URL of the
    // document using simple string comparison".
    if document.get("client_id").and_then(Value::as_str) != Some(id.as_str()) {
        return Err(invalid("client_id: must be the address of the document"));
    }
    // Section 4.1: "The client_secret and client_secret_expires_at properties MUST NOT be used."
    if let Some(name) = ["client_secret", "client_secret_expires_at"].iter().find(|name| document.contains_key(**name))
    {
        return Err(invalid(format!("{name}: must not be in a document that everybody reads")));
    }
    let mut metadata = Metadata::read(&document)?;
    let method = metadata.token_endpoint_auth_method.get_or_insert_with(|| AuthMethod::None.as_str().to_owned());
    // Section 4.1: it "MUST NOT include client_secret_post, client_secret_basic, client_secret_jwt or any other method
    // based around a shared symmetric secret".
    if method.starts_with("client_secret") {
        return Err(invalid("token_endpoint_auth_method: nobody shares a secret with it"));
    }
    // RFC 7591 has web where nothing is said; what is answered on the person's own computer is none.
    if metadata.application_type.is_none() && metadata.redirect_uris.iter().any(|uri| !uri.starts_with("https:")) {
        metadata.application_type = Some("native".to_owned());
    }
    Ok(metadata)
}

/// True for one that is answered on the person's own computer and nowhere else: section 6.5, any program there could be
/// the one that asks.
pub fn is_local(kind: ApplicationType, redirect_uris: &[String]) -> bool {
    let is_here = |uri: &String| Url::parse(uri).is_ok_and(|url| url.host().is_none_or(|host| is_this_computer(&host)));
    kind == ApplicationType::Native || !redirect_uris.is_empty() && redirect_uris.iter().all(is_here)
}

fn is_this_computer(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "https://club.example/oauth/client.json";

    fn document(other: &Value) -> Result<Metadata, String> {
        let mut document =
            json!({ "client_id": ID, "client_name": "A club", "redirect_uris": ["https://club.example/cb"] });
        for (name, value) in other.as_object().expect("an object") {
            document[name] = value.clone();
        }
        let id = ClientIdUrl::parse(ID, false).expect("an identifier");
        read(&id, document.to_string().as_bytes()).map_err(|error| error.description.into_owned())
    }

    #[test]
    fn an_identifier_is_an_https_address_with_a_path_and_nothing_else() {
        for good in [ID, "https://club.example:8443/client", "https://[2001:db8::1]/client", "https://club.example/a/"]
        {
            assert_eq!(ClientIdUrl::parse(good, false).map(|id| id.text).as_deref(), Some(good));
        }
        assert_eq!(ClientIdUrl::parse("https://club.example:8443/client", false).expect("good").host(), "club.example");
        for bad in [
            "my-app",
            "",
            "http://club.example/client",
            "https://club.example",
            "https://club.example/",
            "https://club.example/a/../client",
            "https://club.example/./client",
            "https://club.example/%2e%2e/client",
            "https://club.example/client#top",
            "https://club.example/client#",
            "https://club.example/client?x=1",
            "https://club.example/client?",
            "https://me@club.example/client",
            "https://me:pass@club.example/client",
            "https://@club.example/client",
            "https://club.example:443/client",
            "https://CLUB.example/client",
            "https:\\\\club.example\\client",
            "https:club.example/client",
            " https://club.example/client",
            "https://club.example/a client",
            "https://1.1/client",
        ] {
            assert_eq!(ClientIdUrl::parse(bad, false), None, "{bad}");
        }
        assert_eq!(ClientIdUrl::parse(&format!("https://club.example/{}", "x".repeat(200)), false), None);
    }

    #[test]
    fn under_development_a_document_may_be_on_the_same_computer() {
        for (id, is_one) in [
            ("http://localhost:3000/client.json", true),
            ("http://127.0.0.1:3000/client.json", true),
            ("http://club.example/client.json", false),
            ("ftp://localhost/client.json", false),
        ] {
            assert_eq!(ClientIdUrl::parse(id, true).is_some(), is_one, "{id}");
            assert_eq!(ClientIdUrl::parse(id, false), None, "{id}");
        }
    }

    #[test]
    fn a_document_is_about_its_own_address_and_has_no_secrets() {
        document(&json!({})).expect("good");
        for (other, why) in [
            (json!({ "client_id": "https://club.example/oauth/client.json/" }), "client_id"),
            (json!({ "client_id": null }), "client_id"),
            (json!({ "client_secret": "known to all" }), "client_secret"),
            (json!({ "client_secret_expires_at": 0 }), "client_secret_expires_at"),
            (json!({ "token_endpoint_auth_method": "client_secret_basic" }), "token_endpoint_auth_method"),
            (json!({ "token_endpoint_auth_method": "client_secret_post" }), "token_endpoint_auth_method"),
            (json!({ "token_endpoint_auth_method": "client_secret_jwt" }), "token_endpoint_auth_method"),
            (json!({ "redirect_uris": "https://club.example/cb" }), "redirect_uris"),
        ] {
            let error = document(&other).expect_err("refused");
            assert!(error.starts_with(why), "{other}: {error}");
        }
        let id = ClientIdUrl::parse(ID, false).expect("an identifier");
        for broken in ["", "[]", "<html>", "{"] {
            read(&id, broken.as_bytes()).expect_err("refused");
        }
    }

    #[test]
    fn what_says_nothing_is_public_and_where_it_runs_is_seen_by_its_addresses() {
        let said = |other| document(&other).expect("good");
        assert_eq!(said(json!({})).token_endpoint_auth_method.as_deref(), Some("none"));
        assert_eq!(said(json!({})).application_type, None);
        let local = json!({ "redirect_uris": ["https://club.example/cb", "http://127.0.0.1/cb"] });
        assert_eq!(said(local).application_type.as_deref(), Some("native"));
        let web = json!({ "redirect_uris": ["http://localhost:3000/cb"], "application_type": "web" });
        assert_eq!(said(web).application_type.as_deref(), Some("web"));
    }

    #[test]
    fn one_that_is_answered_on_this_computer_is_told_apart() {
        let is = |uris: &[&str]| {
            let uris: Vec<String> = uris.iter().map(|uri| (*uri).to_owned()).collect();
            is_local(ApplicationType::SinglePage, &uris)
        };
        assert!(is(&["http://localhost:3000/cb"]) && is(&["http://127.0.0.1/cb", "http://[::1]/cb"]));
        assert!(!is(&["http://localhost/cb", "https://club.example/cb"]) && !is(&[]));
        assert!(is_local(ApplicationType::Native, &["com.example.club:/cb".to_owned()]));
    }
}
