//! How a network was written, for the few rules that judge the text rather than the network.

use std::fmt;

use crate::project::ProviderVersion;
use crate::source::{Span, Symbol};

/// The language that a network was written in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Dialect {
    /// Terraform configuration.
    Terraform,
    /// Terraform plan or state JSON.
    Plan,
    /// Bicep source.
    Bicep,
    /// ARM template JSON.
    Arm,
    /// What `az … show` prints.
    Export,
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dialect::Terraform => "terraform",
            Dialect::Plan => "plan",
            Dialect::Bicep => "bicep",
            Dialect::Arm => "arm",
            Dialect::Export => "export",
        })
    }
}

/// How a cluster was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The language.
    pub dialect: Dialect,
    /// The azurerm version that the root asks for.
    pub provider: ProviderVersion,
    /// Attributes that the declared provider version no longer knows: dotted path, place.
    pub removed: Vec<(Symbol, Span)>,
    /// Whether a one-range form (`pod_cidr`) is written.
    pub scalar_cidrs: bool,
    /// Whether a list form (`pod_cidrs`) is written.
    pub list_cidrs: bool,
}
