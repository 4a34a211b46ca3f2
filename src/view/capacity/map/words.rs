//! What is told of a range and of a gap in words. Draws nothing.

use std::net::IpAddr;

use crate::cidr::{Cidr, Family};
use crate::truth::Truth;

use super::atlas::{Kind, Owner, Range};
use super::geometry::Extent;

/// How many blocks of a gap are named.
const BLOCKS: usize = 4;
/// How many meetings are told.
const MEETINGS: usize = 6;

/// Returns what is told of the ranges that a range shares addresses with.
fn meetings(ranges: &[Range], range: &Range) -> Vec<String> {
    let mut details = Vec::new();
    for meeting in range.meetings.iter().take(MEETINGS) {
        let with = &ranges[meeting.with];
        let verb = match meeting.clash {
            Truth::True => "overlaps",
            Truth::Unknown | Truth::False => "shares addresses with",
        };
        let doubt = match meeting.clash {
            Truth::True => "",
            Truth::Unknown => "; whether that matters is not known",
            Truth::False => "; nothing joins the two",
        };
        let shared = span(meeting.shared, range.family());
        let (kind, name, cidr) = (with.kind.words(), &with.name, with.cidr);
        details.push(format!("{verb} {kind} {name}, {cidr}: {shared}{doubt}"));
    }
    let more = range.meetings.len().saturating_sub(MEETINGS);
    if more > 0 {
        details.push(format!("and shares addresses with {more} more"));
    }
    details
}

/// Returns all that is told of a range.
pub(super) fn details(ranges: &[Range], at: usize) -> Vec<String> {
    let range = &ranges[at];
    let mut details = vec![format!(
        "{}, {}",
        span(range.extent, range.family()),
        count(range.extent)
    )];
    if range.cidr.has_host_bits() {
        details.push(format!(
            "written with host bits, it is {}",
            range.cidr.trunc()
        ));
    }
    if let Some(address) = range.address.as_ref().filter(|one| **one != range.name) {
        details.push(address.clone());
    }
    match range.inside {
        Some(vnet) => {
            let vnet = &ranges[vnet];
            details.push(format!("in {} of {}", vnet.cidr, vnet.name));
        }
        None if range.astray => {
            details.push("outside the address space of its VNet".to_owned());
        }
        None if matches!(range.owner, Owner::Subnet(_, None)) => {
            details.push("it is not known which VNet it is in".to_owned());
        }
        None if range.kind == Kind::Subnet => {
            details.push("the address space of its VNet is not known".to_owned());
        }
        None => {}
    }
    match &range.fill {
        Some(fill) => details.push(fill.words.clone()),
        None if range.kind == Kind::Subnet => {
            details.push("no node or pod of a cluster takes of it".to_owned());
        }
        None => {}
    }
    details.extend(meetings(ranges, range));
    if !range.presence.truth.is_true() {
        details.push("it is not known whether it exists".to_owned());
    }
    details
}

/// Returns what a range clashes with; `None` if with nothing.
pub(super) fn against(ranges: &[Range], at: usize) -> Option<String> {
    let meetings = ranges[at].meetings.iter();
    let mut sure = meetings.filter(|meeting| meeting.clash == Truth::True);
    let first = &ranges[sure.next()?.with];
    let more = match sure.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("{} {}{more}", first.kind.words(), first.name))
}

/// Returns what is told of a gap: `free: 10.0.4.0 - 10.0.7.255, 1,024 addresses (10.0.4.0/22)`.
pub(super) fn gap(extent: Extent, family: Family) -> String {
    let all = blocks(extent, family);
    let mut named: Vec<Cidr> = all.clone();
    named.sort_by_key(|block| (block.prefix(), block.network()));
    let named: Vec<String> = named.iter().take(BLOCKS).map(Cidr::to_string).collect();
    let more = all.len().saturating_sub(BLOCKS);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let (span, count) = (span(extent, family), count(extent));
    format!("free: {span}, {count} ({}{more})", named.join(", "))
}

/// Returns how much of a VNet's range is free.
pub(super) fn summary(whole: Extent, family: Family, gaps: &[Extent]) -> String {
    let all = gaps.iter().flat_map(|gap| blocks(*gap, family));
    let Some(largest) = all.min_by_key(|block| (block.prefix(), block.network())) else {
        return format!("{}, none free", count(whole));
    };
    let free = gaps
        .iter()
        .map(|gap| (gap.last - gap.first).saturating_add(1));
    let free = free.fold(0u128, u128::saturating_add);
    let of = (whole.last - whole.first).saturating_add(1);
    let (free, of) = (number(free), number(of));
    format!("{free} of {of} addresses free, the largest block {largest}")
}

