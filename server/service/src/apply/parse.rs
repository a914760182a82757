//! From the text of an `apply` file to a document, or to where it is wrong and why.

use std::fmt;

use model::spec::Document;

/// Why a file could not be read. Never repeats the text of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    /// Where in the document, `subscriptions[0].applications[1].type`; empty where nothing was read yet.
    pub path: String,
    /// From 1; 0 when unknown.
    pub line: usize,
    /// From 1; 0 when unknown.
    pub column: usize,
    /// One sentence.
    pub reason: String,
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}, column {}: ", self.line, self.column)?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for DocumentError {}

/// Reads JSON or YAML: by the ending of the file's name, else by the first character.
pub fn parse(text: &str, file_name: &str) -> Result<Document, DocumentError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("yaml" | "yml") => yaml(text),
        Some("json") => json(text),
        _ if text.trim_start().starts_with('{') => json(text),
        _ => yaml(text),
    }
}

fn json(text: &str) -> Result<Document, DocumentError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let document = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        json_error(&path, &error.into_inner())
    })?;
    reader.end().map_err(|error| json_error("", &error))?;
    Ok(document)
}

fn json_error(path: &str, error: &serde_json::Error) -> DocumentError {
    located(path, error.line(), error.column(), &error.to_string())
}

fn yaml(text: &str) -> Result<Document, DocumentError> {
    // `yes` and `0123` are text unless the key wants something else, and no excerpt of the file,
    // which may hold a secret, goes into an error.
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        with_snippet: false,
    };
    let mut path = String::new();
    serde_saphyr::with_deserializer_from_str_with_options(text, options, |reader| {
        serde_path_to_error::deserialize(reader).map_err(|error| {
            path = error.path().to_string();
            error.into_inner()
        })
    })
    .map_err(|error| {
        let at = error.location().map_or((0, 0), |at| (at.line(), at.column()));
        located(&path, number(at.0), number(at.1), &error.to_string())
    })
}

fn number(position: impl TryInto<usize>) -> usize {
    position.try_into().unwrap_or(0)
}

/// Cuts the position off the reader's own sentence, and what it quotes of a secret.
fn located(path: &str, line: usize, column: usize, sentence: &str) -> DocumentError {
    let path = path.trim_matches(|c| c == '.' || c == '?');
    let last = path.rsplit('.').next().unwrap_or_default();
    let reason = if matches!(last, "secret" | "password") {
        "a secret is written as value:…, env:NAME or file:PATH".to_owned()
    } else {
        let cut = sentence.rfind(" at line ").unwrap_or(sentence.len());
        sentence[..cut].replace(", set DuplicateKeyPolicy in Options if acceptable", "")
    };
    DocumentError { path: path.to_owned(), line, column, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, name: &str) -> DocumentError {
        parse(text, name).expect_err("refused")
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_and_place() {
        let error = refused("{\"subscriptions\": [\n {\"slug\": \"a\", \"name\": \"A\", \"colour\": 1}]}", "f.json");
        assert_eq!((error.path.as_str(), error.line), ("subscriptions[0].colour", 2));
        assert!(error.reason.starts_with("unknown field `colour`"), "{error}");
        let error = refused("subscriptions:\n  - slug: a\n    name: A\n    colour: 1\n", "f.yaml");
        assert_eq!((error.path.as_str(), error.line), ("subscriptions[0].colour", 4));
        assert!(error.reason.starts_with("unknown field `colour`"), "{error}");
    }

    #[test]
    fn an_unknown_key_of_a_required_claim_is_named_too() {
        let text = "subscriptions: [{slug: a, name: A, applications: [{client_id: c, name: C, \
                    required_claims: [{claim: x, stagg: off}]}]}]";
        let error = refused(text, "f.yaml");
        assert_eq!(error.path, "subscriptions[0].applications[0].required_claims[0].stagg");
    }

    #[test]
    fn a_secret_is_never_quoted() {
        for secret in ["\"canary-0123456789\"", "4242424242424242", "[\"canary\"]"] {
            let text = format!(
                "{{\"subscriptions\": [{{\"slug\": \"a\", \"name\": \"A\", \"applications\": [
                {{\"client_id\": \"c\", \"name\": \"C\", \"secret\": {secret}}}]}}]}}"
            );
            for name in ["f.json", "f.yaml"] {
                let error = refused(&text, name).to_string();
                assert!(!error.contains("canary") && !error.contains("4242"), "{error}");
            }
        }
    }

    #[test]
    fn broken_text_has_a_line() {
        assert_eq!(refused("{\"subscriptions\": [\n,]}", "f.json").line, 2);
        assert!(refused("subscriptions:\n  - [\n", "f.yml").line > 0);
        assert!(refused("{\"subscriptions\": []} x", "f.json").line > 0);
        assert!(parse("", "f.yaml").is_err());
        assert!(parse("subscriptions: []\n---\nsubscriptions: []\n", "f.yaml").is_err());
        assert!(parse("subscriptions: [{slug: a, slug: b, name: A}]", "f.yaml").is_err());
    }

    #[test]
    fn yaml_text_stays_text() {
        let text =
            "subscriptions: [{slug: a, name: yes, users: [{username: u, claims: {card: 0123, note: no, on: true}}]}]";
        let document = parse(text, "f.yaml").expect("document");
        assert_eq!(document.subscriptions[0].name, "yes");
        let claims = serde_json::to_value(&document.subscriptions[0].users[0].claims).expect("json");
        assert_eq!(claims, serde_json::json!({ "card": "0123", "note": "no", "on": true }));
    }

    #[test]
    fn the_first_character_tells_where_the_name_does_not() {
        assert!(parse("{\"subscriptions\": []}", "-").is_ok());
        assert!(parse("subscriptions: []", "-").is_ok());
    }
}
