//! Every test that touches data runs on both engines.

/// Makes two tests of one body: `both!(name, |app| async move { … })`. The body gets a [`super::TestApp`].
macro_rules! both {
    ($name:ident, |$app:ident| $body:expr) => {
        both!($name, $crate::support::Setup::default(), |$app| $body);
    };
    ($name:ident, $setup:expr, |$app:ident| $body:expr) => {
        async fn $name(database: $crate::support::Database) {
            let test = |$app: $crate::support::TestApp| $body;
            $crate::support::TestApp::run(database, $setup, test).await;
        }

        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name($crate::support::Database::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name($crate::support::Database::postgres().await).await;
            }
        }
    };
}
