//! The suite's modules, each by its name, for any response type and response mode.

pub mod codes;
pub mod flow;
pub mod prompts;
pub mod requests;
pub mod scopes;
pub mod userinfo;
