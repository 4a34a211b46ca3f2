//! What Azure retires, and when. Source: MicrosoftDocs/azure-aks-docs at fb060ab, `articles/aks/includes/*retirement*.md`,
//! and the pages named; read 2026-11-22.

use jiff::civil::{Date, date};

/// Kubenet. Source: includes/kubenet-retirement.md; Azure/AKS#4859.
pub const KUBENET: Date = date(2028, 3, 31);

/// The Basic load balancer; new ones have been refused since 2025-03-31. Source: upgrade-basic-load-balancer-on-aks.md.
pub const BASIC_LOAD_BALANCER: Date = date(2025, 9, 30);

/// The day from which clusters with a Basic load balancer have been refused. Source: as above.
pub const BASIC_LOAD_BALANCER_CREATION: Date = date(2025, 3, 31);
