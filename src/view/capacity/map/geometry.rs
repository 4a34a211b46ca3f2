//! Where ranges of addresses are drawn on a line. Knows numbers alone: no name, no network, no format.
//!
//! A [`Scale`] cuts a range of addresses at every end of a range in it and gives each piece a width. Pieces keep their order
//! and none is without width, so that whatever lies inside another range, beside it or across it is drawn so.

use crate::cidr::Cidr;

/// The width of a whole scale; bands are in these units.
pub(super) const WHOLE: u32 = 1_000_000;

/// The least width of a piece that a range covers, where there are few pieces: room for two digits.
const LEAST_COVERED: f64 = 17_000.0;
/// The least width of a free piece, likewise.
const LEAST_FREE: f64 = 4_000.0;
/// The share of the line that least widths may take together.
const LEAST_TOGETHER: f64 = 0.6;

/// Addresses from the first to the last, both included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Extent {
    pub(super) first: u128,
    pub(super) last: u128,
}

impl Extent {
    /// Returns the addresses of a range.
    pub(super) fn of(range: &Cidr) -> Self {
        let number = |address| match address {
            std::net::IpAddr::V4(address) => u128::from(u32::from(address)),
            std::net::IpAddr::V6(address) => u128::from(address),
        };
        Extent {
            first: number(range.network()),
            last: number(range.last()),
        }
    }

    /// Tells whether all of another lies in it.
    pub(super) fn covers(self, other: Extent) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Returns the addresses that both hold; `None` if there are none.
    pub(super) fn shared(self, other: Extent) -> Option<Extent> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Extent { first, last })
    }

    /// Returns the number of addresses, rounded as large numbers are.
    #[expect(clippy::cast_precision_loss, reason = "it is a width on a screen")]
    fn size(self) -> f64 {
        (self.last - self.first) as f64 + 1.0
    }
}

/// A part of a line, in units of [`WHOLE`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Band {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether its width tells its size.
    pub(super) to_scale: bool,
}

/// How widths are given to pieces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Measure {
    /// By the number of addresses, with a least width.
    Addresses,
    /// By the logarithm of the number of addresses; what nobody covers is narrow. Tells order and overlap, no size.
    Order,
}

/// A line on which ranges are drawn.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
struct Piece {
    extent: Extent,
    covered: bool,
    band: Band,
}

impl Scale {
    /// Returns the line from the first address of `whole` to its last, with room for what lies in it.
    pub(super) fn new(whole: Extent, inside: &[Extent], measure: Measure) -> Self {
        let inside: Vec<Extent> = inside.iter().filter_map(|e| whole.shared(*e)).collect();
        let mut pieces = pieces(whole, &inside);
        let (widths, least) = match measure {
            Measure::Addresses => by_addresses(&pieces),
            Measure::Order => (
                pieces.iter().map(in_order).collect(),
                vec![true; pieces.len()],
            ),
        };
        let total: f64 = widths.iter().sum();
        let (mut sum, mut start) = (0.0, 0);
        for (piece, (width, least)) in pieces.iter_mut().zip(widths.into_iter().zip(least)) {
            sum += width;
            let end = units(sum / total);
            piece.band = Band {
                start,
                end,
                to_scale: !least,
            };
            start = end;
        }
        Scale { pieces }
    }

    /// Returns where a range is drawn; `None` if it is not one of those that the line was made for.
    pub(super) fn place(&self, extent: Extent) -> Option<Band> {
        let first = |piece: &Piece| piece.extent.first.cmp(&extent.first);
        let last = |piece: &Piece| piece.extent.last.cmp(&extent.last);
        let from = self.pieces.binary_search_by(first).ok()?;
        let to = self.pieces.binary_search_by(last).ok()?;
        let pieces = self.pieces.get(from..=to)?;
        Some(Band {
            start: pieces.first()?.band.start,
            end: pieces.last()?.band.end,
            to_scale: pieces.iter().all(|piece| piece.band.to_scale),
        })
    }

    /// Returns the parts that no range covers, in order.
    pub(super) fn free(&self) -> impl Iterator<Item = (Extent, Band)> {
        let free = self.pieces.iter().filter(|piece| !piece.covered);
        free.map(|piece| (piece.extent, piece.band))
    }
}

