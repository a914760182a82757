//! Rows of a table that narrow screens show as cards: each cell gets the words of its column and the
//! role it would lose with its place in the table.
//!
//! This works on the rows as rendered, so that pages write plain rows. Rendered text and attributes
//! hold no bare `<`, so each one begins a tag.

/// The rows with `data-label` and `role` at each cell.
pub(super) fn labelled(rows: &str, columns: &[String]) -> String {
    let mut out = String::with_capacity(rows.len() * 2);
    let mut labels = columns.iter();
    let mut rest = rows;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = ["<tr", "<td", "<th"].into_iter().find(|tag| opens(rest, tag)) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        out.push_str(tag);
        out.push_str(match tag {
            "<tr" => " role=\"row\"",
            "<td" => " role=\"cell\"",
            _ => " role=\"rowheader\"",
        });
        if tag == "<tr" {
            labels = columns.iter();
        } else if let Some(label) = labels.next().filter(|label| !label.is_empty()) {
            out.push_str(" data-label=\"");
            out.push_str(&escaped(label));
            out.push('"');
        }
        rest = &rest[tag.len()..];
    }
    out.push_str(rest);
    out
}

fn opens(text: &str, tag: &str) -> bool {
    text.strip_prefix(tag).is_some_and(|rest| rest.starts_with([' ', '>', '\n']))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::labelled;

    #[test]
    fn each_cell_knows_its_column_in_every_row() {
        let columns = ["Name".to_owned(), "A \"b\"".to_owned(), String::new()];
        let row = r#"<tr class="x"><th scope="row"><a href="/t">T</a></th><td>&lt;td></td><td class="row-actions">x</td></tr>"#;
        let expected = r#"<tr role="row" class="x"><th role="rowheader" data-label="Name" scope="row"><a href="/t">T</a></th><td role="cell" data-label="A &quot;b&quot;">&lt;td></td><td role="cell" class="row-actions">x</td></tr>"#;
        assert_eq!(labelled(&row.repeat(2), &columns), expected.repeat(2));
        // Other tags that begin alike, and a cell too many, stay what they are.
        assert_eq!(labelled("<thead><track>", &columns), "<thead><track>");
        assert_eq!(labelled("<tr><td>1</td></tr>", &[]), "<tr role=\"row\"><td role=\"cell\">1</td></tr>");
    }
}
