//! A profile is a list of modules, and what they are done with.

/// Makes two tests of each module: `plan!(Variant::code; codes::{oidcc_codereuse}, …)`.
macro_rules! plan {
    ($variant:expr; $($folder:ident::{$($module:ident),+ $(,)?}),+ $(,)?) => { $($(
        both!($module, |app| async move {
            let variant = $variant;
            $folder::$module(variant(&app)).await;
        });
    )+)+ };
}
