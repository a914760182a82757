//! Holds `docs/security.md` against the tests: every requirement that applies has at least one test,
//! and every test it names exists.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};

use crate::named_tests::{self, NamedTest};
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
        for NamedTest { file, name } in row.tests.iter().filter(|test| !test.exists()) {
            problems.push(format!("requirement {}: there is no test `{name}` in {file}", row.number));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    bail!("{TABLE}:\n  {}", problems.join("\n  "))
}

/// A line of the table: the number, what is held, and the tests, in cells.
struct Row {
    number: u32,
    tests: Vec<NamedTest>,
}

fn rows(text: &str) -> Vec<Row> {
    let row = |cells: Vec<&str>| {
        let number = cells.first()?.parse().ok()?;
        Some(Row { number, tests: named_tests::tests(cells.get(2)?) })
    };
    named_tests::rows(text).into_iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_row_names_its_tests() {
        let rows = rows(
            "| # | what | tests |\n| --- | --- | --- |\n| 19 | one winner | `a/b.rs::one`, `c/d.ts::two words` |\n| 20 | none | |\n",
        );
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].number, rows[0].tests.len()), (19, 2));
        assert!(rows[1].tests.is_empty());
    }
}
