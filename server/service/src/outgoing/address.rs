//! Which addresses are on the public internet: what is left of the special-purpose registries of IANA
//! (RFC 6890), and the transition mechanisms by which an IPv6 address leads to an IPv4 one.

use std::net::IpAddr;

use super::Rules;
use crate::network::Network;

/// Networks that are not the public internet, with what they are.
const CLOSED: &[(Network, &str)] = &[
    (Network::v4([0, 0, 0, 0], 8), "this network"),
    (Network::v4([10, 0, 0, 0], 8), "private"),
    (Network::v4([100, 64, 0, 0], 10), "shared by a carrier"),
    (Network::v4([127, 0, 0, 0], 8), "loopback"),
    // A public address by its number, and in every machine at Azure the host's own service.
    (Network::v4([168, 63, 129, 16], 32), "of the platform"),
    (Network::v4([169, 254, 0, 0], 16), "link-local"),
    (Network::v4([172, 16, 0, 0], 12), "private"),
    (Network::v4([192, 0, 0, 0], 24), "reserved"),
    (Network::v4([192, 0, 2, 0], 24), "documentation"),
    (Network::v4([192, 88, 99, 0], 24), "6to4"),
    (Network::v4([192, 168, 0, 0], 16), "private"),
    (Network::v4([198, 18, 0, 0], 15), "benchmarking"),
    (Network::v4([198, 51, 100, 0], 24), "documentation"),
    (Network::v4([203, 0, 113, 0], 24), "documentation"),
    (Network::v4([224, 0, 0, 0], 4), "multicast"),
    (Network::v4([240, 0, 0, 0], 4), "reserved"),
    // `::1`, `::`, IPv4-mapped `::ffff:0:0/96` and IPv4-compatible addresses are all in here.
    (Network::v6([0, 0, 0, 0], 64), "loopback, unspecified or IPv4 in IPv6"),
    (Network::v6([0x64, 0xff9b, 0, 0], 32), "NAT64"),
    (Network::v6([0xfc00, 0, 0, 0], 7), "private"),
    (Network::v6([0xfe80, 0, 0, 0], 10), "link-local"),
    (Network::v6([0xfec0, 0, 0, 0], 10), "site-local"),
    (Network::v6([0xff00, 0, 0, 0], 8), "multicast"),
    // Teredo, benchmarking, ORCHID and others.
    (Network::v6([0x2001, 0, 0, 0], 23), "protocol assignments"),
    (Network::v6([0x2001, 0xdb8, 0, 0], 32), "documentation"),
    (Network::v6([0x2002, 0, 0, 0], 16), "6to4"),
    (Network::v6([0x3fff, 0, 0, 0], 20), "documentation"),
];

/// RFC 4291 section 2.4: all that is assigned for global unicast lies in it.
const GLOBAL_V6: Network = Network::v6([0x2000, 0, 0, 0], 3);

/// Why an address is not to be reached; `None` for one that may be.
pub fn closed(address: IpAddr, rules: &Rules) -> Option<&'static str> {
    // An IPv4 address in IPv6 clothes is judged, and opened, as what it is.
    let plain = address.to_canonical();
    if rules.opened.contains(plain) || (rules.development && plain.is_loopback()) {
        return None;
    }
    let listed = CLOSED.iter().find(|(network, _)| network.contains(plain)).map(|(_, kind)| *kind);
    let unknown = || (plain.is_ipv6() && !GLOBAL_V6.contains(plain)).then_some("reserved");
    let mapped = || (plain != address).then_some("IPv4 in IPv6");
    listed.or_else(unknown).or_else(mapped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;

    fn of(address: &str, rules: &Rules) -> Option<&'static str> {
        closed(address.parse().unwrap_or_else(|_| panic!("{address}")), rules)
    }

    #[test]
    fn the_public_internet_is_open() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a00:1450:4001:81b::200e",
            "2001:4860:4860::8888",
        ] {
            assert_eq!(of(address, &Rules::default()), None, "{address}");
        }
    }

    #[test]
    fn all_else_is_closed() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.0",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(of(address, &Rules::default()).is_some(), "{address}");
        }
    }

    #[test]
    fn an_operator_opens_networks_and_nothing_beside_them() {
        let opened = Networks::parse("10.1.0.0/16, fd00:1::/32").expect("networks");
        let rules = Rules { opened, ..Rules::default() };
        for address in ["10.1.2.3", "::ffff:10.1.2.3", "fd00:1::7", "8.8.8.8"] {
            assert_eq!(of(address, &rules), None, "{address}");
        }
        for address in ["10.2.0.1", "127.0.0.1", "169.254.169.254", "fd00:2::7", "::1"] {
            assert!(of(address, &rules).is_some(), "{address}");
        }
    }

    #[test]
    fn development_reaches_this_machine_and_no_other() {
        let rules = Rules { development: true, ..Rules::default() };
        for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(of(address, &rules), None, "{address}");
        }
        for address in ["0.0.0.0", "::", "10.0.0.1", "169.254.169.254"] {
            assert!(of(address, &rules).is_some(), "{address}");
        }
    }
}
