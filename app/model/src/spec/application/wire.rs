//! How an application is written: what its dialect settles may be left out, and is filled in when it is read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ApplicationSpec;

/// Stands for a lifetime that a file leaves out. No file can hold it by accident: it would be refused.
const USUAL: i64 = i64::MIN;

pub(super) fn usual() -> i64 {
    USUAL
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it by reference")]
pub(super) fn is_usual(value: &i64) -> bool {
    *value == USUAL
}

/// For a file that people read: lifetimes that are usual in the dialect are left out.
pub(in crate::spec) fn in_short<S: Serializer>(specs: &[ApplicationSpec], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(specs.iter().map(|spec| {
        let is_usual = spec.access_token_lifetime == spec.dialect.usual_access_token_lifetime();
        ApplicationSpec {
            access_token_lifetime: if is_usual { USUAL } else { spec.access_token_lifetime },
            ..spec.clone()
        }
    }))
}

impl<'de> Deserialize<'de> for ApplicationSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut spec = Self::deserialize(deserializer)?;
        if spec.access_token_lifetime == USUAL {
            spec.access_token_lifetime = spec.dialect.usual_access_token_lifetime();
        }
        if spec.dialect.fixed_format().is_none() {
            return Ok(spec.settled());
        }
        Ok(spec)
    }
}

// Rows, revisions and plans always name the lifetime: left out, it would mean something else as soon as the
// dialect changes, and they are compared key by key.
impl Serialize for ApplicationSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::super::{AccessTokenFormat, Dialect};
    use super::*;

    fn read(dialect: &str, more: &str) -> ApplicationSpec {
        let text = format!(r#"{{"client_id": "a", "name": "A", "dialect": "{dialect}"{more}}}"#);
        serde_json::from_str(&text).expect("reads")
    }

    #[test]
    fn what_is_left_out_is_what_is_usual_in_the_dialect() {
        for (dialect, seconds, format) in [
            ("standard", 3_600, AccessTokenFormat::Jwt),
            ("grantid", 3_000, AccessTokenFormat::Jwt),
            ("connect", 3_600, AccessTokenFormat::Jwt),
            ("next", 3_600, AccessTokenFormat::Reference),
        ] {
            let spec = read(dialect, "");
            assert_eq!((spec.access_token_lifetime, spec.format()), (seconds, format), "{dialect}");
            let written = serde_json::to_value(&spec).expect("writes");
            assert_eq!(written["access_token_lifetime"], seconds, "{dialect}");
            let short = in_short(slice::from_ref(&spec), serde_json::value::Serializer).expect("writes");
            assert_eq!(short[0].get("access_token_lifetime"), None, "{dialect}");
            assert_eq!(serde_json::from_value::<Vec<ApplicationSpec>>(short).expect("reads"), [spec]);
        }
    }

    #[test]
    fn what_is_written_is_kept() {
        let spec = read("grantid", r#", "access_token_lifetime": 3600, "access_token_format": "reference""#);
        assert_eq!((spec.access_token_lifetime, spec.format()), (3_600, AccessTokenFormat::Reference));
        let written = serde_json::to_value(&spec).expect("writes");
        assert_eq!(written["access_token_lifetime"], 3_600);
        assert_eq!(serde_json::from_value::<ApplicationSpec>(written).expect("reads"), spec);
    }

    #[test]
    fn a_dialect_that_settles_the_format_refuses_one() {
        for (dialect, code) in [("connect", "fixed-by-dialect"), ("next", "fixed-by-dialect")] {
            let errors = read(dialect, r#", "access_token_format": "jwt""#).validate().expect_err("refused");
            assert_eq!(errors.of("access_token_format").map(|problem| problem.code.as_str()), Some(code));
        }
        assert_eq!(Dialect::Grantid.fixed_format(), None);
    }

    #[test]
    fn a_secret_that_signs_must_be_kept() {
        let errors = read("connect", r#", "type": "native""#).validate().expect_err("refused");
        assert_eq!(errors.of("dialect").map(|problem| problem.code.as_str()), Some("dialect-needs-secret"));
    }

    #[test]
    fn unknown_keys_are_refused() {
        serde_json::from_str::<ApplicationSpec>(r#"{"client_id": "a", "name": "A", "colour": 1}"#)
            .expect_err("refused");
    }
}
