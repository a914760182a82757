//! What a user agreed to let an application have.

use model::spec::ApplicationSpec;
use model::{Page, PageRequest};

use crate::{Conn, JsonText, Result, Tx, listing};

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Row id of the application.
    pub application_id: String,
    /// Names of the scopes agreed to.
    pub scopes: Vec<String>,
    /// Unix seconds of the last agreement.
    pub granted_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: String,
    scopes: JsonText,
    granted_at: i64,
}

impl Row {
    fn decode(self) -> Result<Consent> {
        Ok(Consent { scopes: self.scopes.decode()?, application_id: self.application_id, granted_at: self.granted_at })
    }
}

/// What a user agreed to for one application.
pub async fn get(c: &mut Conn, user_id: &str, application_id: &str) -> Result<Option<Consent>> {
    let row = sql!(
        c,
        optional Row,
        "SELECT application_id, scopes, granted_at FROM consents WHERE user_id = $1 AND application_id = $2",
        user_id,
        application_id
    )?;
    row.map(Row::decode).transpose()
}

/// All that a user agreed to, the latest first.
pub async fn of_user(c: &mut Conn, user_id: &str) -> Result<Vec<Consent>> {
    let rows = sql!(
        c,
        all Row,
        "SELECT application_id, scopes, granted_at FROM consents WHERE user_id = $1
        ORDER BY granted_at DESC, application_id",
        user_id
    )?;
    rows.into_iter().map(Row::decode).collect()
}

/// An agreement, with the application as it is set now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The agreement.
    pub consent: Consent,
    /// What it is called, and whether it asks at all.
    pub application: ApplicationSpec,
}

#[derive(sqlx::FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    row: Row,
    spec: JsonText,
}

/// A page of what a user agreed to, the application that was made last first.
pub async fn page_of_user(c: &mut Conn, user_id: &str, request: &PageRequest) -> Result<Page<Named>> {
    let (below, limit) = listing::newest_first(request);
    let rows = sql!(
        c,
        all NamedRow,
        "SELECT consents.application_id, consents.scopes, consents.granted_at, applications.spec
        FROM consents JOIN applications ON applications.id = consents.application_id
        WHERE consents.user_id = $1 AND consents.application_id < $2
        ORDER BY consents.application_id DESC LIMIT $3",
        user_id,
        below,
        limit
    )?;
    let page = Page::from_surplus(rows, request.size, |r: &NamedRow| listing::by_id(&r.row.application_id));
    let decode = |named: NamedRow| Ok(Named { application: named.spec.decode()?, consent: named.row.decode()? });
    Ok(Page { items: page.items.into_iter().map(decode).collect::<Result<_>>()?, next: page.next })
}

/// Writes what a user agrees to, over what was there.
pub async fn put(tx: &mut Tx, user_id: &str, consent: &Consent) -> Result<()> {
    sql!(
        tx,
        run "INSERT INTO consents (user_id, application_id, scopes, granted_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (user_id, application_id) DO UPDATE SET scopes = $3, granted_at = $4",
        user_id,
        &consent.application_id,
        JsonText::encode(&consent.scopes),
        consent.granted_at
    )?;
    Ok(())
}

/// Takes an agreement back. False: there was none.
pub async fn delete(tx: &mut Tx, user_id: &str, application_id: &str) -> Result<bool> {
    let removed =
        sql!(tx, run "DELETE FROM consents WHERE user_id = $1 AND application_id = $2", user_id, application_id)?;
    Ok(removed == 1)
}