/// Returns the largest ranges that a gap consists of, in order.
fn blocks(extent: Extent, family: Family) -> Vec<Cidr> {
    let width: u32 = match family {
        Family::V4 => 32,
        Family::V6 => 128,
    };
    let mut blocks = Vec::new();
    let mut first = extent.first;
    loop {
        let aligned = first.trailing_zeros().min(width);
        let left = extent.last - first;
        // The greatest power of two that is not above what is left, of which one address is not counted yet.
        let fits = left.checked_add(1).map_or(width, u128::ilog2);
        let bits = aligned.min(fits);
        let prefix = u8::try_from(width - bits).unwrap_or(0);
        blocks.extend(Cidr::new(address(first, family), prefix));
        let step = 1u128
            .checked_shl(bits)
            .and_then(|step| first.checked_add(step));
        match step {
            Some(next) if next <= extent.last => first = next,
            _ => return blocks,
        }
    }
}

fn address(number: u128, family: Family) -> IpAddr {
    match family {
        Family::V4 => IpAddr::V4(u32::try_from(number).unwrap_or(u32::MAX).into()),
        Family::V6 => IpAddr::V6(number.into()),
    }
}

fn span(extent: Extent, family: Family) -> String {
    let [first, last] = [extent.first, extent.last].map(|one| address(one, family));
    format!("{first} - {last}")
}

fn count(extent: Extent) -> String {
    match (extent.last - extent.first).checked_add(1) {
        Some(1) => "1 address".to_owned(),
        Some(count) => format!("{} addresses", number(count)),
        None => "2^128 addresses".to_owned(),
    }
}

/// Returns a number as a reader takes it in: those of IPv6 as powers of two where they are.
fn number(count: u128) -> String {
    match i64::try_from(count) {
        Ok(small) if count <= 1 << 40 => crate::view::capacity::number::grouped(small),
        _ if count.is_power_of_two() => format!("2^{}", count.ilog2()),
        _ => format!("about 2^{}", nearest_power(count)),
    }
}

/// Returns the power of two that is nearest, as its exponent.
fn nearest_power(count: u128) -> u32 {
    let below = count.ilog2();
    // Three quarters of the next power are nearer to it than to the one below.
    let half = 1u128 << (below - 1);
    below + u32::from(count - (1u128 << below) > half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_are_named_by_their_largest_blocks() {
        let extent = |first: [u8; 4], last: [u8; 4]| Extent {
            first: u128::from(u32::from_be_bytes(first)),
            last: u128::from(u32::from_be_bytes(last)),
        };
        assert_eq!(
            gap(extent([10, 0, 1, 0], [10, 0, 7, 255]), Family::V4),
            "free: 10.0.1.0 - 10.0.7.255, 1,792 addresses (10.0.4.0/22, 10.0.2.0/23, 10.0.1.0/24)"
        );
        let whole = extent([0, 0, 0, 0], [255, 255, 255, 255]);
        assert_eq!(
            summary(whole, Family::V4, &[whole]),
            "4,294,967,296 of 4,294,967,296 addresses free, the largest block 0.0.0.0/0"
        );
        assert_eq!(
            summary(whole, Family::V4, &[]),
            "4,294,967,296 addresses, none free"
        );
        let all = Extent {
            first: 0,
            last: u128::MAX,
        };
        assert!(gap(all, Family::V6).contains("2^128 addresses (::/0)"));
        assert_eq!(number((1 << 80) - (1 << 64)), "about 2^80");
        assert_eq!(number((1 << 80) + (1 << 64)), "about 2^80");
    }

    proptest! {
        #[test]
        fn blocks_are_the_gap(a: u32, b: u32) {
            let (first, last) = (u128::from(a.min(b)), u128::from(a.max(b)));
            let blocks = blocks(Extent { first, last }, Family::V4);
            let mut next = first;
            for block in &blocks {
                let extent = Extent::of(block);
                prop_assert!(!block.has_host_bits());
                prop_assert_eq!(extent.first, next);
                next = extent.last + 1;
            }
            prop_assert_eq!(next, last + 1);
        }
    }
}