/// Cuts `whole` at every end of a range in it.
fn pieces(whole: Extent, inside: &[Extent]) -> Vec<Piece> {
    let mut cuts = vec![whole.first];
    for extent in inside {
        cuts.push(extent.first);
        if extent.last < whole.last {
            cuts.push(extent.last + 1);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    let covered = union(inside);
    let ends = cuts.iter().skip(1).map(|next| next - 1).chain([whole.last]);
    let extents = cuts.iter().zip(ends);
    extents
        .map(|(first, last)| {
            let extent = Extent {
                first: *first,
                last,
            };
            let before = covered.partition_point(|part| part.first <= extent.first);
            Piece {
                extent,
                covered: before > 0 && covered[before - 1].covers(extent),
                band: Band {
                    start: 0,
                    end: 0,
                    to_scale: false,
                },
            }
        })
        .collect()
}

/// Returns ranges that cover the same and neither overlap nor touch, in order.
pub(super) fn union(extents: &[Extent]) -> Vec<Extent> {
    let mut sorted = extents.to_vec();
    sorted.sort_unstable();
    let mut union: Vec<Extent> = Vec::new();
    for extent in sorted {
        match union.last_mut() {
            Some(last) if extent.first <= last.last.saturating_add(1) => {
                last.last = last.last.max(extent.last);
            }
            _ => union.push(extent),
        }
    }
    union
}

/// Returns the width of each piece by its addresses, and whether it is the least one. What the least ones take goes off the
/// others in proportion.
fn by_addresses(pieces: &[Piece]) -> (Vec<f64>, Vec<bool>) {
    let whole = f64::from(WHOLE);
    let wanted = |piece: &Piece| [LEAST_FREE, LEAST_COVERED][usize::from(piece.covered)];
    let all: f64 = pieces.iter().map(wanted).sum();
    let shrunk = (whole * LEAST_TOGETHER / all).min(1.0);
    let least = |piece: &Piece| wanted(piece) * shrunk;
    let mut pinned = vec![false; pieces.len()];
    loop {
        let mut room = whole;
        let mut addresses = 0.0;
        for (piece, pinned) in pieces.iter().zip(&pinned) {
            if *pinned {
                room -= least(piece);
            } else {
                addresses += piece.extent.size();
            }
        }
        let width = |piece: &Piece| piece.extent.size() / addresses * room;
        let mut changed = false;
        for (piece, pinned) in pieces.iter().zip(&mut pinned) {
            if !*pinned && width(piece) < least(piece) {
                *pinned = true;
                changed = true;
            }
        }
        if !changed {
            let widths = pieces.iter().zip(&pinned);
            let widths = widths.map(
                |(piece, pinned)| {
                    if *pinned { least(piece) } else { width(piece) }
                },
            );
            return (widths.collect(), pinned);
        }
    }
}

/// Returns the width of a piece where only the order counts.
fn in_order(piece: &Piece) -> f64 {
    if piece.covered {
        piece.extent.size().log2() + 4.0
    } else {
        3.0
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1"
)]
fn units(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u32
}

/// Returns for each range the lane that it is drawn in: ranges that overlap are in different ones.
pub(super) fn lanes(extents: &[Extent]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..extents.len()).collect();
    order.sort_by_key(|at| {
        (
            extents[*at].first,
            std::cmp::Reverse(extents[*at].last),
            *at,
        )
    });
    let mut ends: Vec<u128> = Vec::new();
    let mut lanes = vec![0; extents.len()];
    for at in order {
        let free = ends.iter().position(|end| *end < extents[at].first);
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = extents[at].last,
            None => ends.push(extents[at].last),
        }
        lanes[at] = lane;
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn extent(text: &str) -> Extent {
        Extent::of(&Cidr::parse(text).unwrap())
    }

    /// Ranges of any size, near each other so that they overlap often.
    fn ranges() -> impl Strategy<Value = Vec<Extent>> {
        let range = (any::<u32>(), 0u8..=32, 0u8..3).prop_map(|(address, prefix, near)| {
            let address = if near > 0 {
                0x0a00_0000 | (address & 0xfff)
            } else {
                address
            };
            let address = std::net::Ipv4Addr::from(address).into();
            Extent::of(&Cidr::new(address, prefix).unwrap())
        });
        proptest::collection::vec(range, 1..60)
    }

    fn wide_ranges() -> impl Strategy<Value = Vec<Extent>> {
        let range = (any::<u128>(), 0u8..=128).prop_map(|(address, prefix)| {
            let address = std::net::Ipv6Addr::from(address).into();
            Extent::of(&Cidr::new(address, prefix).unwrap())
        });
        proptest::collection::vec(range, 1..30)
    }

    fn hull(ranges: &[Extent]) -> Extent {
        Extent {
            first: ranges.iter().map(|range| range.first).min().unwrap(),
            last: ranges.iter().map(|range| range.last).max().unwrap(),
        }
    }

    fn truly_placed(ranges: &[Extent], measure: Measure) -> Result<(), TestCaseError> {
        let scale = Scale::new(hull(ranges), ranges, measure);
        let placed: Vec<Band> = ranges.iter().map(|r| scale.place(*r).unwrap()).collect();
        for (a, band) in ranges.iter().zip(&placed) {
            prop_assert!(band.start < band.end && band.end <= WHOLE);
            for (b, other) in ranges.iter().zip(&placed) {
                prop_assert_eq!(
                    a.shared(*b).is_some(),
                    band.start < other.end && other.start < band.end
                );
                prop_assert!(!a.covers(*b) || (band.start <= other.start && other.end <= band.end));
                prop_assert!(a.last >= b.first || band.end <= other.start);
            }
            for (_, free) in scale.free() {
                prop_assert!(free.end <= band.start || band.end <= free.start);
            }
        }
        let all = scale.place(hull(ranges)).unwrap();
        prop_assert_eq!((all.start, all.end), (0, WHOLE));
        Ok(())
    }

    proptest! {
        #[test]
        fn the_drawing_lies_as_the_addresses_do(ranges in ranges()) {
            truly_placed(&ranges, Measure::Addresses)?;
            truly_placed(&ranges, Measure::Order)?;
        }

        #[test]
        fn also_that_of_long_addresses(ranges in wide_ranges()) {
            truly_placed(&ranges, Measure::Addresses)?;
            truly_placed(&ranges, Measure::Order)?;
        }

        #[test]
        fn what_is_said_to_be_to_scale_is(ranges in ranges()) {
            let scale = Scale::new(hull(&ranges), &ranges, Measure::Addresses);
            let true_ones = scale.pieces.iter().filter(|piece| piece.band.to_scale);
            let drawn = true_ones.map(|p| (f64::from(p.band.end - p.band.start), p.extent.size()));
            let drawn: Vec<(f64, f64)> = drawn.collect();
            let widest = drawn.iter().fold((0.0, 1.0), |a, b| if b.1 > a.1 { *b } else { a });
            for (width, size) in drawn {
                // Each end is rounded to the next unit.
                prop_assert!((width - widest.0 * size / widest.1).abs() <= 2.1);
            }
        }

        #[test]
        fn no_lane_holds_ranges_that_overlap(ranges in ranges()) {
            let lanes = lanes(&ranges);
            for (at, a) in ranges.iter().enumerate() {
                for (other, b) in ranges.iter().enumerate().skip(at + 1) {
                    prop_assert!(lanes[at] != lanes[other] || a.shared(*b).is_none());
                }
            }
        }

        #[test]
        fn free_parts_and_ranges_are_the_whole(ranges in ranges()) {
            let whole = extent("0.0.0.0/0");
            let scale = Scale::new(whole, &ranges, Measure::Addresses);
            let mut all: Vec<Extent> = ranges.clone();
            all.extend(scale.free().map(|(free, _)| free));
            prop_assert_eq!(union(&all), vec![whole]);
            for (free, _) in scale.free() {
                prop_assert!(ranges.iter().all(|range| range.shared(free).is_none()));
            }
        }
    }

    #[test]
    fn halves_are_halves() {
        let whole = extent("10.0.0.0/16");
        let half = extent("10.0.128.0/17");
        let scale = Scale::new(whole, &[half], Measure::Addresses);
        let band = scale.place(half).unwrap();
        assert_eq!(
            (band.start, band.end, band.to_scale),
            (500_000, WHOLE, true)
        );
    }

    #[test]
    fn the_smallest_range_in_the_largest_is_seen_and_marked() {
        let whole = extent("10.0.0.0/8");
        let small = extent("10.200.0.16/28");
        let scale = Scale::new(whole, &[small], Measure::Addresses);
        let band = scale.place(small).unwrap();
        assert!(band.end - band.start >= 16_000 && !band.to_scale);
    }
}
