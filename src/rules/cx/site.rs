//! Networks that no code declares and clusters must get along with. Judges nothing.

use std::fmt;

use crate::cidr::Cidr;

/// A range of a network around the code, as the configuration names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SiteRange {
    /// What the user calls the network.
    pub name: String,
    /// Its range.
    pub cidr: Cidr,
    /// Where it lies.
    pub kind: SiteKind,
}

/// Where a network around the code lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SiteKind {
    /// Behind a VPN or `ExpressRoute`.
    OnPremises,
    /// A VNet that clusters' VNets are peered with.
    Peered,
}

impl SiteKind {
    /// Every kind.
    pub const ALL: [SiteKind; 2] = [SiteKind::OnPremises, SiteKind::Peered];

    /// Returns the word used in the configuration and in reports.
    pub fn word(self) -> &'static str {
        match self {
            SiteKind::OnPremises => "on-premises",
            SiteKind::Peered => "peered",
        }
    }
}

impl fmt::Display for SiteRange {
    /// Writes `the on-premises network headquarters, 10.20.0.0/16`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.word();
        write!(f, "the {kind} network {}, {}", self.name, self.cidr)
    }
}
