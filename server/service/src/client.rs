//! Who is calling, as far as the network tells.

/// For limits and the audit log.
#[derive(Clone, Debug, Default)]
pub struct ClientInfo {
    /// From the connection, or from a trusted proxy.
    pub address: String,
    /// Cut to 200 characters.
    pub user_agent: String,
}
