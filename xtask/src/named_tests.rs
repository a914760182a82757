//! Documents that name tests: the rows of their tables, and whether a test of that name exists.

use std::path::Path;

/// A test as documents name it: `path/of/the/file::name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTest {
    /// From the root of the repository.
    pub file: String,
    /// A Rust function, or the title of a browser test.
    pub name: String,
}

impl NamedTest {
    /// False when the file is not there or does not hold the test.
    pub fn exists(&self) -> bool {
        let file = Path::new(&self.file);
        let Ok(source) = std::fs::read_to_string(file) else { return false };
        if file.extension().is_some_and(|e| e == "rs") {
            is_in_rust(&source, &self.name)
        } else {
            source.contains(&self.name)
        }
    }
}

/// A function of that name, or an argument of a macro that makes one.
fn is_in_rust(source: &str, name: &str) -> bool {
    ["(", ",", " "].iter().any(|end| {
        let whole = format!("{name}{end}");
        source.match_indices(&whole).any(|(at, _)| !source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

/// The rows of every table of a document, as trimmed cells: without headings and the lines below them.
pub fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_row = |line: &str| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    let is_rule = |line: &str| is_row(line) && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let body = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| is_row(line) && !is_rule(line) && !lines.get(at + 1).is_some_and(|next| is_rule(next)));
    body.map(|(_, line)| line[1..line.len() - 1].split('|').map(str::trim).collect()).collect()
}

/// The tests that a cell names, in backticks.
pub fn tests(cell: &str) -> Vec<NamedTest> {
    let quoted = cell.split('`').skip(1).step_by(2);
    let named = quoted.filter_map(|part| part.split_once("::")).filter(|(file, _)| file.contains('/'));
    named.map(|(file, name)| NamedTest { file: file.to_owned(), name: name.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_what_stands_below_a_heading() {
        let text = "words\n\n| # | what |\n| --- | :-- |\n| 1 | a |\n|2|b|\n\n| x | y |\n| --- | --- |\n| 3 | |\n";
        assert_eq!(rows(text), [["1", "a"], ["2", "b"], ["3", ""]]);
        assert!(rows("no table, | not even here").is_empty());
    }

    #[test]
    fn a_cell_names_tests_in_backticks() {
        let named = tests("`a/b.rs::one`, `c/d.ts::two words`; not `Params::get`, nor a/b.rs::three");
        let expected = [("a/b.rs", "one"), ("c/d.ts", "two words")];
        assert!(named.iter().map(|t| (t.file.as_str(), t.name.as_str())).eq(expected));
    }

    #[test]
    fn a_test_is_found_by_its_whole_name() {
        let source = "both!(a_code_dies, |app| async {});\nfn a_token_lives() {}\nmatrix!(each_role => 1);";
        for there in ["a_code_dies", "a_token_lives", "each_role"] {
            assert!(is_in_rust(source, there), "{there}");
        }
        for absent in ["code_dies", "a_code", "lives", "a_token_live", "role"] {
            assert!(!is_in_rust(source, absent), "{absent}");
        }
    }

    #[test]
    fn a_test_of_no_file_does_not_exist() {
        assert!(!NamedTest { file: "no/such/file.rs".into(), name: "a".into() }.exists());
    }
}
