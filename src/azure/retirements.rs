//! What Azure retires, and when. Source: MicrosoftDocs/azure-aks-docs at fb060ab, `articles/aks/includes/*retirement*.md`,
//! and the pages named; read 2026-11-22.

use jiff::civil::{Date, date};

/// Kubenet. Source: includes/kubenet-retirement.md; Azure/AKS#4859.
pub const KUBENET: Date = date(2028, 3, 31);

/// The Basic load balancer; new ones have been refused since 2025-03-31. Source: upgrade-basic-load-balancer-on-aks.md.
pub const BASIC_LOAD_BALANCER: Date = date(2025, 9, 30);

/// The day from which clusters with a Basic load balancer have been refused. Source: as above.
pub const BASIC_LOAD_BALANCER_CREATION: Date = date(2025, 3, 31);

/// Azure Network Policy Manager on Linux nodes. Source: includes/azure-network-policy-manager-linux-retirement.md.
pub const NETWORK_POLICY_MANAGER_LINUX: Date = date(2028, 9, 30);

/// Azure Network Policy Manager on Windows nodes. Source: includes/azure-network-policy-manager-windows-retirement.md.
pub const NETWORK_POLICY_MANAGER_WINDOWS: Date = date(2026, 9, 30);

/// Windows Server 2019; its images are removed on 2027-04-01. Source: includes/windows-server-2019-retirement.md.
pub const WINDOWS_2019: Date = date(2026, 3, 1);

/// The annual channel of Windows Server. Source: includes/windows-annual-channel-retirement.md.
pub const WINDOWS_ANNUAL: Date = date(2026, 5, 15);
/// Node pools in availability sets. Source: includes/availability-sets-retirement.md.
pub const AVAILABILITY_SET_POOLS: Date = date(2025, 9, 30);
/// Ubuntu 20.04 on nodes. Source: includes/ubuntu-20-04-retirement.md.
pub const UBUNTU_2004: Date = date(2027, 3, 17);
/// Ubuntu 22.04 on nodes. Source: includes/ubuntu-22-04-retirement.md.
pub const UBUNTU_2204: Date = date(2027, 6, 30);
