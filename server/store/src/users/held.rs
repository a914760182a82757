//! A user together with what they hold for claims, in one statement.

use serde_json::Value;

use super::User;
use crate::{Conn, JsonText, Result, key};

/// A user, and claim id and value of all that they hold, by claim id.
pub type WithValues = (User, Vec<(String, Value)>);

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    user: User,
    claim_id: Option<String>,
    value: Option<JsonText>,
}

macro_rules! with_values {
    ($of:literal) => {
        concat!(
            "SELECT u.id, u.subscription_id, u.username, u.email, u.email_verified, u.password_hash,
                u.password_changed_at, u.version, u.created_at, u.updated_at, u.disabled_at, v.claim_id, v.value
            FROM ",
            $of,
            " LEFT JOIN claim_values v ON v.user_id = u.id ORDER BY v.claim_id"
        )
    };
}

/// By id.
pub async fn find_with_values(c: &mut Conn, id: &str) -> Result<Option<WithValues>> {
    gathered(sql!(c, all Row, with_values!("(SELECT * FROM users WHERE id = $1) AS u"), id)?)
}

/// By what was typed at sign-in: an e-mail address when it has an `@`, else a user name.
pub async fn find_by_login_with_values(c: &mut Conn, subscription_id: &str, login: &str) -> Result<Option<WithValues>> {
    if !key::findable(login) {
        return Ok(None);
    }
    let rows = if login.contains('@') {
        sql!(
            c,
            all Row,
            with_values!("(SELECT * FROM users WHERE subscription_id = $1 AND email_key = $2) AS u"),
            subscription_id,
            key::email(login)
        )
    } else {
        sql!(
            c,
            all Row,
            with_values!("(SELECT * FROM users WHERE subscription_id = $1 AND username_key = $2) AS u"),
            subscription_id,
            key::text(login)
        )
    };
    gathered(rows?)
}

/// The first user of the list.
pub async fn first_with_values(c: &mut Conn, subscription_id: &str) -> Result<Option<WithValues>> {
    let rows = sql!(
        c,
        all Row,
        with_values!("(SELECT * FROM users WHERE subscription_id = $1 ORDER BY sort_key, id LIMIT 1) AS u"),
        subscription_id
    );
    gathered(rows?)
}

fn gathered(rows: Vec<Row>) -> Result<Option<WithValues>> {
    let (mut found, mut values) = (None, Vec::new());
    for row in rows {
        if let (Some(claim_id), Some(value)) = (row.claim_id, row.value) {
            values.push((claim_id, value.decode()?));
        }
        found = Some(row.user);
    }
    Ok(found.map(|user| (user, values)))
}
