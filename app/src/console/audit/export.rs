//! The log as a file: CSV (RFC 4180) for a spreadsheet, JSON for a program; with the page's filters.

use jiff::Timestamp;
use serde_json::json;
use service::console::{AuditRow, audit};

use super::filter::{self, day};
use crate::console::Place;
use crate::say;
use crate::visit::{Answer, File, PageError, PageResult, Visit};

const COLUMNS: [&str; 8] = ["at", "actor", "action", "object_type", "object_id", "object_name", "details", "reference"];

/// The file.
pub async fn show(visit: Visit) -> PageResult {
    let place = Place::of(&visit).await?;
    let asked = filter::read(&visit.query)?;
    let search = visit.query.optional("q").unwrap_or_default();
    let (rows, more) = audit::export(&visit.ctx, &place.actor, place.slug(), &asked, &search).await?;
    let more = more.then(|| say!(visit.locale, "audit-export-more", max = audit::MAX_EXPORTED));
    let (ending, kind, text) = match visit.query.get("format") {
        Some("json") => ("json", "application/json", as_json(&rows, more.as_deref())),
        None | Some("csv") => ("csv", "text/csv; charset=utf-8", as_csv(&rows, more.as_deref())),
        Some(_) => return Err(PageError::BadRequest),
    };
    let name = format!("audit-{}-{}.{ending}", place.slug(), day(visit.ctx.now()));
    Ok(Answer::File(File { name, kind, text }))
}

fn moment(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

fn as_json(rows: &[AuditRow], more: Option<&str>) -> String {
    let rows = rows.iter().map(|row| {
        let data: serde_json::Map<_, _> = row.data.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        json!({
            "at": moment(row.at), "actor": row.actor, "action": row.action, "object_type": row.object_type,
            "object_id": row.object_id, "object_name": row.object_name, "fields": row.fields, "data": data,
            "reference": row.reference, "change": row.change,
        })
    });
    let document = json!({ "rows": rows.collect::<Vec<_>>(), "incomplete": more });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn as_csv(rows: &[AuditRow], more: Option<&str>) -> String {
    let mut text = line(&COLUMNS);
    for row in rows {
        let data = row.data.iter().map(|(name, value)| format!("{name}: {value}"));
        let details = row.fields.iter().cloned().chain(data).collect::<Vec<_>>().join("; ");
        let (id, reference) =
            (row.object_id.as_deref().unwrap_or_default(), row.reference.as_deref().unwrap_or_default());
        let at = moment(row.at);
        text += &line(&[&at, &row.actor, &row.action, &row.object_type, id, &row.object_name, &details, reference]);
    }
    if let Some(more) = more {
        text += &line(&["", "", "", "", "", "", more, ""]);
    }
    text
}

/// One record.
fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell as RFC 4180 has it. Spreadsheets run what begins like a formula: an apostrophe makes it a text.
fn quoted(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n', '\'']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_texts() {
        assert_eq!(line(&["a", "b,c", "say \"x\"", "two\nlines"]), "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"] {
            assert!(quoted(evil).trim_start_matches('"').starts_with('\''), "{evil}");
        }
        assert_eq!(quoted("plain"), "plain");
    }
}
