//! A plan as text: `+` for what is made, `~` for what changes with old and new values, `-` for what goes.

use std::fmt::Write as _;

use service::apply::{Change, Kind, Plan};

/// The plan and a last line that counts.
pub fn text(plan: &Plan, dry_run: bool) -> String {
    let mut text = plan.changes.iter().fold(String::new(), |mut text, change| {
        write_change(&mut text, change);
        text
    });
    let count = |kind: Kind| plan.changes.iter().filter(|change| change.kind == kind).count();
    let (created, changed, deleted) = (count(Kind::Create), count(Kind::Change), count(Kind::Delete));
    let _ = match (plan.changes.is_empty(), dry_run) {
        (true, _) => writeln!(text, "Nothing to do: everything is as the file says."),
        (false, true) => writeln!(text, "Would create {created}, change {changed}, delete {deleted}. Nothing was done (--dry-run)."),
        (false, false) => writeln!(text, "Done: created {created}, changed {changed}, deleted {deleted}."),
    };
    text
}

fn write_change(text: &mut String, change: &Change) {
    let sign = match change.kind {
        Kind::Create => '+',
        Kind::Change => '~',
        Kind::Delete => '-',
    };
    let _ = writeln!(text, "{sign} {}", change.path);
    for field in &change.fields {
        let _ = match (&field.old, &field.new) {
            (None, Some(new)) => writeln!(text, "    {}: {new}", field.name),
            (Some(old), None) => writeln!(text, "    {}: {old} -> (none)", field.name),
            (Some(old), Some(new)) => writeln!(text, "    {}: {old} -> {new}", field.name),
            (None, None) => writeln!(text, "    {}", field.name),
        };
    }
}
