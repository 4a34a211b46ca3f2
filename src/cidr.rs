//! Address ranges: a strict parser with named problems, a lenient one as Terraform's functions have, containment, overlap,
//! subdivision, counting. Arithmetic is ipnet's; what is text is ours.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// An address family.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Family {
    /// 32 bits.
    V4,
    /// 128 bits.
    V6,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        })
    }
}

/// Returns the family of an address.
pub fn family(address: IpAddr) -> Family {
    if address.is_ipv4() {
        Family::V4
    } else {
        Family::V6
    }
}

/// A range of addresses. Host bits are kept as written; every comparison ignores them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Cidr(IpNet);

/// What keeps a text from being a range.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CidrProblem {
    /// Neither address nor range.
    NotCidr,
    /// An address without `/n`.
    MissingPrefix,
    /// An octet or prefix length with a leading zero, which Azure and Go read as no number.
    LeadingZero,
    /// A prefix length above 32 (or 128).
    PrefixRange,
    /// An octet above 255.
    OctetRange,
}

impl fmt::Display for CidrProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CidrProblem::NotCidr => "it is not an address range",
            CidrProblem::MissingPrefix => "the prefix length is missing",
            CidrProblem::LeadingZero => "a number in it has a leading zero",
            CidrProblem::PrefixRange => "the prefix length is too large",
            CidrProblem::OctetRange => "an octet is above 255",
        })
    }
}

impl Cidr {
    /// Returns an IPv4 range, for constants.
    ///
    /// # Panics
    /// When the prefix length is above 32: at compile time, if the range is a constant.
    pub const fn v4(octets: [u8; 4], prefix: u8) -> Cidr {
        let [a, b, c, d] = octets;
        Cidr(IpNet::V4(Ipv4Net::new_assert(
            Ipv4Addr::new(a, b, c, d),
            prefix,
        )))
    }

