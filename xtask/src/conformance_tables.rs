//! Holds `docs/conformance/` against the tests: every requirement of a specification names tests that
//! exist, or says why there is none, and the index names every specification.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::named_tests;
use crate::run::say;

/// One file for each specification.
const FOLDER: &str = "docs/conformance";
/// What is spoken, and where.
const INDEX: &str = "README.md";
/// With one of these begins why a requirement has no test; the index explains them.
const REASONS: [&str; 4] = ["Deviation: ", "Not spoken: ", "Not ours: ", "Nothing to run: "];

/// Fails on a requirement with neither a test nor a reason, on a test that does not exist, and on a file
/// that the index does not name.
pub fn check() -> Result<()> {
    say("conformance tables");
    let read = |name: &str| {
        let path = Path::new(FOLDER).join(name);
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let index = read(INDEX)?;
    let mut problems = Vec::new();
    for name in specifications()? {
        if !index.contains(&format!("({name})")) {
            problems.push(format!("{INDEX} does not name {name}"));
        }
        let wrong = problems_of(&read(&name)?);
        problems.extend(wrong.into_iter().map(|problem| format!("{name}: {problem}")));
    }
    if problems.is_empty() {
        return Ok(());
    }
    bail!("{FOLDER}:\n  {}", problems.join("\n  "))
}

/// Names of the files, in their order.
fn specifications() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(FOLDER).with_context(|| format!("{FOLDER} cannot be read"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != INDEX && Path::new(&name).extension().is_some_and(|e| e == "md") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// What is wrong with the tables of one specification: section, requirement, test or reason.
fn problems_of(text: &str) -> Vec<String> {
    let rows = named_tests::rows(text);
    if rows.is_empty() {
        return vec!["it has no table".to_owned()];
    }
    rows.iter().flat_map(|cells| problems_of_row(cells)).collect()
}

fn problems_of_row(cells: &[&str]) -> Vec<String> {
    let &[section, requirement, held] = cells else {
        return vec![format!("a row has {} cells, not three: {}", cells.len(), cells.join(" | "))];
    };
    let mut problems = Vec::new();
    if section.is_empty() || requirement.is_empty() {
        problems.push(format!("a row has no section or no requirement: {}", cells.join(" | ")));
    }
    let tests = named_tests::tests(held);
    let is_reason = REASONS.iter().any(|kind| held.strip_prefix(kind).is_some_and(|why| !why.trim().is_empty()));
    if tests.is_empty() && !is_reason {
        problems.push(format!("{section} ({requirement}) has neither a test nor a reason"));
    }
    for test in tests.iter().filter(|test| !test.exists()) {
        problems.push(format!("{section}: there is no test `{}` in {}", test.name, test.file));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::problems_of;

    fn of(row: &str) -> Vec<String> {
        problems_of(&format!("| section | requirement | held by |\n| --- | --- | --- |\n{row}\n"))
    }

    #[test]
    fn a_reason_does_for_a_test() {
        for kind in super::REASONS {
            assert!(of(&format!("| 3.1 | MUST | {kind}there is none |")).is_empty(), "{kind}");
            assert_eq!(of(&format!("| 3.1 | MUST | {kind}|")).len(), 1, "a kind alone says nothing: {kind}");
        }
    }

    #[test]
    fn neither_a_test_nor_a_reason_is_told() {
        for held in ["", "later", "TODO", "`Params::get`"] {
            assert_eq!(of(&format!("| 3.1 | MUST | {held} |")), ["3.1 (MUST) has neither a test nor a reason"]);
        }
    }

    #[test]
    fn a_test_that_does_not_exist_is_told() {
        let reason_too = "Deviation: see `no/such.rs::test`";
        for held in ["`no/such.rs::test`", reason_too] {
            assert_eq!(of(&format!("| 3.1 | MUST | {held} |")), ["3.1: there is no test `test` in no/such.rs"]);
        }
    }

    #[test]
    fn rows_are_whole() {
        assert_eq!(of("| 3.1 | MUST |").len(), 1);
        assert_eq!(of("| | MUST | Not ours: for clients |").len(), 1);
        assert_eq!(problems_of("words\n"), ["it has no table"]);
    }
}
