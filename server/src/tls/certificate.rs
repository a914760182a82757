//! What a certificate says (RFC 5280).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use oidc::certificate::Certificate;
use oidc::digest;
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName, X509Name};

/// Short names of attributes (RFC 4514 section 3).
const TYPES: [(&str, &str); 9] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
];

/// Reads the DER of one; `None` for what is none.
pub fn read(der: &[u8], is_trusted: bool) -> Option<Certificate> {
    let (rest, certificate) = X509Certificate::from_der(der).ok()?;
    if !rest.is_empty() {
        return None;
    }
    let mut read = Certificate {
        thumbprint: digest::sha256_base64url(der),
        is_trusted,
        subject_dn: subject(certificate.subject()),
        dns: Vec::new(),
        uris: Vec::new(),
        addresses: Vec::new(),
        emails: Vec::new(),
    };
    let names = certificate.subject_alternative_name().ok()?;
    for name in names.map(|names| names.value.general_names.as_slice()).unwrap_or_default() {
        match name {
            GeneralName::DNSName(name) => read.dns.push((*name).to_owned()),
            GeneralName::URI(uri) => read.uris.push((*uri).to_owned()),
            GeneralName::RFC822Name(address) => read.emails.push((*address).to_owned()),
            GeneralName::IPAddress(octets) => read.addresses.extend(address(octets)),
            _ => {}
        }
    }
    Some(read)
}

fn address(octets: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(octets).map(|four| IpAddr::V4(Ipv4Addr::from(four)));
    four.ok().or_else(|| <[u8; 16]>::try_from(octets).ok().map(|all| IpAddr::V6(Ipv6Addr::from(all))))
}

/// RFC 4514 section 2.1: "the output consists of the string encodings of each `RelativeDistinguishedName` in the
/// `RDNSequence` [...], starting with the last element of the sequence and moving backwards toward the first".
fn subject(name: &X509Name<'_>) -> String {
    let mut all: Vec<String> = name.iter().map(relative).collect();
    all.reverse();
    all.join(",")
}

fn relative(name: &RelativeDistinguishedName<'_>) -> String {
    name.iter().map(attribute).collect::<Vec<_>>().join("+")
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = attribute.attr_type().to_id_string();
    let kind = TYPES.iter().find(|(known, _)| *known == oid).map(|(_, short)| *short);
    match (kind, attribute.as_str()) {
        (Some(kind), Ok(value)) => format!("{kind}={}", escaped(value)),
        // Section 2.4: what has no string of its own stands as its octets.
        _ => format!("{oid}=#{}", service::crypto::hex(attribute.attr_value().data)),
    }
}

/// Section 2.4.
fn escaped(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut text = String::with_capacity(value.len());
    for (at, c) in value.chars().enumerate() {
        let at_an_end = (at == 0 && (c == ' ' || c == '#')) || (at == last && c == ' ');
        if at_an_end || matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_value_cannot_begin_another_attribute() {
        assert_eq!(escaped("Library, the"), "Library\\, the");
        assert_eq!(escaped(" #a+b "), "\\ #a\\+b\\ ");
        assert_eq!(escaped("#1"), "\\#1");
    }
}
