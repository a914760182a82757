//! Holds `docs/security.md` against the tests: every requirement that applies has at least one test,
//! and every test it names exists.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::run::say;

/// The table.
const TABLE: &str = "docs/security.md";

/// Requirements that are built so far, as inclusive ranges of the table's numbers.
const REQUIRED: &[(u32, u32)] = &[
    (1, 12),
    (14, 27),
    (29, 34),
    (36, 44),
    (46, 46),
    (48, 50),
    (52, 54),
    (57, 57),
    (60, 69),
    (71, 71),
    (73, 75),
    (77, 81),
    (84, 84),
    (86, 86),
    (88, 89),
];

/// Fails on a requirement without a test and on a test that does not exist.
pub fn check() -> Result<()> {
    say("security table");
    let text = std::fs::read_to_string(TABLE).with_context(|| format!("{TABLE} cannot be read"))?;
    let rows = rows(&text);
    let known: BTreeSet<u32> = rows.iter().filter(|row| !row.tests.is_empty()).map(|row| row.number).collect();
    let mut problems: Vec<String> = REQUIRED
        .iter()
        .flat_map(|&(first, last)| first..=last)
        .filter(|number| !known.contains(number))
        .map(|number| format!("requirement {number} has no test"))
        .collect();
    for row in &rows {
        for (file, name) in &row.tests {
            if !exists(Path::new(file), name) {
                problems.push(format!("requirement {}: there is no test `{name}` in {file}", row.number));
            }
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    bail!("{TABLE}:\n  {}", problems.join("\n  "))
}

/// A line of the table: the number, what is held, and `file::test` for each test, in cells.
struct Row {
    number: u32,
    tests: Vec<(String, String)>,
}

fn rows(text: &str) -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim().strip_prefix('|')?.split('|').map(str::trim).collect();
        let number = cells.first()?.parse().ok()?;
        let tests = cells.get(2)?.split('`').filter_map(|part| part.split_once("::"));
        Some(Row { number, tests: tests.map(|(file, name)| (file.to_owned(), name.to_owned())).collect() })
    };
    text.lines().filter_map(row).collect()
}

/// A Rust test is a function of that name; a browser test is a title.
fn exists(file: &Path, name: &str) -> bool {
    let Ok(source) = std::fs::read_to_string(file) else { return false };
    if file.extension().is_some_and(|e| e == "rs") {
        return source.contains(&format!("fn {name}("))
            || source.contains(&format!("{name},"))
            || source.contains(&format!("{name} "));
    }
    source.contains(name)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_row_names_its_tests() {
        let rows = rows(
            "| # | what | tests |\n| --- | --- | --- |\n| 19 | one winner | `a/b.rs::one`, `c.ts::two words` |\n| 20 | none | |\n",
        );
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].number, 19);
        assert_eq!(rows[0].tests, [("a/b.rs".into(), "one".into()), ("c.ts".into(), "two words".into())]);
        assert!(rows[1].tests.is_empty());
    }
}
