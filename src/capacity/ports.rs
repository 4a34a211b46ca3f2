//! Outbound ports of the load balancer: how many nodes have room, and what an upgrade adds. Pure arithmetic.
//!
//! Source: MicrosoftDocs/azure-aks-docs at fb060ab, configure-load-balancer-standard.md, "Calculate and verify outbound
//! ports and IPs needed", read 2026-11-22.

use crate::azure::outbound::{PORTS_OF_ADDRESS, PORTS_STEP};

/// Returns how many nodes have room when each has this many ports; no end for 0, where Azure chooses.
pub fn nodes(ports: u32, addresses: u64) -> u64 {
    match ports {
        0 => u64::MAX,
        ports => addresses.saturating_mul(PORTS_OF_ADDRESS) / u64::from(ports),
    }
}

/// Returns the most ports that each of these nodes can have: a multiple of eight, and no more than an address has.
pub fn fitting(nodes: u64, addresses: u64) -> u64 {
    let step = u64::from(PORTS_STEP);
    let all = addresses.saturating_mul(PORTS_OF_ADDRESS);
    (all / nodes.max(1)).min(PORTS_OF_ADDRESS) / step * step
}

/// Returns how many addresses a prefix has, of a family whose addresses have this many bits.
pub fn addresses(bits: u32, prefix_length: u32) -> u64 {
    let host = bits.saturating_sub(prefix_length);
    1_u64.checked_shl(host).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the documentation.
    #[test]
    fn nodes_have_room_as_documented() {
        assert_eq!(nodes(1_000, 2), 128);
        assert_eq!(nodes(1_000, 7), 448);
        assert_eq!(nodes(4_000, 2), 32);
        assert_eq!(nodes(4_000, 7), 112);
        assert_eq!(nodes(0, 1), u64::MAX);
    }

    #[test]
    fn a_hundred_nodes_and_twelve_fit_seven_addresses() {
        assert!(100 + 12 <= nodes(4_000, 7));
        assert!(100 + 13 > nodes(4_000, 7));
    }

    /// Requests that Azure refused: Azure/SupportArticles-docs and jenkins-infra/azure#580.
    #[test]
    fn what_azure_refused_does_not_fit() {
        assert!(9 > nodes(8_000, 1));
        assert!(3 + 1 > nodes(21_000, 1));
        assert!(22 + 3 > nodes(3_200, 1));
    }

    #[test]
    fn ports_that_fit_are_eights() {
        assert_eq!(fitting(4, 1), 16_000);
        assert_eq!(fitting(25, 1), 2_560);
        assert_eq!(fitting(9, 1), 7_104);
        assert_eq!(fitting(0, 3), 64_000);
    }

    #[test]
    fn prefixes_have_powers_of_two() {
        assert_eq!(addresses(32, 28), 16);
        assert_eq!(addresses(128, 124), 16);
        assert_eq!(addresses(128, 0), u64::MAX);
        assert_eq!(addresses(32, 40), 1);
    }
}
