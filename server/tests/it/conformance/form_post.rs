//! Profile Form Post OP: the same with the answer in a form.

use super::suite::Variant;

plan!(Variant::form_post; flow::{oidcc_ensure_request_without_nonce_succeeds_for_code_flow});
