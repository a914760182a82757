//! From the text of a CSV file (RFC 4180) to new users, as the user form would read them.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use model::claim_type::ClaimType;
use model::spec::ClaimSpec;
use model::{FieldErrors, FormData, Problem, address, claim_value, standard_claims};
use store::claims::Claim;

use super::{MAX_LINES, MAX_PASSWORDS};
use crate::console::NewUser;
use crate::error::{Error, Result};
use crate::user::EMAIL;

/// Between the values of a claim that holds several: the others separate cells.
const LIST_SEPARATOR: char = '|';
/// What separates cells; the one that the header has most often.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A line of the file.
pub(super) struct Line {
    /// From 1, the header included.
    pub(super) number: u64,
    /// As far as it can be read.
    pub(super) user: NewUser,
    /// What cannot be read, by column.
    pub(super) errors: FieldErrors,
    record: StringRecord,
}

/// The file.
pub(super) struct Table {
    pub(super) lines: Vec<Line>,
    header: StringRecord,
    separator: u8,
}

/// What a column holds.
#[derive(Clone, Copy)]
enum Column<'a> {
    Username,
    Email,
    EmailVerified,
    Password,
    /// A claim, or a part of an address.
    Claim(&'a ClaimSpec),
}

impl Table {
    /// Reads the text.
    ///
    /// # Errors
    /// At `content`, when the header is of no use or there is too much of anything.
    pub(super) fn read(text: &str, claims: &[Claim]) -> Result<Self> {
        // The reader counts a line less for each record that ends like Windows'.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n");
        let separator = separator(&text);
        let mut reader =
            ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.records();
        let header = match records.next() {
            Some(record) => record.map_err(|_| refuse(Problem::new("import-unreadable")))?,
            None => return Err(refuse(Problem::new("import-empty"))),
        };
        let columns = columns(&header, claims)?;
        let mut lines = Vec::new();
        for record in records {
            let record = record.map_err(|_| refuse(Problem::new("import-unreadable")))?;
            if lines.len() == MAX_LINES {
                return Err(refuse(Problem::new("import-lines").with("max", MAX_LINES)));
            }
            lines.push(line(record, &header, &columns));
        }
        if lines.is_empty() {
            return Err(refuse(Problem::new("import-empty")));
        }
        if lines.iter().filter(|line| line.user.password.is_some()).count() > MAX_PASSWORDS {
            return Err(refuse(Problem::new("import-passwords").with("max", MAX_PASSWORDS)));
        }
        Ok(Self { lines, header, separator })
    }

