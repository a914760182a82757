//! Whether applications register themselves (RFC 7591), and what they may be.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{is_false, is_true, yes};
use crate::form::FormData;
use crate::problem::{FieldErrors, Problem};

/// Most applications that may have registered themselves, when nobody says how many.
pub const USUAL_LIMIT: i64 = 100;
/// More than this would make a subscription heavy to load.
const LIMIT_AT_MOST: i64 = 10_000;
/// Most scopes of the list.
const MAX_SCOPES: usize = 100;
/// Most hosts of the list.
const MAX_HOSTS: usize = 100;

/// Who may register an application at the endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegistrationMode {
    /// Nobody.
    #[default]
    #[serde(rename = "off")]
    Off,
    /// Who brings an initial access token that an administrator made.
    #[serde(rename = "initial_access_token")]
    InitialAccessToken,
    /// Who brings a software statement of an issuer that the subscription trusts for these.
    #[serde(rename = "software_statement")]
    SoftwareStatement,
    /// Anybody.
    #[serde(rename = "open")]
    Open,
}

impl RegistrationMode {
    /// Every value, in the order a form offers them.
    pub const ALL: [Self; 4] = [Self::Off, Self::InitialAccessToken, Self::SoftwareStatement, Self::Open];

    /// The name used in files and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::InitialAccessToken => "initial_access_token",
            Self::SoftwareStatement => "software_statement",
            Self::Open => "open",
        }
    }

    /// Reads a name used in files and forms.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// A subscription's rules for applications that register themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientRegistrationSpec {
    /// Who may.
    #[serde(default)]
    pub mode: RegistrationMode,
    /// Identity and API scopes that such an application may request; a name of none counts for nothing.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// Users agree before such an application receives anything.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub require_consent: bool,
    /// Most of them at the same time.
    #[serde(default = "usual_limit", skip_serializing_if = "is_usual_limit")]
    pub max_applications: i64,
    /// A `client_id` may be the address of a document that describes the application, whoever may register otherwise.
    #[serde(default, skip_serializing_if = "is_false")]
    pub metadata_documents: bool,
    /// Hosts whose documents count; those of every host where there is none here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_hosts: Vec<String>,
}

fn usual_scopes() -> Vec<String> {
    ["openid", "profile", "email"].map(str::to_owned).to_vec()
}

