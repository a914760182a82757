//! What the log of configuration changes gives back: the difference of a change, taking it back, an
//! object as it was, and the whole configuration as of a moment. Pure decisions are in [`merge`].

pub mod merge;
pub(crate) mod past;
pub mod plan;
pub mod restore;
pub(crate) mod undo;
