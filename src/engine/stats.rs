//! The counts of a run.

use std::collections::BTreeSet;

use crate::model::Design;

/// The counts of a run.
#[derive(Clone, Copy, Default, Debug)]
pub struct Stats {
    /// Files of the modules that were judged, and the files that were named.
    pub files: usize,
    /// Roots that hold or call AKS or network resources.
    pub roots: usize,
    /// Clusters, each place counted once however often it is called.
    pub clusters: usize,
    /// Findings that a suppression took away.
    pub suppressed: usize,
    /// Whether there was no file of a known type under the paths.
    pub nothing_known: bool,
    /// Whether something named could not be read or parsed, shown or not.
    pub incomplete: bool,
}

/// Counts roots by their folder: variants are one.
pub(super) fn roots(designs: &[Design]) -> usize {
    let folders = designs.iter().map(|design| design.root.as_str());
    folders.collect::<BTreeSet<_>>().len()
}

/// Counts clusters by their place: the same block called twice is one.
pub(super) fn clusters(designs: &[Design]) -> usize {
    let heads = designs.iter().flat_map(|design| {
        let network = &design.after;
        network
            .clusters
            .iter()
            .map(|cluster| network.entity(cluster.id).head)
    });
    heads.collect::<BTreeSet<_>>().len()
}
