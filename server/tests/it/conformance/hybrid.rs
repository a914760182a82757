//! Profile Hybrid OP: the same for each response type that has a code and something beside it.

mod code_id_token {
    use crate::conformance::suite::Variant;

    plan!(|app| Variant::of(app, "code id_token"); flow::{oidcc_ensure_request_without_nonce_fails});
}

mod code_token {
    use crate::conformance::suite::Variant;

    plan!(|app| Variant::of(app, "code token"); flow::{oidcc_ensure_request_without_nonce_succeeds_for_code_flow});
}

mod code_id_token_token {
    use crate::conformance::suite::Variant;

    plan!(|app| Variant::of(app, "code id_token token"); flow::{oidcc_ensure_request_without_nonce_fails});
}
