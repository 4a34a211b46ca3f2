//! What both formats draw of a design: number lines of all ranges, a strip for each range of a VNet, what is not known, and
//! the findings. Knows places on a line, but no pixel.

use crate::cidr::Family;
use crate::truth::Truth;

use super::atlas::{Atlas, Kind, Owner, Range, Unknown};
use super::geometry::{Band, Extent, Measure, Scale, lanes};
use super::notes::Note;
use super::words;

/// What is drawn of one design.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Picture {
    /// The root's folder.
    pub(super) root: String,
    /// The variants that look like this.
    pub(super) variants: Vec<String>,
    /// Whether it is the answer to a question instead of the code.
    pub(super) what_if: bool,
    pub(super) ranges: Vec<Drawn>,
    pub(super) lines: Vec<Line>,
    pub(super) strips: Vec<Strip>,
    pub(super) unknown: Vec<Unknown>,
    pub(super) left_out: usize,
    pub(super) notes: Vec<Note>,
}

/// A range in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Drawn {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) cidr: String,
    /// All that is told of it, a sentence each.
    pub(super) details: Vec<String>,
    pub(super) fill: Option<super::fill::Fill>,
    /// What is wrong with it: `overlap`, `outside`; empty where nothing is.
    pub(super) fault: &'static str,
    /// What it clashes with: `pods shop and 2 more`.
    pub(super) against: Option<String>,
    /// Whether it may not exist.
    pub(super) uncertain: bool,
    /// The findings about it, by their place in [`Picture::notes`].
    pub(super) notes: Vec<usize>,
}

/// All ranges of one family that lie in no other, on one line in their order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    pub(super) family: Family,
    pub(super) marks: Vec<Mark>,
}

/// A range on a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// The range, by its place in [`Picture::ranges`].
    pub(super) range: usize,
    pub(super) band: Band,
    /// The parts that it shares and must not, in bands of the line.
    pub(super) clashes: Vec<Band>,
}

/// A range of a VNet with what lies in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Strip {
    /// The range of the VNet.
    pub(super) range: usize,
    /// Subnets, and ranges that must not be here.
    pub(super) placed: Vec<Placed>,
    /// How many lanes it takes so that none lies on another.
    pub(super) lanes: usize,
    pub(super) free: Vec<(Band, String)>,
    /// How much is free, in words.
    pub(super) summary: String,
    /// Whether all widths tell sizes.
    pub(super) to_scale: bool,
    /// Subnets of this VNet that lie outside of it; only at its first range.
    pub(super) astray: Vec<usize>,
}

/// A range on a strip.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Placed {
    pub(super) mark: Mark,
    pub(super) lane: usize,
}

impl Picture {
    /// Returns what it is called.
    pub(super) fn title(&self) -> &str {
        match self.root.as_str() {
            "." => "This project",
            root => root,
        }
    }
}

/// Returns what is drawn of a design.
pub(super) fn of(root: String, variants: Vec<String>, atlas: Atlas, notes: Vec<Note>) -> Picture {
    let ranges = &atlas.ranges;
    let lines = [Family::V4, Family::V6].map(|family| line(ranges, family));
    let strips = strips(ranges);
    let drawn = ranges.iter().enumerate().map(|(at, range)| Drawn {
        kind: range.kind,
        name: range.name.clone(),
        cidr: range.cidr.to_string(),
        details: words::details(ranges, at),
        fill: range.fill.clone(),
        fault: fault(range),
        against: words::against(ranges, at),
        uncertain: !range.presence.truth.is_true(),
        notes: super::notes::about(&notes, at),
    });
    Picture {
        root,
        variants,
        what_if: false,
        ranges: drawn.collect(),
        lines: lines.into_iter().flatten().collect(),
        strips,
        unknown: atlas.unknown,
        left_out: atlas.left_out,
        notes,
    }
}

fn fault(range: &Range) -> &'static str {
    if range.astray {
        "outside"
    } else if clashes(range).next().is_some() {
        "overlap"
    } else {
        ""
    }
}

/// Returns the parts of a range that clash with others.
fn clashes(range: &Range) -> impl Iterator<Item = Extent> {
    let sure = range.meetings.iter().filter(|m| m.clash == Truth::True);
    sure.map(|meeting| meeting.shared)
}

/// Returns the line of a family; `None` if it has no range.
fn line(ranges: &[Range], family: Family) -> Option<Line> {
    let alone = |range: &Range| !matches!(range.owner, Owner::Subnet(..)) || range.inside.is_none();
    let all = ranges.iter().enumerate();
    let mut top: Vec<usize> = all
        .filter(|(_, range)| range.family() == family && alone(range))
        .map(|(at, _)| at)
        .collect();
    let extents: Vec<Extent> = top.iter().map(|at| ranges[*at].extent).collect();
    let whole = hull(&extents)?;
    let shared = top.iter().flat_map(|at| clashes(&ranges[*at]));
    let inside: Vec<Extent> = extents.iter().copied().chain(shared).collect();
    let scale = Scale::new(whole, &inside, Measure::Order);
    top.sort_by_key(|at| {
        let extent = ranges[*at].extent;
        (extent.first, std::cmp::Reverse(extent.last), *at)
    });
    let marks = top
        .iter()
        .filter_map(|at| mark(ranges, *at, ranges[*at].extent, &scale));
    Some(Line {
        family,
        marks: marks.collect(),
    })
}

