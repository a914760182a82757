//! Who may say for whom they speak, and whom a request therefore comes from.

use std::net::IpAddr;

use service::network::Networks;

/// Addresses and networks whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Networks);

impl TrustedProxies {
    /// Reads a list such as `10.0.0.0/8, ::1`.
    ///
    /// # Errors
    /// In words, naming the entry that is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        Networks::parse(text).map(Self)
    }

    /// The address of the client: that of the connection, unless a trusted proxy made it; then the
    /// last address in `forwarded` (all `X-Forwarded-For` headers, in order) that is not trusted.
    pub fn client(&self, peer: IpAddr, forwarded: &[&str]) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            return peer;
        }
        let mut client = peer;
        for entry in forwarded.iter().flat_map(|header| header.split(',')).rev() {
            // What cannot be read was not written by a proxy of ours, nor anything before it.
            let Some(address) = address(entry.trim()) else { break };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }

    /// True for a proxy of ours.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.contains(address)
    }
}

/// An entry of `X-Forwarded-For`: an address, perhaps with a port.
fn address(entry: &str) -> Option<IpAddr> {
    let parsed = entry.parse::<IpAddr>().ok();
    let with_port = || entry.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    parsed.or_else(with_port).or_else(in_brackets).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::parse(proxies).unwrap_or_else(|reason| panic!("{reason}"));
        proxies.client(peer.parse().unwrap_or_else(|_| panic!("{peer}")), forwarded).to_string()
    }

    #[test]
    fn without_a_trusted_proxy_the_header_is_nothing() {
        assert_eq!(client("", "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(client("10.0.0.0/8", "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
    }

    #[test]
    fn the_last_untrusted_address_is_the_client() {
        assert_eq!(client("10.0.0.0/8", "10.1.2.3", &["203.0.113.9, 198.51.100.7, 10.9.9.9"]), "198.51.100.7");
        assert_eq!(client("10.0.0.0/8", "10.1.2.3", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("::1", "::1", &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(client("127.0.0.1", "::ffff:127.0.0.1", &["198.51.100.7:80"]), "198.51.100.7");
    }

    #[test]
    fn what_cannot_be_read_ends_the_search() {
        assert_eq!(client("10.0.0.0/8", "10.1.2.3", &["198.51.100.7, unknown"]), "10.1.2.3");
        assert_eq!(client("10.0.0.0/8", "10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn a_wrong_entry_is_named() {
        for bad in ["10.0.0.0/33", "proxy.example", "10.0.0.1/x"] {
            assert!(TrustedProxies::parse(bad).is_err_and(|reason| reason.contains(bad)), "{bad}");
        }
    }

    #[test]
    fn a_network_of_everything_is_everything() {
        assert_eq!(client("0.0.0.0/0", "192.0.2.1", &["198.51.100.7"]), "198.51.100.7");
    }
}
