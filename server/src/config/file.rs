//! `tessera.toml`. Unknown keys are refused by name; a value is never repeated in a message.

use std::path::{Path, PathBuf};

use super::{ConfigError, Given};

/// Looked for in the working folder when no other file is named.
pub const DEFAULT: &str = "tessera.toml";

/// Reads the file. A file that somebody named must be there; the default one need not.
///
/// # Errors
/// When it cannot be read, is no TOML, or has a key that is no setting.
pub fn read(named: Option<&Path>) -> Result<Given, ConfigError> {
    let path = named.map_or_else(|| PathBuf::from(DEFAULT), Path::to_path_buf);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text).map_err(|reason| ConfigError::File { path: path.display().to_string(), reason }),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(Given::default()),
        Err(error) => Err(ConfigError::File { path: path.display().to_string(), reason: error.to_string() }),
    }
}

fn parse(text: &str) -> Result<Given, String> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        // `error` itself would quote the line, which may hold the password of the database.
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        format!("{place}{}", error.message())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_lists_are_values() {
        let given = parse("listen = \"[::1]:9000\"\nmax_body = 1000\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n");
        let given = given.unwrap_or_else(|reason| panic!("{reason}"));
        assert_eq!(given.listen.map(|w| w.0).as_deref(), Some("[::1]:9000"));
        assert_eq!(given.max_body.map(|w| w.0).as_deref(), Some("1000"));
        assert_eq!(given.trusted_proxies.map(|w| w.0).as_deref(), Some("10.0.0.0/8,::1"));
    }

    #[test]
    fn an_unknown_key_is_refused_by_its_name_and_line() {
        let reason = parse("listen = \"127.0.0.1:1\"\npublic_ulr = \"x\"\n").err().unwrap_or_default();
        assert!(reason.starts_with("line 2: ") && reason.contains("`public_ulr`"), "{reason}");
    }

    #[test]
    fn a_message_never_repeats_a_value() {
        let reason = parse("database_url = { password = \"hunter2hunter2\" }").err().unwrap_or_default();
        assert!(!reason.is_empty() && !reason.contains("hunter2"), "{reason}");
        let reason = parse("database_url = \"postgres://u:hunter2@h/d").err().unwrap_or_default();
        assert!(!reason.is_empty() && !reason.contains("hunter2"), "{reason}");
    }

    #[test]
    fn only_a_named_file_must_be_there() {
        let missing = Path::new("no-such-folder/tessera.toml");
        assert!(matches!(read(Some(missing)), Err(ConfigError::File { .. })));
    }
}
