//! server/service
