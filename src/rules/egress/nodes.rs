//! How the rules on the way out count nodes and outbound addresses. No rule itself.

use crate::capacity::{pool, ports};
use crate::model::{Cluster, IpVersion, LoadBalancerProfile, NodePool};
use crate::rules::Cx;
use crate::value::State;

/// The nodes of a pool, as far as the code says.
pub(super) struct Share<'v> {
    /// The pool.
    pub pool: &'v NodePool,
    /// Its greatest number of nodes.
    pub nodes: u32,
    /// Those that an upgrade adds.
    pub surge: u32,
    /// Whether a number must not be shown.
    pub sensitive: bool,
}

impl Share<'_> {
    /// Returns all nodes that there can be at once.
    pub(super) fn all(&self) -> u64 {
        u64::from(self.nodes) + u64::from(self.surge)
    }
}

/// Returns the pools whose size is known, no more of them than it takes to pass the limit.
pub(super) fn known_shares<'v>(cluster: &Cluster, room: u64, cx: &Cx<'v>) -> Vec<Share<'v>> {
    let mut shares = Vec::new();
    let mut all = 0;
    for share in cx
        .network()
        .pools_of(cluster)
        .filter_map(|pool| share(pool, cx))
    {
        if all <= room {
            all = share.all().saturating_add(all);
            shares.push(share);
        }
    }
    shares
}

/// Returns the nodes of a pool; a surge that is not known counts as none.
fn share<'v>(pool: &'v NodePool, cx: &Cx<'_>) -> Option<Share<'v>> {
    let count = if *pool.auto_scaling.get()? {
        &pool.max_count
    } else {
        &pool.node_count
    };
    let nodes = *count.get()?;
    let surge = match pool.max_surge.get() {
        // How many nodes Azure adds by default is told in two ways; one is the least.
        Some(_) if cx.is_default(&pool.max_surge) => u32::from(nodes > 0),
        Some(surge) => {
            let extra = pool::surge_nodes(*surge, i64::from(nodes));
            u32::try_from(extra).unwrap_or(u32::MAX)
        }
        None => 0,
    };
    Some(Share {
        pool,
        nodes,
        surge,
        sensitive: count.sensitive || pool.auto_scaling.sensitive || pool.max_surge.sensitive,
    })
}

/// Looks at what the nodes of a pool rest on.
pub(super) fn look_at(share: &Share<'_>, cx: &mut Cx<'_>) {
    let pool = share.pool;
    let scaled = cx.need(&pool.auto_scaling).is_some_and(|scaled| *scaled);
    cx.need(if scaled {
        &pool.max_count
    } else {
        &pool.node_count
    });
    if !pool.max_surge.is_unknown() {
        cx.need(&pool.max_surge);
    }
}

/// Notes what would have to be known of the pools.
pub(super) fn open(cluster: &Cluster, cx: &mut Cx<'_>) {
    cx.each(cx.network().pools_of(cluster), |pool, cx| {
        cx.open(&pool.max_surge);
        match &pool.auto_scaling.state {
            State::Known(true) => cx.open(&pool.max_count),
            State::Known(false) => cx.open(&pool.node_count),
            State::Unknown(_) | State::Absent | State::Invalid { .. } => {
                cx.open(&pool.auto_scaling);
            }
        }
    });
}

/// Tells whether the number of outbound addresses must not be shown.
pub(super) fn hides_addresses(profile: &LoadBalancerProfile) -> bool {
    let counts = [
        &profile.managed_outbound_ip_count,
        &profile.managed_outbound_ipv6_count,
    ];
    counts.into_iter().any(|count| count.sensitive)
        || profile.outbound_ip_addresses.sensitive
        || profile.outbound_ip_prefixes.sensitive
}

/// Returns the most outbound addresses that there may be; `None` where that is not known.
pub(super) fn addresses(profile: &LoadBalancerProfile, cx: &mut Cx<'_>) -> Option<u64> {
    let own = cx.need_elements(&profile.outbound_ip_addresses).len();
    let mut all = u64::try_from(own).ok()?;
    for prefix in cx.need_elements(&profile.outbound_ip_prefixes) {
        let prefix = &cx.network().public_ip_prefixes[*cx.need(prefix)?];
        let length = *cx.need(&prefix.prefix_length)?;
        let bits = if *cx.need(&prefix.ip_version)? == IpVersion::V6 {
            128
        } else {
            32
        };
        all = all.saturating_add(ports::addresses(bits, length));
    }
    for count in [
        &profile.managed_outbound_ip_count,
        &profile.managed_outbound_ipv6_count,
    ] {
        match cx.need(count) {
            Some(count) => all = all.saturating_add(u64::from(*count)),
            None if count.is_absent() => {}
            None => return None,
        }
    }
    let listed =
        !profile.outbound_ip_addresses.is_unknown() && !profile.outbound_ip_prefixes.is_unknown();
    (listed && all > 0).then_some(all)
}