    /// Some lines below the header; nothing for none.
    pub(super) fn excerpt<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> String {
        let mut writer = WriterBuilder::new().delimiter(self.separator).flexible(true).from_writer(Vec::new());
        let mut lines = lines.peekable();
        if lines.peek().is_none() {
            return String::new();
        }
        // Writing to memory cannot fail.
        let _ = writer.write_record(&self.header);
        for line in lines {
            let _ = writer.write_record(&line.record);
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

fn refuse(problem: Problem) -> Error {
    Error::field("content", problem)
}

fn separator(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let count = |separator: u8| header.matches(char::from(separator)).count();
    // The first of equals.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Every column that stands for a claim.
pub(super) fn claim_columns(claims: &[Claim]) -> impl Iterator<Item = (String, &ClaimSpec)> {
    let specs = claims.iter().map(|claim| &claim.object.spec);
    let typed = specs.filter(|spec| spec.name != EMAIL && !standard_claims::is_derived(&spec.name));
    typed.flat_map(|spec| {
        let names: Vec<String> = match spec.kind {
            ClaimType::Address => address::PARTS.iter().map(|(part, _)| address::field(&spec.name, part)).collect(),
            _ => vec![spec.name.clone()],
        };
        names.into_iter().map(move |name| (name, spec))
    })
}

fn columns<'a>(header: &StringRecord, claims: &'a [Claim]) -> Result<Vec<Column<'a>>> {
    let known: Vec<(String, &ClaimSpec)> = claim_columns(claims).collect();
    let mut errors = FieldErrors::default();
    let mut columns = Vec::new();
    for (at, name) in header.iter().map(str::trim).enumerate() {
        if header.iter().take(at).any(|other| other.trim() == name) {
            errors.add("content", Problem::new("import-column-repeated").with("name", name));
        }
        columns.push(match name {
            "username" => Column::Username,
            "email" => Column::Email,
            "email_verified" => Column::EmailVerified,
            "password" => Column::Password,
            _ => {
                let Some((_, spec)) = known.iter().find(|(column, _)| column == name) else {
                    errors.add("content", Problem::new("import-column-unknown").with("name", name));
                    continue;
                };
                Column::Claim(spec)
            }
        });
    }
    if errors.is_empty() && !columns.iter().any(|column| matches!(column, Column::Username | Column::Email)) {
        errors.add("content", Problem::new("import-columns"));
    }
    Ok(errors.into_result(columns)?)
}

fn line(record: StringRecord, header: &StringRecord, columns: &[Column<'_>]) -> Line {
    let mut errors = FieldErrors::default();
    if record.len() != columns.len() {
        let problem = Problem::new("import-cells").with("count", record.len()).with("expected", columns.len());
        errors.add("", problem);
    }
    let mut user = NewUser { username: None, email: None, email_verified: false, password: None, claims: Vec::new() };
    let mut form = FormData::default();
    let mut claims: Vec<&ClaimSpec> = Vec::new();
    for ((column, name), cell) in columns.iter().zip(header).zip(&record) {
        let trimmed = cell.trim();
        let text = || (!trimmed.is_empty()).then(|| trimmed.to_owned());
        match column {
            Column::Username => user.username = text(),
            Column::Email => user.email = text(),
            Column::EmailVerified => {
                user.email_verified = errors.check("email_verified", flag(trimmed)).flatten().unwrap_or_default();
            }
            // As typed, spaces at its ends included.
            Column::Password => user.password = (!cell.is_empty()).then(|| cell.to_owned()),
            Column::Claim(spec) => {
                if !claims.iter().any(|known| known.name == spec.name) {
                    claims.push(spec);
                }
                put(spec, name.trim(), trimmed, &mut form, &mut errors);
            }
        }
    }
    for spec in claims {
        if let Some(Some(value)) = errors.check(&spec.name, claim_value::from_form(spec, &spec.name, &form)) {
            user.claims.push((spec.name.clone(), value));
        }
    }
    let number = record.position().map_or(0, csv::Position::line);
    Line { number, user, errors, record }
}

/// Puts a cell where a form would have it.
fn put(spec: &ClaimSpec, column: &str, cell: &str, form: &mut FormData, errors: &mut FieldErrors) {
    match spec.kind {
        ClaimType::MultipleChoice => {
            for value in cell.split(LIST_SEPARATOR).map(str::trim) {
                form.push(column, value);
            }
        }
        ClaimType::Boolean => {
            if let Some(Some(flag)) = errors.check(&spec.name, flag(cell)) {
                form.push(column, flag.to_string());
            }
        }
        _ => form.push(column, cell),
    }
}

/// Yes or no, or nothing.
fn flag(cell: &str) -> Result<Option<bool>, Problem> {
    match cell.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "1" => Ok(Some(true)),
        "false" | "no" | "0" => Ok(Some(false)),
        _ => Err(Problem::new("boolean")),
    }
}

#[cfg(test)]
mod tests {
    use model::Stored;
    use model::spec::Choice;
    use serde_json::{Value, json};

    use super::*;

    fn claim(name: &str, kind: ClaimType) -> Claim {
        let choices = ["a", "b", "c"].map(|v| Choice { value: v.into(), label: String::new() }).to_vec();
        let spec = ClaimSpec { name: name.into(), kind, choices, ..ClaimSpec::default() };
        let object = Stored { id: name.into(), version: 1, created_at: 0, updated_at: 0, disabled_at: None, spec };
        Claim { subscription_id: "s".into(), standard: false, position: 1, object }
    }

    fn claims() -> Vec<Claim> {
        vec![
            claim("name", ClaimType::String),
            claim("member", ClaimType::Boolean),
            claim("tags", ClaimType::MultipleChoice),
            claim("address", ClaimType::Address),
            claim("email", ClaimType::Email),
        ]
    }

    fn read(text: &str) -> Result<Table> {
        Table::read(text, &claims())
    }

    fn code(text: &str) -> String {
        match read(text) {
            Err(Error::Invalid(errors)) => errors.0[0].problem.code.clone(),
            Err(other) => panic!("{other:?}"),
            Ok(_) => "ok".to_owned(),
        }
    }

    fn value(line: &Line, claim: &str) -> Option<Value> {
        line.user.claims.iter().find(|(name, _)| name == claim).map(|(_, value)| value.clone())
    }

    #[test]
    fn a_line_is_read_as_the_form_would_be() {
        let text = "\u{FEFF}username;email;email_verified;password;name;member;tags;address.locality\r\n\
                    ann;ann@example.com;yes; quiet river ;\"Doe; Ann\";no;b|a;Lisbon\r\n\
                    ;bo@example.com;;;=1+1;;;\r\n";
        let table = read(text).expect("read");
        let [ann, bo] = &table.lines[..] else { panic!("{} lines", table.lines.len()) };
        assert_eq!((ann.number, bo.number), (2, 3));
        assert_eq!(ann.user.username.as_deref(), Some("ann"));
        assert_eq!(ann.user.password.as_deref(), Some(" quiet river "));
        assert!(ann.user.email_verified && ann.errors.is_empty(), "{}", ann.errors);
        assert_eq!(value(ann, "name"), Some(json!("Doe; Ann")));
        assert_eq!(value(ann, "member"), Some(json!(false)));
        assert_eq!(value(ann, "tags"), Some(json!(["a", "b"])));
        assert_eq!(value(ann, "address"), Some(json!({"locality": "Lisbon"})));
        // What a spreadsheet would compute is text like any other.
        assert_eq!(value(bo, "name"), Some(json!("=1+1")));
        assert_eq!((bo.user.username.as_deref(), bo.user.password.as_deref()), (None, None));
        assert_eq!(value(bo, "member"), None);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_by_column() {
        let table = read("username,email_verified,member,tags\nann,maybe,perhaps,z\nbo,1\n").expect("read");
        let fields = |line: &Line| line.errors.0.iter().map(|e| e.field.clone()).collect::<Vec<_>>();
        assert_eq!(fields(&table.lines[0]), ["email_verified", "member", "tags"]);
        assert_eq!(fields(&table.lines[1]), [""]);
        let excerpt = table.excerpt(table.lines.iter().skip(1));
        assert_eq!(excerpt, "username,email_verified,member,tags\nbo,1\n");
        assert_eq!(table.excerpt(std::iter::empty()), "");
    }

    #[test]
    fn a_header_is_understood_or_refused() {
        assert_eq!(code(""), "import-empty");
        assert_eq!(code("username,email\n"), "import-empty");
        assert_eq!(code("name\nx\n"), "import-columns");
        assert_eq!(code("username,shoe_size\na,1\n"), "import-column-unknown");
        assert_eq!(code("username,sub\na,1\n"), "import-column-unknown");
        assert_eq!(code("username,email,username\na,b,c\n"), "import-column-repeated");
        assert_eq!(code("username\temail\na\tb@example.com\n"), "ok");
        assert_eq!(code(" username , email \na,b@example.com\n"), "ok");
    }

    #[test]
    fn too_much_is_refused() {
        let lines = |count: usize, line: &str| format!("username,password\n{}", format!("{line}\n").repeat(count));
        assert_eq!(code(&lines(MAX_LINES, "a,")), "ok");
        assert_eq!(code(&lines(MAX_LINES + 1, "a,")), "import-lines");
        assert_eq!(code(&lines(MAX_PASSWORDS, "a,b")), "ok");
        assert_eq!(code(&lines(MAX_PASSWORDS + 1, "a,b")), "import-passwords");
    }

    #[test]
    fn an_open_quotation_mark_swallows_the_rest_and_nothing_else() {
        let table = read("username,name\nann,\"Ann\nbo,Bo\n").expect("read");
        assert_eq!(table.lines.len(), 1);
    }
}
