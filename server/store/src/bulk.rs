//! Many rows with few statements: for imports. The number of rows makes the text, which is put
//! together from literals and placeholders only.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;

use crate::engine::Engine;
use crate::{Conn, Error, Result, Tx};

/// Most placeholders of one statement; SQLite takes 32,766, PostgreSQL 65,535.
const PLACEHOLDERS: usize = 8_000;

/// A value of a row.
#[derive(Clone, Copy)]
pub(crate) enum Cell<'a> {
    Text(Option<&'a str>),
    Number(Option<i64>),
    Flag(bool),
}

macro_rules! bound {
    ($query:expr, $cells:expr) => {{
        let mut query = $query;
        for cell in $cells {
            query = match cell {
                Cell::Text(text) => query.bind(text),
                Cell::Number(number) => query.bind(number),
                Cell::Flag(flag) => query.bind(flag),
            };
        }
        query.persistent(false)
    }};
}

/// Inserts rows of `N` cells each. `head` ends with `VALUES`.
pub(crate) async fn insert<const N: usize>(tx: &mut Tx, head: &'static str, rows: &[[Cell<'_>; N]]) -> Result<()> {
    for rows in rows.chunks(PLACEHOLDERS / N) {
        let mut text = head.to_owned();
        for row in 0..rows.len() {
            text.push_str(if row == 0 { " (" } else { ", (" });
            placeholders(&mut text, row * N, N);
            text.push(')');
        }
        let cells = rows.iter().flatten().copied();
        match tx.engine() {
            Engine::Sqlite(c) => bound!(sqlx::query(AssertSqlSafe(text)), cells).execute(c).await.map(|_| ()),
            Engine::Postgres(c) => bound!(sqlx::query(AssertSqlSafe(text)), cells).execute(c).await.map(|_| ()),
        }
        .map_err(Error::from)?;
    }
    Ok(())
}

/// Which of these texts are there. `head` selects one column, compares its first placeholder with
/// `scope`, and ends with `IN`.
pub(crate) async fn among(c: &mut Conn, head: &'static str, scope: &str, texts: &[&str]) -> Result<Vec<String>> {
    let mut found: Vec<(String,)> = Vec::new();
    for texts in texts.chunks(PLACEHOLDERS / 8) {
        let mut text = format!("{head} (");
        placeholders(&mut text, 1, texts.len());
        text.push(')');
        let cells = std::iter::once(scope).chain(texts.iter().copied()).map(|text| Cell::Text(Some(text)));
        let rows = match c.engine() {
            Engine::Sqlite(c) => bound!(sqlx::query_as(AssertSqlSafe(text)), cells).fetch_all(c).await,
            Engine::Postgres(c) => bound!(sqlx::query_as(AssertSqlSafe(text)), cells).fetch_all(c).await,
        };
        found.extend(rows.map_err(Error::from)?);
    }
    Ok(found.into_iter().map(|(text,)| text).collect())
}

/// `$4, $5, $6` for three after the first three.
fn placeholders(text: &mut String, after: usize, count: usize) {
    for n in after + 1..=after + count {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}${n}", if n == after + 1 { "" } else { ", " });
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn placeholders_count_on() {
        let mut text = String::new();
        super::placeholders(&mut text, 3, 3);
        assert_eq!(text, "$4, $5, $6");
    }
}
