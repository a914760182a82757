//! Profile Dynamic OP: a client that registers itself, says how it wants to be answered, and changes its keys.

/// Makes a test of a module on both engines: `module!(name, |suite| async move { … })`.
macro_rules! module {
    ($name:ident, |$suite:ident| $body:expr) => {
        both!($name, |app| async move {
            let $suite = $crate::conformance::dynamic::suite::Suite::open(&app).await;
            $body
        });
    };
}

mod keys;
mod redirect_uris;
mod registered;
mod requests;
mod suite;
mod tokens;
