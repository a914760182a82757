//! Every message that the pages name exists in every language, with the variables they give it, and
//! every message that exists is named.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use model::claim_type::ClaimType;
use model::preset::ScopePreset;
use model::spec::{AccessTokenFormat, ApplicationType, GrantType};
use regex::Regex;

use super::*;

fn root() -> PathBuf {
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

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// Messages of a language with the variables each uses.
fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = sources(&root().join("locales").join(tag), "ftl");
    let name = regex(r"^([a-z][a-z0-9-]*) =");
    let variable = regex(r"\$([a-z]+)");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines() {
        if let Some(captures) = name.captures(line) {
            current = captures[1].to_owned();
            assert!(!found.contains_key(&current), "{tag}: {current} is there twice");
            found.insert(current.clone(), BTreeSet::new());
        }
        let variables = variable.captures_iter(line).map(|c| c[1].to_owned());
        if let Some(known) = found.get_mut(&current) {
            known.extend(variables);
        }
    }
    found
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
    for grant in GrantType::ALL {
        add(format!("grant-{}", grant.as_str()));
        add(format!("grant-{}-text", grant.as_str()));
    }
    for format in AccessTokenFormat::ALL {
        add(format!("access-token-{}", format.as_str()));
        add(format!("access-token-{}-text", format.as_str()));
    }
    for (part, _) in model::address::PARTS {
        add(format!("address-{part}"));
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
const OPEN_FAMILIES: [&str; 4] = ["audit-action-", "object-", "usage-", "authorization-"];

#[test]
fn every_message_that_is_named_exists() {
    let source = sources(&root().join("src"), "rs");
    let named = regex(r#"(?:tr|say)!\(\s*(?:(?:[a-z_.]+|self\.locale)\s*,\s*)?"([a-z0-9-]+)""#);
    let mut wanted: BTreeSet<String> = named.captures_iter(&source).map(|c| c[1].to_owned()).collect();
    wanted.extend(put_together());
    wanted.extend(problem_codes().into_iter().map(|code| format!("problem-{code}")));
    for locale in Locale::ALL {
        let known = messages(locale.tag());
        let missing: Vec<&String> = wanted.iter().filter(|name| !known.contains_key(*name)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", locale.tag());
    }
}

#[test]
fn every_message_that_exists_is_named() {
    let source = sources(&root().join("src"), "rs");
    let literals: BTreeSet<String> =
        regex(r#""([a-z][a-z0-9-]*)""#).captures_iter(&source).map(|c| c[1].to_owned()).collect();
    let mut wanted = put_together();
    wanted.extend(problem_codes().into_iter().map(|code| format!("problem-{code}")));
    for locale in Locale::ALL {
        let known = messages(locale.tag());
        let unused = known.keys().filter(|name| {
            let helped = name.strip_suffix("-help").is_some_and(|label| literals.contains(label));
            let family = OPEN_FAMILIES.iter().any(|family| name.starts_with(family));
            !(literals.contains(*name) || wanted.contains(*name) || helped || family)
        });
        let unused: Vec<&String> = unused.collect();
        assert!(unused.is_empty(), "{}: {unused:?}", locale.tag());
    }
}

#[test]
fn every_message_gets_its_variables() {
    let source = sources(&root().join("src"), "rs");
    let call = regex(r#"(?:tr|say)!\(\s*(?:[a-z_.]+\s*,\s*)?"([a-z0-9-]+)"((?:[^()]|\([^()]*\))*)\)"#);
    let given = regex(r"([a-z]+) = ");
    for locale in Locale::ALL {
        let known = messages(locale.tag());
        for captures in call.captures_iter(&source) {
            let Some(wanted) = known.get(&captures[1]) else { continue };
            let given: BTreeSet<String> = given.captures_iter(&captures[2]).map(|c| c[1].to_owned()).collect();
            assert!(wanted.is_subset(&given), "{}: {} needs {wanted:?}, gets {given:?}", locale.tag(), &captures[1]);
        }
    }
}

#[test]
fn every_language_has_the_same_messages() {
    let names = |locale: Locale| messages(locale.tag()).into_keys().collect::<BTreeSet<_>>();
    for locale in Locale::ALL {
        assert_eq!(names(locale), names(Locale::En), "{}", locale.tag());
    }
}

#[test]
fn sentences_are_put_together_without_hidden_marks() {
    let said = Locale::En.say("continue-to", &[("name", "Library website".into())]);
    assert_eq!(said, "to continue to Library website");
    let problem = Problem::new("too-short").with("min", 1);
    assert_eq!(Locale::En.problem(&problem), "At least one character, please.");
    assert_eq!(Locale::En.say("claim-pattern-help", &[]).split_once("^LC").map(|(_, end)| end), Some("-[0-9]{6}$"));
}

#[test]
fn the_wanted_language_is_found_by_its_primary_part() {
    assert_eq!(Locale::negotiate(["xx", "EN-gb;q=0.9"]), Locale::En);
    assert_eq!(Locale::negotiate([]), Locale::En);
}
