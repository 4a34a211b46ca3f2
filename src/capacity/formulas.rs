//! The arithmetic of address planning on plain numbers. Knows no cluster.

use crate::azure::limits::{
    POD_BATCH, POD_BATCH_RESERVE, POD_BLOCK, RESERVED_ADDRESSES, SMALLEST_SUBNET,
};

/// Returns the addresses of an IPv4 range.
pub fn addresses(prefix: u8) -> i64 {
    1 << (32 - i64::from(prefix.min(32)))
}

/// Returns the addresses of an IPv4 subnet that are left to its users.
pub fn usable(prefix: u8) -> i64 {
    (addresses(prefix) - RESERVED_ADDRESSES).max(0)
}

/// Returns the longest prefix of a subnet with `needed` addresses for its users; `None` when no subnet is large enough.
pub fn smallest_subnet(needed: i64) -> Option<u8> {
    (0..=SMALLEST_SUBNET)
        .rev()
        .find(|prefix| usable(*prefix) >= needed)
}

/// Returns the longest prefix of a pod range with `needed` addresses; `None` when no range is large enough.
pub fn smallest_range(needed: i64) -> Option<u8> {
    (0..=32).rev().find(|prefix| addresses(*prefix) >= needed)
}

/// Returns the addresses of the node subnet for one node whose pods are in it too.
pub fn node_with_pods(max_pods: i64) -> i64 {
    max_pods.saturating_add(1)
}

/// Returns the nodes that a pod range has blocks for.
pub fn nodes_of_range(addresses: i64) -> i64 {
    addresses / POD_BLOCK
}

/// Returns the addresses of a pod subnet that one node holds when it runs `pods` pods and takes a batch when few are free:
/// the smallest number of batches that leaves the reserve. Inferred from the rule of the batches; the documents only say that
/// a node starts with one.
pub fn dynamic_addresses(pods: i64) -> i64 {
    pods.saturating_add(POD_BATCH_RESERVE + POD_BATCH - 1) / POD_BATCH * POD_BATCH
}

/// Returns the addresses of a pod subnet that one node must hold, in batches, to run `pods` pods.
pub fn batched_addresses(pods: i64) -> i64 {
    pods.saturating_add(POD_BATCH - 1) / POD_BATCH * POD_BATCH
}

/// Returns the addresses of a pod subnet that one node takes in blocks: its pods and one for itself.
pub fn block_addresses(max_pods: i64) -> i64 {
    max_pods.saturating_add(POD_BATCH) / POD_BATCH * POD_BATCH
}

/// Returns how many addresses of its blocks a node cannot use.
pub fn block_waste(max_pods: i64) -> i64 {
    block_addresses(max_pods) - max_pods - 1
}

/// Returns the nodes that a static egress gateway's public range has an address for.
pub fn gateway_nodes(prefix: u8) -> i64 {
    addresses(prefix)
}

#[cfg(test)]
mod tests {
    //! Examples by their numbers are those of the rules' catalogue, each from a page of Azure or a report of what it refused.

    use super::*;
    use crate::azure::limits::API_SERVER_ADDRESSES;

    #[test]
    fn example_3_node_subnet_of_24() {
        let nodes = usable(24) / node_with_pods(30);
        assert_eq!((nodes, nodes * 30), (8, 240));
    }

    #[test]
    fn example_4_kubenet_of_24() {
        assert_eq!((usable(24), usable(24) * 110), (251, 27_610));
    }

    #[test]
    fn example_5_kubenet_of_27_keeps_room_for_an_upgrade() {
        assert_eq!(usable(27), 27);
        assert_eq!((20 * 110, 25 * 110), (2200, 2750));
        assert!(25 + 2 <= usable(27));
    }

    #[test]
    fn example_11_overlay_of_16() {
        assert_eq!(nodes_of_range(addresses(16)), 256);
    }

    #[test]
    fn example_12_overlay_node_subnet_of_24() {
        assert_eq!(usable(24), 251);
    }

    #[test]
    fn example_13_dynamic_pod_subnet_of_24() {
        let nodes = usable(24) / POD_BATCH;
        assert_eq!((nodes, usable(24) - nodes * POD_BATCH), (15, 11));
    }

    #[test]
    fn examples_14_to_16_static_blocks() {
        let of = |pods| {
            let addresses = block_addresses(pods);
            (addresses / POD_BATCH, addresses - 1, block_waste(pods))
        };
        assert_eq!(of(30), (2, 31, 1));
        assert_eq!(of(31), (2, 31, 0));
        assert_eq!(of(32), (3, 47, 15));
    }

    #[test]
    fn example_25_static_egress_gateway() {
        let nodes = [28, 29, 30, 31].map(gateway_nodes);
        assert_eq!(nodes, [16, 8, 4, 2]);
    }

    #[test]
    fn example_26_api_server_subnet_of_28() {
        assert_eq!(usable(28), 11);
        assert!(usable(28) >= API_SERVER_ADDRESSES);
        assert!(usable(29) < API_SERVER_ADDRESSES);
    }

    #[test]
    fn dynamic_batches_keep_a_reserve() {
        assert_eq!([30, 110, 250].map(dynamic_addresses), [48, 128, 272]);
        assert_eq!([30, 110, 250].map(batched_addresses), [32, 112, 256]);
        assert_eq!(dynamic_addresses(8), 16);
        assert_eq!(dynamic_addresses(9), 32);
    }

    #[test]
    fn the_smallest_that_would_do() {
        assert_eq!(smallest_subnet(251), Some(24));
        assert_eq!(smallest_subnet(252), Some(23));
        assert_eq!(smallest_subnet(1), Some(29));
        assert_eq!(smallest_subnet(1 << 33), None);
        assert_eq!(smallest_range(1280), Some(21));
        assert_eq!(smallest_range(256), Some(24));
    }
}
