//! Profile Basic OP: the code flow, the identity token, UserInfo, and what requests may ask for.

use super::suite::Variant;

plan!(Variant::code; flow::{oidcc_ensure_request_without_nonce_succeeds_for_code_flow});
