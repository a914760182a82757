//! Who is calling, as far as the network tells.

use std::net::{IpAddr, Ipv6Addr};

/// For limits and the audit log.
#[derive(Clone, Debug, Default)]
pub struct ClientInfo {
    /// From the connection, or from a trusted proxy.
    pub address: String,
    /// Cut to 200 characters.
    pub user_agent: String,
}

impl ClientInfo {
    /// What limits count by: see [`network`].
    pub fn network(&self) -> String {
        self.address.parse().map_or_else(|_| self.address.clone(), |address| network(address).to_string())
    }
}

/// The address, or for IPv6 its network: one subscriber holds a whole /64.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
    }
}
