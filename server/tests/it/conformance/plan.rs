//! A profile is a list of modules, and what they are done with.

/// Makes two tests of each module: `modules!(Variant::code; codes::{oidcc_codereuse}, …)`.
macro_rules! modules {
    ($variant:expr; $($folder:ident::{$($module:ident),+ $(,)?}),+ $(,)?) => { $($(
        both!($module, |app| async move {
            let variant = $variant;
            $crate::conformance::modules::$folder::$module(variant(&app)).await;
        });
    )+)+ };
}

/// The modules that every profile of OpenID Connect Core has, and those of its own:
/// `plan!(Variant::code; flow::{oidcc_server}, …)`.
macro_rules! plan {
    ($variant:expr; $($own:tt)+) => {
        modules!($variant; $($own)+);
        modules!($variant;
            codes::{
                oidcc_codereuse,
                oidcc_codereuse_30seconds,
                oidcc_refresh_token,
            },
            flow::{
                oidcc_server,
                oidcc_server_client_secret_post,
                oidcc_alternate_happy_flow,
                oidcc_idtoken_signature,
                oidcc_idtoken_unsigned,
                oidcc_ensure_request_with_valid_pkce_succeeds,
            },
            prompts::{
                oidcc_prompt_login,
                oidcc_prompt_none_not_logged_in,
                oidcc_prompt_none_logged_in,
                oidcc_max_age_1,
                oidcc_max_age_10000,
                oidcc_id_token_hint,
                oidcc_login_hint,
            },
            requests::{
                oidcc_ensure_request_with_unknown_parameter_succeeds,
                oidcc_ensure_request_with_acr_values_succeeds,
                oidcc_display_page,
                oidcc_display_popup,
                oidcc_ui_locales,
                oidcc_claims_locales,
                oidcc_ensure_post_request_succeeds,
                oidcc_response_type_missing,
                oidcc_ensure_registered_redirect_uri,
                oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported,
                oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported,
                oidcc_ensure_request_object_with_redirect_uri,
            },
            scopes::{
                oidcc_scope_profile,
                oidcc_scope_email,
                oidcc_scope_address,
                oidcc_scope_phone,
                oidcc_scope_all,
                oidcc_ensure_other_scope_order_succeeds,
                oidcc_claims_essential,
            },
            userinfo::{
                oidcc_userinfo_get,
                oidcc_userinfo_post_header,
                oidcc_userinfo_post_body,
            },
        );
    };
}
