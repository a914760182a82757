//! By what a certificate names its application (RFC 8705 section 2.1.2).

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::form::FormData;
use crate::name;
use crate::problem::{FieldErrors, Problem};

/// Most characters of a name in a certificate.
const MAX: usize = 500;

/// The one name that the certificate of an application has. Section 2.1.2: "A client using the `tls_client_auth`
/// authentication method MUST use exactly one of the below metadata parameters to indicate the certificate subject value
/// that the authorization server is to expect".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateName {
    /// The whole subject, as RFC 4514 writes it: `CN=my-app,O=Library`.
    SubjectDn(String),
    /// A host among its alternative names.
    SanDns(String),
    /// A URI among them.
    SanUri(String),
    /// An address of a network among them.
    SanIp(String),
    /// An e-mail address among them.
    SanEmail(String),
}

impl CertificateName {
    /// The kinds, by their names in files and forms, in the order in which a form offers them.
    pub const KINDS: [&'static str; 5] = ["subject_dn", "san_dns", "san_uri", "san_ip", "san_email"];

    /// By its kind.
    pub fn of(kind: &str, value: String) -> Option<Self> {
        Some(match kind {
            "subject_dn" => Self::SubjectDn(value),
            "san_dns" => Self::SanDns(value),
            "san_uri" => Self::SanUri(value),
            "san_ip" => Self::SanIp(value),
            "san_email" => Self::SanEmail(value),
            _ => return None,
        })
    }

    /// Its kind and the name itself.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::SubjectDn(value) => ("subject_dn", value),
            Self::SanDns(value) => ("san_dns", value),
            Self::SanUri(value) => ("san_uri", value),
            Self::SanIp(value) => ("san_ip", value),
            Self::SanEmail(value) => ("san_email", value),
        }
    }

    /// Checks the name.
    ///
    /// # Errors
    /// `required` for nothing, `ip` for what is no address; those of [`name::free_text`].
    pub fn check(&self) -> Result<(), Problem> {
        let (_, value) = self.parts();
        if value.is_empty() {
            return Err(Problem::new("required"));
        }
        name::free_text(value, MAX)?;
        if matches!(self, Self::SanIp(_)) && value.parse::<IpAddr>().is_err() {
            return Err(Problem::new("ip").with("value", value));
        }
        Ok(())
    }

    /// Reads it from a form: `None` where the name is empty.
    pub(super) fn from_form(form: &FormData, errors: &mut FieldErrors) -> Option<Self> {
        let value = form.optional("tls_client_auth")?;
        let name = Self::of(form.trimmed("tls_client_auth_kind"), value).ok_or_else(|| Problem::new("choice"));
        errors.check("tls_client_auth_kind", name)
    }
}
