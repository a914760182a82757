//! The sector of an application (OpenID Connect Core section 8.1): those of one sector know users by the same names.

use std::collections::BTreeSet;

use url::Url;

use super::{AccessTokenFormat, ApplicationSpec, ApplicationType, SubjectType};
use crate::problem::{FieldErrors, Problem};
use crate::redirect_uri;

impl ApplicationSpec {
    /// True where users have names of its own.
    pub fn is_pairwise(&self) -> bool {
        self.subject_type == SubjectType::Pairwise
    }

    /// Section 8.1: "the Sector Identifier used for pairwise identifier calculation is the host component of the
    /// `sector_identifier_uri`", or "the host component of the registered `redirect_uri`" where there is one host.
    pub fn sector(&self) -> Option<String> {
        let host = |uri: &String| Url::parse(uri).ok()?.host_str().map(str::to_ascii_lowercase);
        if let Some(uri) = &self.sector_identifier_uri {
            return host(uri);
        }
        let hosts: Option<BTreeSet<String>> = self.redirect_uris.iter().map(host).collect();
        let mut hosts = hosts?.into_iter();
        let only = hosts.next();
        if hosts.next().is_some() { None } else { only }
    }

    pub(super) fn validate_subject(&self, errors: &mut FieldErrors) {
        if let Some(uri) = &self.sector_identifier_uri
            && let Err(problem) = redirect_uri::registrable(uri, ApplicationType::Web)
        {
            errors.add("sector_identifier_uri", problem.with("value", uri));
        }
        if !self.is_pairwise() {
            return;
        }
        // Section 8.1: "If there are multiple hostnames in the registered redirect_uris, the Client MUST register a
        // sector_identifier_uri."
        if self.sector().is_none() {
            errors.add("sector_identifier_uri", Problem::new("sector-needed"));
        }
        // An access token that the application can read would tell it the name that everybody else knows.
        if self.format() != AccessTokenFormat::Reference {
            errors.add("subject_type", Problem::new("pairwise-reference"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairwise(redirect_uris: &[&str], sector: Option<&str>) -> ApplicationSpec {
        ApplicationSpec {
            client_id: "my-app".into(),
            name: "My app".into(),
            subject_type: SubjectType::Pairwise,
            sector_identifier_uri: sector.map(str::to_owned),
            redirect_uris: redirect_uris.iter().map(|uri| (*uri).to_owned()).collect(),
            access_token_format: Some(AccessTokenFormat::Reference),
            ..ApplicationSpec::default()
        }
    }

    #[test]
    fn the_sector_is_a_host() {
        let sector = |uris: &[&str], sector| pairwise(uris, sector).sector();
        assert_eq!(sector(&["https://A.example/1", "https://a.example:8443/2"], None).as_deref(), Some("a.example"));
        assert_eq!(sector(&["https://a.example/1", "https://b.example/2"], None), None);
        let uri = Some("https://sector.example/uris.json");
        assert_eq!(sector(&["https://a.example/1", "https://b.example/2"], uri).as_deref(), Some("sector.example"));
        assert_eq!(sector(&["com.example.app:/callback"], None), None);
    }

    #[test]
    fn a_name_of_ones_own_needs_a_sector_and_tokens_that_say_nothing() {
        assert_eq!(pairwise(&["https://a.example/1"], None).validate(), Ok(()));
        let errors = |spec: ApplicationSpec| spec.validate().err().unwrap_or_default();
        let two = pairwise(&["https://a.example/1", "https://b.example/2"], None);
        assert!(errors(two).of("sector_identifier_uri").is_some());
        let jwt = ApplicationSpec { access_token_format: None, ..pairwise(&["https://a.example/1"], None) };
        assert!(errors(jwt).of("subject_type").is_some());
    }
}
