//! The certificate of a client, as it came with its connection (RFC 8705). What it says was read by the caller, who also
//! knows whether an authority vouches for it; that the client holds its key, the handshake has shown.

use std::net::IpAddr;

use model::spec::CertificateName;

use crate::error::{ErrorCode, OAuthError};

/// What the installation learns of clients' certificates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Support {
    /// Nothing.
    #[default]
    None,
    /// Which they are.
    SelfSigned,
    /// And whether an authority vouches for them.
    Authorities,
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of its DER, in base64url (section 3.1, `x5t#S256`).
    pub thumbprint: String,
    /// An authority that the operator trusts for clients vouches for it, now.
    pub is_trusted: bool,
    /// Its subject, as RFC 4514 writes it.
    pub subject_dn: String,
    /// Alternative names: hosts.
    pub dns: Vec<String>,
    /// URIs.
    pub uris: Vec<String>,
    /// Addresses of networks.
    pub addresses: Vec<IpAddr>,
    /// E-mail addresses.
    pub emails: Vec<String>,
}

impl Certificate {
    /// True when it is called so. Section 2.1.2 on each kind of name.
    pub fn is_called(&self, name: &CertificateName) -> bool {
        let is = |values: &[String], wanted: &str| values.iter().any(|value| value == wanted);
        match name {
            CertificateName::SubjectDn(wanted) => same_subject(&self.subject_dn, wanted),
            CertificateName::SanDns(wanted) => self.dns.iter().any(|host| host.eq_ignore_ascii_case(wanted)),
            CertificateName::SanUri(wanted) => is(&self.uris, wanted),
            CertificateName::SanIp(wanted) => {
                wanted.parse::<IpAddr>().is_ok_and(|wanted| self.addresses.contains(&wanted))
            }
            CertificateName::SanEmail(wanted) => is(&self.emails, wanted),
        }
    }
}

/// Two writings of one subject: types of attributes have no case, and spaces around the separators say nothing. Values
/// are compared as they stand.
fn same_subject(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    !one.is_empty() && one == other
}

/// Its attributes, each with its type in capitals. RFC 4514 section 2.3: a separator inside of a value is escaped.
fn parts(subject: &str) -> Vec<String> {
    let (mut all, mut part, mut escaped) = (Vec::new(), String::new(), false);
    for c in subject.chars() {
        match c {
            _ if escaped => {
                part.push(c);
                escaped = false;
            }
            '\\' => {
                part.push(c);
                escaped = true;
            }
            ',' => all.push(std::mem::take(&mut part)),
            _ => part.push(c),
        }
    }
    all.push(part);
    let written = |part: &String| match part.split_once('=') {
        Some((kind, value)) => format!("{}={}", kind.trim().to_ascii_uppercase(), value.trim()),
        None => part.trim().to_owned(),
    };
    all.iter().map(written).filter(|part| !part.is_empty()).collect()
}

/// Tokens of an application that are bound to a certificate are asked for over a connection that has one.
pub fn missing() -> OAuthError {
    OAuthError::invalid_request("the application's tokens are bound to its TLS certificate, and none came")
}

/// A refresh token, or what is exchanged, that is bound to a certificate counts with that certificate only.
///
/// # Errors
/// `invalid_grant`.
pub fn same(held: Option<&str>, bound: Option<&str>) -> Result<(), OAuthError> {
    match bound {
        Some(bound) if held != Some(bound) => {
            Err(OAuthError::invalid_grant("the token is bound to another TLS certificate"))
        }
        _ => Ok(()),
    }
}

/// The same for an access token where it is used. Section 3: "If they do not match, the resource access attempt MUST be
/// rejected with an error per Section 3.1 of [RFC6750] using an HTTP 401 status code and the `invalid_token` error code."
///
/// # Errors
/// `invalid_token`.
pub fn check(held: Option<&str>, bound: Option<&str>) -> Result<(), OAuthError> {
    match bound {
        Some(bound) if held != Some(bound) => {
            Err(OAuthError::new(ErrorCode::InvalidToken, "the access token is bound to another TLS certificate"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> Certificate {
        Certificate {
            thumbprint: "t".to_owned(),
            is_trusted: true,
            subject_dn: "CN=my-app,O=Library\\, the,C=PT".to_owned(),
            dns: vec!["my-app.example".to_owned()],
            uris: vec!["spiffe://library.example/my-app".to_owned()],
            addresses: vec!["2001:db8::1".parse().expect("an address")],
            emails: vec!["my-app@library.example".to_owned()],
        }
    }

    #[test]
    fn a_name_is_the_one_that_was_registered() {
        for (kind, good, bad) in [
            ("subject_dn", "cn=my-app, O=Library\\, the , C=PT", "CN=my-app,O=Library"),
            ("subject_dn", "CN=my-app,O=Library\\, the,C=PT", "C=PT,O=Library\\, the,CN=my-app"),
            ("subject_dn", "CN=my-app,O=Library\\, the,C=PT", "CN=My-App,O=Library\\, the,C=PT"),
            ("san_dns", "MY-APP.example", "other.my-app.example"),
            ("san_uri", "spiffe://library.example/my-app", "spiffe://library.example/my-app/"),
            ("san_ip", "2001:0db8:0::1", "2001:db8::2"),
            ("san_email", "my-app@library.example", "My-App@library.example"),
        ] {
            let is_called =
                |value: &str| certificate().is_called(&CertificateName::of(kind, value.to_owned()).expect("a kind"));
            assert!(is_called(good) && !is_called(bad), "{kind} {good} {bad}");
        }
    }

    #[test]
    fn nothing_is_no_subject() {
        let nobody = Certificate { subject_dn: String::new(), ..certificate() };
        assert!(!nobody.is_called(&CertificateName::SubjectDn(" , ".to_owned())));
    }

    #[test]
    fn what_is_bound_needs_the_certificate() {
        assert!(same(None, None).is_ok() && same(Some("a"), None).is_ok() && same(Some("a"), Some("a")).is_ok());
        assert!(same(None, Some("a")).is_err() && same(Some("b"), Some("a")).is_err());
        assert!(check(None, Some("a")).is_err() && check(Some("a"), Some("a")).is_ok());
    }
}