    /// Reads a range as Azure does: no blanks, no leading zeros, a prefix length. Host bits are accepted and kept.
    pub fn parse(text: &str) -> Result<Cidr, CidrProblem> {
        let Some((address, prefix)) = text.split_once('/') else {
            return Err(match text.parse::<IpAddr>() {
                Ok(_) => CidrProblem::MissingPrefix,
                Err(_) => address_problem(text).unwrap_or(CidrProblem::NotCidr),
            });
        };
        if let Some(problem) = address_problem(address) {
            return Err(problem);
        }
        let address: IpAddr = address.parse().map_err(|_| CidrProblem::NotCidr)?;
        if prefix.is_empty() || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CidrProblem::NotCidr);
        }
        if prefix.len() > 1 && prefix.starts_with('0') {
            return Err(CidrProblem::LeadingZero);
        }
        let length = prefix.parse::<u8>().map_err(|_| CidrProblem::PrefixRange)?;
        IpNet::new(address, length)
            .map(Cidr)
            .map_err(|_| CidrProblem::PrefixRange)
    }

    /// Reads a range as Terraform's `cidr…` functions do: leading zeros are decimal, host bits are dropped.
    pub fn parse_lenient(text: &str) -> Option<Cidr> {
        let (address, prefix) = text.split_once('/')?;
        if prefix.is_empty() || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let length = prefix.trim_start_matches('0');
        let length: u8 = if length.is_empty() {
            0
        } else {
            length.parse().ok()?
        };
        Some(Cidr(
            IpNet::new(parse_address_lenient(address)?, length)
                .ok()?
                .trunc(),
        ))
    }

    /// Returns the range of `address` and a prefix length, `None` if the length is too large.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Cidr> {
        IpNet::new(address, prefix).ok().map(Cidr)
    }

    /// Returns the family.
    pub fn family(&self) -> Family {
        family(self.0.addr())
    }

    /// Returns the first address.
    pub fn network(&self) -> IpAddr {
        self.0.network()
    }

    /// Returns the last address.
    pub fn last(&self) -> IpAddr {
        self.0.broadcast()
    }

    /// Returns the prefix length.
    pub fn prefix(&self) -> u8 {
        self.0.prefix_len()
    }

    /// Returns the mask as an address.
    pub fn mask(&self) -> IpAddr {
        self.0.netmask()
    }

    /// Tells whether bits behind the prefix are set.
    pub fn has_host_bits(&self) -> bool {
        self.0.addr() != self.0.network()
    }

    /// Returns the range without host bits.
    #[must_use]
    pub fn trunc(&self) -> Cidr {
        Cidr(self.0.trunc())
    }

    /// Tells whether the address lies in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }

    /// Tells whether all of `inner` lies in the range.
    pub fn covers(&self, inner: &Cidr) -> bool {
        self.0.contains(&inner.0)
    }

    /// Tells whether the ranges share an address.
    pub fn overlaps(&self, other: &Cidr) -> bool {
        self.covers(other) || other.covers(self)
    }

    /// Returns the number of addresses; 2^128 is counted as `u128::MAX`.
    pub fn addresses(&self) -> u128 {
        1u128
            .checked_shl(u32::from(self.0.max_prefix_len() - self.prefix()))
            .unwrap_or(u128::MAX)
    }

    /// Returns the address that is `n` after the first, `None` past the end.
    pub fn nth(&self, n: u128) -> Option<IpAddr> {
        if n >= self.addresses() {
            return None;
        }
        Some(match self.network() {
            IpAddr::V4(first) => IpAddr::V4((u32::from(first) + u32::try_from(n).ok()?).into()),
            IpAddr::V6(first) => IpAddr::V6((u128::from(first) + n).into()),
        })
    }

    /// Returns the `n`th of the ranges that are `bits` longer, `None` if there is no such range.
    pub fn subnet(&self, bits: u8, n: u128) -> Option<Cidr> {
        let prefix = self.prefix().checked_add(bits)?;
        let width = self.0.max_prefix_len();
        if prefix > width || (u32::from(bits) < 128 && n >> bits != 0) {
            return None;
        }
        let shift = u32::from(width - prefix);
        let step = n.checked_shl(shift).unwrap_or(0);
        match self.0.trunc() {
            IpNet::V4(net) => {
                let address = u32::from(net.addr()) | u32::try_from(step).ok()?;
                Ipv4Net::new(address.into(), prefix)
                    .ok()
                    .map(|net| Cidr(net.into()))
            }
            IpNet::V6(net) => {
                let address = u128::from(net.addr()) | step;
                Ipv6Net::new(address.into(), prefix)
                    .ok()
                    .map(|net| Cidr(net.into()))
            }
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.addr(), self.0.prefix_len())
    }
}

/// Reads an address as Terraform's `cidr…` functions do: leading zeros are decimal.
pub fn parse_address_lenient(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok();
    }
    let mut octets = text.split('.').map(|octet| {
        let digits =
            !octet.is_empty() && octet.len() <= 16 && octet.bytes().all(|b| b.is_ascii_digit());
        if digits {
            octet.parse::<u8>().ok()
        } else {
            None
        }
    });
    let mut next = || octets.next().flatten();
    let address = IpAddr::from([next()?, next()?, next()?, next()?]);
    if octets.next().is_some() {
        None
    } else {
        Some(address)
    }
}

