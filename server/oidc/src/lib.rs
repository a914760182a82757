//! server/oidc
