//! Every test that touches data runs on both engines.

use testing::{Database, Running};

use super::{Setup, TestApp};

/// Begins a test on a server.
pub type Begin = fn(TestApp) -> Running;

/// Makes two tests of one body: `both!(name, |app| async move { … })`. The body gets a [`super::TestApp`].
macro_rules! both {
    ($name:ident, |$app:ident| $body:expr) => {
        both!($name, $crate::support::Setup::default(), |$app| $body);
    };
    ($name:ident, $setup:expr, |$app:ident| $body:expr) => {
        fn $name() -> ($crate::support::Setup, $crate::support::both::Begin) {
            ($setup, |$app: $crate::support::TestApp| Box::pin($body))
        }

        mod $name {
            #[test]
            fn sqlite() {
                $crate::support::both::on_sqlite(super::$name());
            }

            #[test]
            fn postgres() {
                $crate::support::both::on_postgres(super::$name());
            }
        }
    };
}

/// Runs one on SQLite.
pub fn on_sqlite((setup, begin): (Setup, Begin)) {
    testing::run(Box::pin(async move { TestApp::run(Database::sqlite(), setup, begin).await }));
}

/// Runs one on PostgreSQL.
pub fn on_postgres((setup, begin): (Setup, Begin)) {
    testing::run(Box::pin(async move { TestApp::run(Database::postgres().await, setup, begin).await }));
}
