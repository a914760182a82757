//! Every message that the pages name exists, with the variables they give it, and every message that
//! exists is named. English stands for all: `translations` holds the others equal to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use model::claim_type::ClaimType;
use model::preset::ScopePreset;
use model::spec::{
    AccessTokenFormat, ApplicationType, AssertedSubject, CertificateName, ClientAuthentication, ContentEncryption,
    Dialect, EncryptionAlg, GrantType, RefreshTokenUse, RegistrationMode, ResponseType, SecurityProfile, SigningAlg,
    Stage, SubjectType,
};
use regex::Regex;

use super::*;

pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Text of every file below a folder that ends with `.ext`.
fn sources(folder: &Path, ext: &str) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.push_str(&sources(&path, ext));
        } else if path.extension().is_some_and(|e| e == ext) && path.file_name().is_some_and(|n| n != "tests.rs") {
            all.push_str(&fs::read_to_string(path).expect("readable"));
        }
    }
    all
}

pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// Messages of English with the variables each uses.
fn messages() -> BTreeMap<String, BTreeSet<String>> {
    let all = translations::messages(Locale::En).into_iter();
    all.map(|(name, message)| (name, message.matches(r"\$([a-z]+)"))).collect()
}

/// Messages whose names are put together from stored names.
fn put_together() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |name: String| names.insert(name.replace('_', "-"));
    for kind in ClaimType::ALL {
        add(format!("claim-type-{}", kind.as_str()));
    }
    for preset in ScopePreset::ALL {
        add(format!("preset-{}", preset.as_str()));
        add(format!("preset-{}-text", preset.as_str()));
    }
    for kind in ApplicationType::ALL {
        add(format!("application-type-{}", kind.as_str()));
        add(format!("application-type-{}-text", kind.as_str()));
    }
    for mode in RegistrationMode::ALL {
        add(format!("client-registration-{}", mode.as_str()));
        add(format!("client-registration-{}-text", mode.as_str()));
    }
    for one in AssertedSubject::ALL {
        add(format!("asserted-subject-{}", one.as_str()));
        add(format!("asserted-subject-{}-text", one.as_str()));
    }
    for kind in CertificateName::KINDS {
        add(format!("certificate-name-{kind}"));
    }
    for kind in SubjectType::ALL {
        add(format!("subject-type-{}", kind.as_str()));
        add(format!("subject-type-{}-text", kind.as_str()));
    }
    for towards in ["no", "acting", "as-user"] {
        add(format!("exchanges-{towards}"));
    }
    for state in ["live", "revoked", "spent", "expired"] {
        add(format!("initial-token-state-{state}"));
    }
    for grant in GrantType::ALL {
        add(format!("grant-{}", grant.word()));
        add(format!("grant-{}-text", grant.word()));
    }
    for format in AccessTokenFormat::ALL {
        add(format!("access-token-{}", format.as_str()));
        add(format!("access-token-{}-text", format.as_str()));
    }
    for method in ClientAuthentication::ALL {
        add(format!("auth-method-{}", method.as_str()));
        add(format!("auth-method-{}-text", method.as_str()));
    }
    for one in SecurityProfile::ALL {
        add(format!("security-profile-{}", one.as_str()));
        add(format!("security-profile-{}-text", one.as_str()));
    }
    for one in RefreshTokenUse::ALL {
        add(format!("refresh-token-{}", one.as_str()));
        add(format!("refresh-token-{}-text", one.as_str()));
    }
    for one in ResponseType::ALL {
        add(format!("response-type-{}-text", one.as_str().replace(' ', "-")));
    }
    for dialect in Dialect::ALL {
        add(format!("dialect-{}", dialect.as_str()));
        add(format!("dialect-{}-text", dialect.as_str()));
    }
    for alg in EncryptionAlg::ALL {
        add(format!("encryption-alg-{}", alg.as_str().to_ascii_lowercase().replace('+', "-")));
    }
    for enc in ContentEncryption::ALL {
        add(format!("content-encryption-{}", enc.as_str().to_ascii_lowercase()));
    }
    for alg in SigningAlg::ALL {
        add(format!("signing-alg-{}", alg.as_str().to_ascii_lowercase()));
    }
    for stage in Stage::ALL {
        add(format!("stage-{}", stage.as_str()));
        add(format!("stage-{}-text", stage.as_str()));
    }
    for (part, _) in model::address::PARTS {
        add(format!("address-{part}"));
    }
    for claim in model::standard_claims::all() {
        add(format!("standard-claim-{}", claim.name));
    }
    for scope in ScopePreset::ALL.into_iter().flat_map(ScopePreset::scopes) {
        add(format!("standard-scope-{}", scope.name));
    }
    for month in 1..=12 {
        add(format!("month-{month}"));
    }
    for state in ["next", "signing", "retired"] {
        add(format!("key-state-{state}"));
    }
    names
}

