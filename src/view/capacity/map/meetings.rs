//! Ranges that share addresses, and whether they may. Two ranges that nothing joins may be the same; two that packets pass
//! between may not.

use super::atlas::{Kind, Owner, Range};
use super::geometry::Extent;
use super::joint::Joints;
use crate::truth::Truth;

/// The most meetings that are told of a range.
const MOST: usize = 40;

/// Another range that shares addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Meeting {
    /// Its place among the ranges.
    pub(super) with: usize,
    /// The addresses that both hold.
    pub(super) shared: Extent,
    /// True where both cannot be so; unknown where that is not known.
    pub(super) clash: Truth,
}

/// Notes at each range the others that it shares addresses with; those alone that say something.
pub(super) fn find(ranges: &mut [Range], joints: &Joints) {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    let key = |at: &usize| {
        let range = &ranges[*at];
        let first = range.extent.first;
        (
            range.family(),
            first,
            std::cmp::Reverse(range.extent.last),
            *at,
        )
    };
    order.sort_by_key(key);
    // Ranges lie in each other or apart: those on the stack hold the next one.
    let mut around: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, Meeting)> = Vec::new();
    for at in order {
        let holds = |outer: &usize| {
            let outer = &ranges[*outer];
            outer.family() == ranges[at].family() && outer.extent.covers(ranges[at].extent)
        };
        around.retain(holds);
        for outer in &around {
            let clash = clash(&ranges[*outer], &ranges[at], joints);
            let apart = never_together(&ranges[*outer], &ranges[at]);
            if let Some(clash) = clash.filter(|_| !apart) {
                let shared = ranges[at].extent;
                let meeting = |with| Meeting {
                    with,
                    shared,
                    clash,
                };
                found.push((at, meeting(*outer)));
                found.push((*outer, meeting(at)));
            }
        }
        around.push(at);
    }
    for (at, meeting) in found {
        ranges[at].meetings.push(meeting);
    }
    for range in ranges {
        range
            .meetings
            .sort_by_key(|meeting| (rank(meeting.clash), meeting.with));
        range.meetings.truncate(MOST);
    }
}

fn rank(clash: Truth) -> u8 {
    match clash {
        Truth::True => 0,
        Truth::Unknown => 1,
        Truth::False => 2,
    }
}

fn never_together(a: &Range, b: &Range) -> bool {
    a.presence.and(&b.presence).truth.is_false()
}

/// Tells whether two ranges that share addresses clash; `None` where there is nothing to say of it.
fn clash(a: &Range, b: &Range, joints: &Joints) -> Option<Truth> {
    let (a, b) = if order(a.owner) <= order(b.owner) {
        (a, b)
    } else {
        (b, a)
    };
    match (a.owner, b.owner) {
        (Owner::Cluster(one), Owner::Cluster(other)) => {
            let pods = if a.kind == Kind::Pods { a } else { b };
            let same = one == other && a.kind != b.kind;
            same.then(|| judged(pods, joints, Truth::True))
        }
        (Owner::Cluster(cluster), Owner::VirtualNetwork(vnet) | Owner::Subnet(_, Some(vnet))) => {
            Some(judged(a, joints, joints.reaches(cluster, vnet)))
        }
        (Owner::Cluster(_), Owner::Site) => Some(judged(a, joints, Truth::True)),
        (Owner::Subnet(_, Some(one)), Owner::Subnet(_, Some(other))) => {
            (one == other).then_some(Truth::True)
        }
        (Owner::VirtualNetwork(one), Owner::VirtualNetwork(other)) => Some(if one == other {
            Truth::True
        } else {
            joints.peered(one, other)
        }),
        (Owner::VirtualNetwork(vnet), Owner::Site)
            if b.kind == Kind::Peered && joints.is_home(vnet) =>
        {
            Some(Truth::True)
        }
        // What is said of a VNet is not said of its subnets again; networks of the configuration may lie in each other.
        (Owner::Subnet(_, Some(_)), Owner::VirtualNetwork(_) | Owner::Site)
        | (Owner::Site, Owner::Site) => None,
        _ => Some(Truth::Unknown),
    }
}

/// Returns the place of an owner in a pair.
fn order(owner: Owner) -> u8 {
    match owner {
        Owner::Cluster(_) => 0,
        Owner::Subnet(..) => 1,
        Owner::VirtualNetwork(_) => 2,
        Owner::Site => 3,
    }
}

/// Returns a clash with a cluster's range: whether a pod range means anything is not always known.
fn judged(range: &Range, joints: &Joints, joined: Truth) -> Truth {
    match (range.kind, range.owner) {
        (Kind::Pods, Owner::Cluster(cluster)) if !joints.has_own_range(cluster) => {
            joined.and(Truth::Unknown)
        }
        _ => joined,
    }
}
