//! Profile Basic OP: the code flow, the identity token, UserInfo, and what requests may ask for.

mod codes;
mod flow;
mod prompts;
mod requests;
mod scopes;
mod userinfo;