/// Names what is wrong with a dotted address that does not parse; `None` if that is no simple slip.
fn address_problem(text: &str) -> Option<CidrProblem> {
    let octets: Vec<&str> = text.split('.').collect();
    let digits = |octet: &&str| !octet.is_empty() && octet.bytes().all(|b| b.is_ascii_digit());
    if octets.len() != 4 || !octets.iter().all(digits) {
        return None;
    }
    if octets
        .iter()
        .any(|octet| octet.len() > 1 && octet.starts_with('0'))
    {
        return Some(CidrProblem::LeadingZero);
    }
    octets
        .iter()
        .any(|octet| octet.parse::<u8>().is_err())
        .then_some(CidrProblem::OctetRange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cidr(text: &str) -> Cidr {
        Cidr::parse(text).unwrap()
    }

    #[test]
    fn strict_parsing_names_the_problem() {
        let problem = |text| Cidr::parse(text).unwrap_err();
        assert_eq!(problem("10.0.0.0"), CidrProblem::MissingPrefix);
        assert_eq!(problem("010.0.0.0/8"), CidrProblem::LeadingZero);
        assert_eq!(problem("10.0.0.0/08"), CidrProblem::LeadingZero);
        assert_eq!(problem("10.0.0.0/33"), CidrProblem::PrefixRange);
        assert_eq!(problem("10.0.0.300/8"), CidrProblem::OctetRange);
        assert_eq!(problem("999.1.1.1"), CidrProblem::OctetRange);
        assert_eq!(problem("10.0.0/16"), CidrProblem::NotCidr);
        assert_eq!(problem(" 10.0.0.0/16"), CidrProblem::NotCidr);
        assert_eq!(problem("10.0.0.0/255.0.0.0"), CidrProblem::NotCidr);
        assert_eq!(problem("10.0.0.0/"), CidrProblem::NotCidr);
        assert!(cidr("10.0.0.1/16").has_host_bits());
    }

    #[test]
    fn lenient_parsing_is_terraforms() {
        assert_eq!(Cidr::parse_lenient("010.0.0.0/8"), Some(cidr("10.0.0.0/8")));
        assert_eq!(
            Cidr::parse_lenient("10.0.0.0/016"),
            Some(cidr("10.0.0.0/16"))
        );
        assert_eq!(
            Cidr::parse_lenient("10.0.0.1/16"),
            Some(cidr("10.0.0.0/16"))
        );
        assert_eq!(Cidr::parse_lenient("10.0.0.0/00"), Some(cidr("0.0.0.0/0")));
        assert_eq!(Cidr::parse_lenient("10.0.0/16"), None);
    }

    #[test]
    fn arithmetic() {
        assert_eq!(cidr("10.0.0.0/16").subnet(8, 1), Some(cidr("10.0.1.0/24")));
        assert_eq!(cidr("10.0.0.0/16").subnet(8, 256), None);
        assert_eq!(
            cidr("fd00::/8")
                .subnet(56, 1)
                .map(|c| c.to_string())
                .as_deref(),
            Some("fd00:0:0:1::/64")
        );
        assert_eq!(cidr("10.0.0.0/24").nth(10), "10.0.0.10".parse().ok());
        assert_eq!(cidr("10.0.0.0/24").nth(256), None);
        assert_eq!(cidr("::/0").addresses(), u128::MAX);
        assert!(cidr("172.16.0.0/12").overlaps(&cidr("172.30.0.0/16")));
        assert!(!cidr("10.0.0.0/8").overlaps(&cidr("::/0")));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(a: u32, prefix in 0u8..=32) {
            let range = Cidr::new(Ipv4Addr::from(a).into(), prefix).unwrap();
            prop_assert_eq!(Cidr::parse(&range.to_string()), Ok(range));
        }

        #[test]
        fn overlap_is_sharing_an_end(a: u32, b: u32, p in 0u8..=32, q in 0u8..=32) {
            let x = Cidr::new(Ipv4Addr::from(a).into(), p).unwrap();
            let y = Cidr::new(Ipv4Addr::from(b).into(), q).unwrap();
            let shared = x.network() <= y.last() && y.network() <= x.last();
            prop_assert_eq!(x.overlaps(&y), shared);
            prop_assert_eq!(x.overlaps(&y), y.overlaps(&x));
        }

        #[test]
        fn no_text_panics(text in ".{0,24}") {
            let _ = Cidr::parse(&text);
            let _ = Cidr::parse_lenient(&text);
        }
    }
}