/// Returns where the addresses of a range that are on the line are drawn.
fn mark(ranges: &[Range], at: usize, extent: Extent, scale: &Scale) -> Option<Mark> {
    let clashes = clashes(&ranges[at]).filter_map(|shared| extent.shared(shared));
    Some(Mark {
        range: at,
        band: scale.place(extent)?,
        clashes: bands(clashes, scale),
    })
}

/// Returns the bands of some ranges, joined where they overlap.
fn bands(extents: impl Iterator<Item = Extent>, scale: &Scale) -> Vec<Band> {
    let extents: Vec<Extent> = extents.collect();
    let joined = super::geometry::union(&extents);
    joined.iter().filter_map(|one| scale.place(*one)).collect()
}

fn hull(extents: &[Extent]) -> Option<Extent> {
    Some(Extent {
        first: extents.iter().map(|extent| extent.first).min()?,
        last: extents.iter().map(|extent| extent.last).max()?,
    })
}

/// Returns a strip for each range of a VNet, the ranges of one VNet after each other.
fn strips(ranges: &[Range]) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    let mut told: Option<Owner> = None;
    for (at, range) in ranges.iter().enumerate() {
        if range.kind != Kind::VirtualNetwork {
            continue;
        }
        let first = told != Some(range.owner);
        told = Some(range.owner);
        strips.push(strip(ranges, at, first));
    }
    strips
}

fn strip(ranges: &[Range], at: usize, first: bool) -> Strip {
    let vnet = &ranges[at];
    let subnets = ranges.iter().enumerate();
    let subnets = subnets.filter(|(_, range)| range.inside == Some(at));
    let mut inside: Vec<(usize, Extent)> = subnets.map(|(at, one)| (at, one.extent)).collect();
    inside.extend(intruders(ranges, at));
    inside.sort_by_key(|(at, extent)| (extent.first, std::cmp::Reverse(extent.last), *at));
    let extents: Vec<Extent> = inside.iter().map(|(_, extent)| *extent).collect();
    let shared = inside.iter().flat_map(|(at, _)| clashes(&ranges[*at]));
    let shared = shared.filter_map(|one| vnet.extent.shared(one));
    // What is shared lies in ranges that are drawn, so that it cuts those and nothing that is free.
    let shared = shared.filter(|one| extents.iter().any(|extent| extent.covers(*one)));
    let cuts: Vec<Extent> = extents.iter().copied().chain(shared).collect();
    let scale = Scale::new(vnet.extent, &cuts, Measure::Addresses);
    let lanes = lanes(&extents);
    let placed = inside.iter().zip(&lanes);
    let placed: Vec<Placed> = placed
        .filter_map(|((at, extent), lane)| {
            let mark = mark(ranges, *at, *extent, &scale)?;
            Some(Placed { mark, lane: *lane })
        })
        .collect();
    let family = vnet.family();
    let free: Vec<(Extent, Band)> = scale.free().collect();
    let gaps: Vec<Extent> = free.iter().map(|(extent, _)| *extent).collect();
    let to_scale = free.iter().all(|(_, band)| band.to_scale)
        && placed.iter().all(|placed| placed.mark.band.to_scale);
    Strip {
        range: at,
        lanes: lanes.iter().max().map_or(1, |most| most + 1),
        placed,
        summary: words::summary(vnet.extent, family, &gaps),
        free: free
            .iter()
            .map(|(extent, band)| (*band, words::gap(*extent, family)))
            .collect(),
        to_scale,
        astray: if first {
            astray(ranges, vnet.owner)
        } else {
            Vec::new()
        },
    }
}

/// Returns the ranges that are no subnets and must not have addresses of a VNet's range, with those that they have.
fn intruders(ranges: &[Range], at: usize) -> impl Iterator<Item = (usize, Extent)> {
    let sure = ranges[at]
        .meetings
        .iter()
        .filter(|m| m.clash == Truth::True);
    sure.map(|meeting| (meeting.with, meeting.shared))
}

/// Returns the subnets of a VNet that lie outside of it.
fn astray(ranges: &[Range], vnet: Owner) -> Vec<usize> {
    let of_vnet = |range: &Range| match (range.owner, vnet) {
        (Owner::Subnet(_, Some(own)), Owner::VirtualNetwork(vnet)) => own == vnet,
        _ => false,
    };
    let all = ranges.iter().enumerate();
    let astray = all.filter(|(_, range)| range.astray && of_vnet(range));
    astray.map(|(at, _)| at).collect()
}
