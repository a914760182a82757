//! Schemas of PostgreSQL: one test's own, or one that is lent to test after test.
//!
//! To make the tables takes PostgreSQL half a second, to remove them a tenth: with a thousand tests that is most of their
//! time. So a schema stays, and whoever is lent it finds it without a row. Only one test at a time has it, by a lock that goes
//! with a connection, however a test ends.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

/// See the module.
pub(crate) struct Schema {
    name: String,
    lender: Option<PgConnection>,
}

impl Schema {
    /// A new one without a table.
    pub async fn new(name: String) -> Self {
        on_server(format!("CREATE SCHEMA {name}")).await;
        Self { name, lender: None }
    }

    /// The first that nobody has.
    pub async fn lent() -> Self {
        let mut lender = connect().await;
        let release = release();
        let mut number = 0;
        while !is_free(&mut lender, release, number).await {
            number += 1;
        }
        let name = format!("tessera_lent_{:08x}_{number}", release.cast_unsigned());
        run(&mut lender, format!("CREATE SCHEMA IF NOT EXISTS {name}")).await;
        run(&mut lender, emptied(&name)).await;
        Self { name, lender: Some(lender) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn url(&self) -> String {
        let (server, name) = (server(), &self.name);
        format!("{server}?application_name={name}&options[search_path]={name}")
    }

    pub async fn end(self) {
        match self.lender {
            Some(lender) => lender.close().await.expect("the test server says goodbye"),
            None => on_server(format!("DROP SCHEMA {} CASCADE", self.name)).await,
        }
    }
}

/// Which tables there are: a server may have had tests of another release.
fn release() -> i32 {
    let mut hasher = DefaultHasher::new();
    for one in store::MIGRATIONS {
        one.sql.hash(&mut hasher);
    }
    let [a, b, c, d, ..] = hasher.finish().to_be_bytes();
    i32::from_be_bytes([a, b, c, d])
}

async fn is_free(lender: &mut PgConnection, release: i32, number: i32) -> bool {
    let asked = sqlx::query_scalar("SELECT pg_try_advisory_lock($1, $2)").bind(release).bind(number);
    asked.fetch_one(lender).await.expect("the test server obeys")
}

/// Every row goes but those that say which tables there are. Foreign keys are not looked at meanwhile.
fn emptied(schema: &str) -> String {
    format!(
        "SET session_replication_role = replica;
        DO $$
        DECLARE one TEXT;
        BEGIN
            FOR one IN SELECT tablename FROM pg_tables
                WHERE schemaname = '{schema}' AND tablename <> 'schema_migrations'
            LOOP
                EXECUTE format('DELETE FROM {schema}.%I', one);
            END LOOP;
        END $$"
    )
}

fn server() -> String {
    std::env::var("TESSERA_TEST_POSTGRES_URL").expect(
        "TESSERA_TEST_POSTGRES_URL is not set: it names a PostgreSQL database where its user, a superuser, may create \
         schemas (postgres://user@127.0.0.1:5432/postgres). `make test` starts one",
    )
}

async fn connect() -> PgConnection {
    PgConnection::connect(&server()).await.expect("the test server answers")
}

async fn run(connection: &mut PgConnection, statement: String) {
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await.expect("the test server obeys");
}

/// Runs a statement on a connection of its own.
pub(crate) async fn on_server(statement: String) {
    let mut connection = connect().await;
    run(&mut connection, statement).await;
    connection.close().await.expect("the test server says goodbye");
}