/// Codes of problems, wherever a crate below makes one.
fn problem_codes() -> BTreeSet<String> {
    let server = root().join("../server");
    let folders = ["model/src", "src"].map(|folder| root().join(folder));
    let mut text: String = folders.iter().map(|folder| sources(folder, "rs")).collect();
    for member in ["service/src", "oidc/src", "src"] {
        text.push_str(&sources(&server.join(member), "rs"));
    }
    let mut codes: BTreeSet<String> =
        regex(r#"Problem::new\(\s*"([a-z-]+)""#).captures_iter(&text).map(|c| c[1].to_owned()).collect();
    // A table of model::redirect_uri.
    codes.extend(regex(r#""(uri-[a-z]+)""#).captures_iter(&text).map(|c| c[1].to_owned()));
    codes
}

/// Families whose last part comes from the database or another crate: each name in them is wanted
/// as long as the family's own name is in the sources.
const OPEN_FAMILIES: [&str; 5] = ["audit-action-", "audit-reason-", "object-", "usage-", "authorization-"];

#[test]
fn every_message_that_is_named_exists() {
    let source = sources(&root().join("src"), "rs");
    let named = regex(r#"(?:tr|say)!\(\s*(?:(?:[a-z_.]+|self\.locale)\s*,\s*)?"([a-z0-9-]+)""#);
    let mut wanted: BTreeSet<String> = named.captures_iter(&source).map(|c| c[1].to_owned()).collect();
    wanted.extend(put_together());
    wanted.extend(problem_codes().into_iter().map(|code| format!("problem-{code}")));
    let known = messages();
    let missing: Vec<&String> = wanted.iter().filter(|name| !known.contains_key(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_message_that_exists_is_named() {
    let source = sources(&root().join("src"), "rs");
    let literals: BTreeSet<String> =
        regex(r#""([a-z][a-z0-9-]*)""#).captures_iter(&source).map(|c| c[1].to_owned()).collect();
    let mut wanted = put_together();
    wanted.extend(problem_codes().into_iter().map(|code| format!("problem-{code}")));
    let known = messages();
    let unused = known.keys().filter(|name| {
        let helped = name.strip_suffix("-help").is_some_and(|label| literals.contains(label));
        let family = OPEN_FAMILIES.iter().any(|family| name.starts_with(family));
        !(literals.contains(*name) || wanted.contains(*name) || helped || family)
    });
    let unused: Vec<&String> = unused.collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_message_gets_its_variables() {
    let source = sources(&root().join("src"), "rs");
    let call = regex(r#"(?:tr|say)!\(\s*(?:[a-z_.]+\s*,\s*)?"([a-z0-9-]+)"((?:[^()]|\([^()]*\))*)\)"#);
    let given = regex(r"([a-z]+) = ");
    let known = messages();
    for captures in call.captures_iter(&source) {
        let Some(wanted) = known.get(&captures[1]) else { continue };
        let given: BTreeSet<String> = given.captures_iter(&captures[2]).map(|c| c[1].to_owned()).collect();
        assert!(wanted.is_subset(&given), "{} needs {wanted:?}, gets {given:?}", &captures[1]);
    }
}

#[test]
fn sentences_are_put_together_without_hidden_marks() {
    let said = Locale::En.say("continue-to", &[("name", "Library website".into())]);
    assert_eq!(said, "to continue to Library website");
    let problem = Problem::new("too-short").with("min", 1);
    assert_eq!(Locale::En.problem(&problem), "At least one character, please.");
    let help = Locale::En.say("claim-pattern-help", &[]);
    assert_eq!(help.split_once("LC").map(|(_, end)| &end[..10]), Some("-[0-9]{6}`"));
}