fn usual_limit() -> i64 {
    USUAL_LIMIT
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
fn is_usual_limit(limit: &i64) -> bool {
    *limit == USUAL_LIMIT
}

impl Default for ClientRegistrationSpec {
    fn default() -> Self {
        Self {
            mode: RegistrationMode::Off,
            scopes: usual_scopes(),
            require_consent: true,
            max_applications: USUAL_LIMIT,
            metadata_documents: false,
            document_hosts: Vec::new(),
        }
    }
}

impl ClientRegistrationSpec {
    /// Fields of the form.
    pub const FIELDS: [&'static str; 6] = [
        "client_registration.mode",
        "client_registration.scopes",
        "client_registration.require_consent",
        "client_registration.max_applications",
        "client_registration.metadata_documents",
        "client_registration.document_hosts",
    ];

    /// For `skip_serializing_if`.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// True where somebody may register.
    pub fn is_on(&self) -> bool {
        self.mode != RegistrationMode::Off
    }

    /// True where documents of this host count.
    pub fn takes_document_of(&self, host: &str) -> bool {
        self.metadata_documents && (self.document_hosts.is_empty() || self.document_hosts.iter().any(|one| one == host))
    }

    pub(super) fn check(&self, errors: &mut FieldErrors) {
        self.check_hosts(errors);
        if !(1..=LIMIT_AT_MOST).contains(&self.max_applications) {
            let problem = Problem::new("between").with("min", 1).with("max", LIMIT_AT_MOST);
            errors.add("client_registration.max_applications", problem);
        }
        let mut seen = std::collections::HashSet::new();
        for scope in &self.scopes {
            if let Err(problem) = crate::name::scope(scope) {
                errors.add("client_registration.scopes", problem);
            }
            if !seen.insert(scope) {
                errors.add("client_registration.scopes", Problem::new("repeated").with("name", scope));
            }
        }
        if self.scopes.len() > MAX_SCOPES {
            let problem = Problem::new("between").with("min", 0).with("max", MAX_SCOPES);
            errors.add("client_registration.scopes", problem);
        }
    }

    fn check_hosts(&self, errors: &mut FieldErrors) {
        let field = "client_registration.document_hosts";
        for (i, host) in self.document_hosts.iter().enumerate() {
            // As it stands in an address that a browser shows: in lower case, without a port.
            let is_host = Url::parse(&format!("https://{host}/")).is_ok_and(|url| url.host_str() == Some(host));
            let is_host = is_host && !host.contains('*');
            if !is_host {
                errors.add(field, Problem::new("host-name").with("name", host));
            }
            if self.document_hosts[..i].contains(host) {
                errors.add(field, Problem::new("repeated").with("name", host));
            }
        }
        if self.document_hosts.len() > MAX_HOSTS {
            errors.add(field, Problem::new("between").with("min", 0).with("max", MAX_HOSTS));
        }
    }

    /// With what a form says; a form without these fields changes nothing.
    pub(super) fn with_form(&self, form: &FormData, errors: &mut FieldErrors) -> Self {
        let Some(mode) = form.get("client_registration.mode") else { return self.clone() };
        let mode = RegistrationMode::parse(mode.trim()).ok_or_else(|| Problem::new("choice"));
        let limit = form.trimmed("client_registration.max_applications").parse::<i64>();
        let limit = limit.map_err(|_| Problem::new("number"));
        Self {
            mode: errors.check("client_registration.mode", mode).unwrap_or_default(),
            scopes: form.lines("client_registration.scopes"),
            require_consent: form.flag("client_registration.require_consent"),
            max_applications: errors.check("client_registration.max_applications", limit).unwrap_or(USUAL_LIMIT),
            metadata_documents: form.flag("client_registration.metadata_documents"),
            document_hosts: form.lines("client_registration.document_hosts"),
        }
    }

    pub(super) fn push_to(&self, form: &mut FormData) {
        form.push("client_registration.mode", self.mode.as_str());
        form.push("client_registration.scopes", self.scopes.join("\n"));
        form.push("client_registration.max_applications", self.max_applications.to_string());
        form.push_flag("client_registration.require_consent", self.require_consent);
        form.push_flag("client_registration.metadata_documents", self.metadata_documents);
        form.push("client_registration.document_hosts", self.document_hosts.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_survives_the_round_trip() {
        let spec = ClientRegistrationSpec {
            mode: RegistrationMode::Open,
            scopes: vec!["openid".to_owned(), "library".to_owned()],
            require_consent: false,
            max_applications: 7,
            metadata_documents: true,
            document_hosts: vec!["club.example".to_owned(), "[2001:db8::1]".to_owned()],
        };
        let mut form = FormData::default();
        spec.push_to(&mut form);
        let mut errors = FieldErrors::default();
        assert_eq!(ClientRegistrationSpec::default().with_form(&form, &mut errors), spec);
        assert_eq!(errors, FieldErrors::default());
        assert_eq!(spec.with_form(&FormData::default(), &mut errors), spec, "no field, no change");
    }

    #[test]
    fn rules_are_checked() {
        for (scopes, limit, field) in [
            (vec!["openid"], 0, "client_registration.max_applications"),
            (vec!["openid"], 10_001, "client_registration.max_applications"),
            (vec!["openid", "openid"], 1, "client_registration.scopes"),
            (vec!["two words"], 1, "client_registration.scopes"),
        ] {
            let scopes = scopes.into_iter().map(str::to_owned).collect();
            let spec = ClientRegistrationSpec { scopes, max_applications: limit, ..ClientRegistrationSpec::default() };
            let mut errors = FieldErrors::default();
            spec.check(&mut errors);
            assert!(errors.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn hosts_are_named_as_browsers_show_them() {
        for (hosts, problem) in [
            (vec!["club.example", "localhost", "192.0.2.1"], None),
            (vec!["Club.example"], Some("host-name")),
            (vec!["club.example:443"], Some("host-name")),
            (vec!["club.example:8443"], Some("host-name")),
            (vec!["https://club.example"], Some("host-name")),
            (vec!["club.example/x"], Some("host-name")),
            (vec!["*.example"], Some("host-name")),
            (vec!["two words"], Some("host-name")),
            (vec!["club.example", "club.example"], Some("repeated")),
        ] {
            let document_hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
            let spec = ClientRegistrationSpec { document_hosts, ..ClientRegistrationSpec::default() };
            let mut errors = FieldErrors::default();
            spec.check(&mut errors);
            let found = errors.of("client_registration.document_hosts").map(|problem| problem.code.clone());
            assert_eq!(found.as_deref(), problem, "{hosts:?}");
        }
    }

    #[test]
    fn documents_count_where_they_are_switched_on_and_of_the_hosts_that_are_named() {
        let spec = |metadata_documents, hosts: &[&str]| ClientRegistrationSpec {
            metadata_documents,
            document_hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            ..ClientRegistrationSpec::default()
        };
        assert!(spec(true, &[]).takes_document_of("club.example"));
        assert!(spec(true, &["club.example"]).takes_document_of("club.example"));
        assert!(!spec(true, &["club.example"]).takes_document_of("evil.club.example"));
        assert!(!spec(false, &["club.example"]).takes_document_of("club.example"));
    }

    #[test]
    fn it_is_off_unless_somebody_says_so() {
        let read: ClientRegistrationSpec = serde_json::from_str("{}").expect("reads");
        assert!(read.is_usual() && !read.is_on() && read.require_consent);
    }
}
