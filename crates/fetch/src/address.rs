//! Which URLs are fetched, and which addresses of the network are public.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Url;

use crate::Problem;

/// A URL that may be fetched, without its fragment.
pub(crate) fn url(text: &str) -> Result<Url, Problem> {
    allowed(Url::parse(text.trim()).map_err(|e| Problem::Url(e.to_string()))?)
}

/// A URL as a page or feed at `base` writes it.
pub(crate) fn relative(base: &Url, text: &str) -> Result<Url, Problem> {
    allowed(base.join(text.trim()).map_err(|e| Problem::Url(e.to_string()))?)
}

fn allowed(mut url: Url) -> Result<Url, Problem> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Problem::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Problem::Credentials);
    }
    url.set_fragment(None);
    Ok(url)
}

/// What kind of address this is, if it is not of the public network.
pub(crate) fn private(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => private4(address),
        IpAddr::V6(address) => private6(address),
    }
}

/// IANA's registry of special-purpose IPv4 addresses: network, bits, what it is for. The last two are
/// public by their number and private by use: Azure's platform and the relays of 6to4.
const SPECIAL4: &[([u8; 4], u32, &str)] = &[
    ([0, 0, 0, 0], 8, "unspecified"),
    ([10, 0, 0, 0], 8, "private"),
    ([100, 64, 0, 0], 10, "a carrier's own"),
    ([127, 0, 0, 0], 8, "this machine"),
    ([169, 254, 0, 0], 16, "link-local, as metadata services are"),
    ([172, 16, 0, 0], 12, "private"),
    ([192, 0, 0, 0], 24, "kept for protocols"),
    ([192, 0, 2, 0], 24, "kept for documentation"),
    ([192, 168, 0, 0], 16, "private"),
    ([198, 18, 0, 0], 15, "kept for measurements"),
    ([198, 51, 100, 0], 24, "kept for documentation"),
    ([203, 0, 113, 0], 24, "kept for documentation"),
    ([224, 0, 0, 0], 4, "multicast"),
    ([240, 0, 0, 0], 4, "reserved"),
    ([168, 63, 129, 16], 32, "a cloud's metadata service"),
    ([192, 88, 99, 0], 24, "a relay"),
];

fn private4(address: Ipv4Addr) -> Option<&'static str> {
    let within =
        |network: [u8; 4], bits: u32| (u32::from_be_bytes(network) ^ address.to_bits()) >> (32 - bits) == 0;
    SPECIAL4.iter().find(|(network, bits, _)| within(*network, *bits)).map(|(_, _, kind)| *kind)
}

/// The parts of 2000::/3 that are not public hosts: first two groups, bits, what it is for.
const SPECIAL6: &[(u32, u32, &str)] = &[
    (0x2001_0000, 23, "kept for protocols"),
    (0x2001_0db8, 32, "kept for documentation"),
    (0x2002_0000, 16, "a tunnel"),
    (0x3fff_0000, 20, "kept for documentation"),
];

/// Only 2000::/3 is public; addresses that carry one of IPv4 are judged by that.
fn private6(address: Ipv6Addr) -> Option<&'static str> {
    let [a, b, c, d, e, f, ..] = address.segments();
    if let (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) = (a, b, c, d, e, f) {
        return private4(Ipv4Addr::from_bits(address.to_bits() as u32));
    }
    let head = u32::from(a) << 16 | u32::from(b);
    match head >> 24 {
        0xff => Some("multicast"),
        _ if address.is_loopback() => Some("this machine"),
        _ if head >> 29 != 1 => Some("not of the public network"),
        _ => {
            SPECIAL6.iter().find(|(net, bits, _)| (net ^ head) >> (32 - bits) == 0).map(|(_, _, kind)| *kind)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_public_addresses_from_others() {
        let refused = "0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 \
            172.31.255.255 192.0.0.192 192.168.1.1 198.19.0.1 224.0.0.1 255.255.255.255 168.63.129.16 \
            :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 fe80::1 fec0::1 fc00::1 \
            fd00:ec2::254 ff02::1 2001:db8::1 2001::1 2002:7f00:1::1 100::1 3fff::1";
        for address in refused.split_whitespace() {
            assert!(private(address.parse().unwrap()).is_some(), "{address}");
        }
        let public = "1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 192.167.1.1 \
            223.255.255.255 ::ffff:1.1.1.1 64:ff9b::101:101 2606:4700::1111 2a00::1 2001:4860:4860::8888";
        for address in public.split_whitespace() {
            assert_eq!(private(address.parse().unwrap()), None, "{address}");
        }
    }

    #[test]
    fn refuses_urls_that_no_page_has() {
        let complaint = |text: &str| url(text).unwrap_err().to_string();
        assert!(complaint("news.example/page").contains("https://news.example/page"));
        assert!(complaint("file:///etc/passwd").contains("not file"));
        assert!(complaint("https://me:secret@news.example/").contains("password"));
        assert!(complaint("https://me@news.example/").contains("user name"));
        assert!(complaint("https://").contains("no address"));
    }

    #[test]
    fn fragments_are_no_part_of_an_address() {
        assert_eq!(url(" https://News.example/a#b ").unwrap().as_str(), "https://news.example/a");
        let base = url("https://news.example/feeds/all.xml").unwrap();
        assert_eq!(relative(&base, "../a?b").unwrap().as_str(), "https://news.example/a?b");
        assert!(relative(&base, "mailto:desk@news.example").is_err());
    }

    #[test]
    fn numbers_are_read_as_the_addresses_they_are() {
        for text in ["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127。0。0。1/"]
        {
            assert_eq!(url(text).unwrap().host_str(), Some("127.0.0.1"), "{text}");
        }
    }
}
