//! Networks of addresses, as settings write them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address with the length of its prefix in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Of IPv4; a prefix of at most 32.
    pub const fn v4(address: [u8; 4], prefix: u32) -> Self {
        let [a, b, c, d] = address;
        Self { address: IpAddr::V4(Ipv4Addr::new(a, b, c, d)), prefix }
    }

    /// Of IPv6, by the first four of its eight groups; a prefix of at most 64.
    pub const fn v6(groups: [u16; 4], prefix: u32) -> Self {
        let [a, b, c, d] = groups;
        Self { address: IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)), prefix }
    }

    /// Reads `10.0.0.0/8`, or one address.
    pub fn parse(entry: &str) -> Option<Self> {
        let (address, prefix) = match entry.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (entry, None),
        };
        let address = address.parse::<IpAddr>().ok()?;
        let full = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(full), |text| text.parse().ok().filter(|length| *length <= full))?;
        Some(Self { address, prefix })
    }

    /// True for an address in it. An IPv4 address is never in a network of IPv6, nor the reverse.
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                same_prefix(u128::from(a.to_bits()) << 96, u128::from(b.to_bits()) << 96, self.prefix)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => same_prefix(a.to_bits(), b.to_bits(), self.prefix),
            _ => false,
        }
    }
}

fn same_prefix(a: u128, b: u128, length: u32) -> bool {
    (a ^ b).checked_shr(128 - length).unwrap_or(0) == 0
}

/// A list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<Network>);

impl Networks {
    /// Reads a list such as `10.0.0.0/8, ::1`.
    ///
    /// # Errors
    /// In words, naming the entry that is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let network = |entry| {
            Network::parse(entry).ok_or_else(|| format!("{entry:?} is no address or network; write 10.0.0.0/8"))
        };
        entries.map(network).collect::<Result<_, _>>().map(Self)
    }

    /// True for an address in one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_entry_is_named() {
        for bad in ["10.0.0.0/33", "proxy.example", "10.0.0.1/x", "::/129"] {
            assert!(Networks::parse(bad).is_err_and(|reason| reason.contains(bad)), "{bad}");
        }
    }

    #[test]
    fn an_address_is_in_its_own_network_only() {
        let networks = Networks::parse("10.1.0.0/16, fd00::/8, 192.0.2.7").expect("networks");
        for (address, within) in [
            ("10.1.255.255", true),
            ("10.2.0.0", false),
            ("fdff::1", true),
            ("fe00::1", false),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("::ffff:10.1.0.1", false),
        ] {
            assert_eq!(networks.contains(address.parse().expect("an address")), within, "{address}");
        }
    }

    #[test]
    fn nothing_is_in_an_empty_list_and_everything_in_all() {
        let any = "198.51.100.7".parse().expect("an address");
        assert!(!Networks::parse(" , ").expect("none").contains(any));
        assert!(Networks::parse("0.0.0.0/0").expect("all").contains(any));
    }
}
