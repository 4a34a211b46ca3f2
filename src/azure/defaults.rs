//! What Azure, or the azurerm provider, fills in for a setting that is not written.
//!
//! Sources, read 2026-11-22: Azure/azure-rest-api-specs `containerservice/.../aks/CommonModels.tsp` (ARM);
//! MicrosoftDocs/azure-aks-docs at fb060ab (DOC); hashicorp/terraform-provider-azurerm 5.2.0 (TF).

use std::net::{IpAddr, Ipv4Addr};

use crate::cidr::Cidr;

/// The service range. Source: ARM `ContainerServiceNetworkProfile.serviceCidr`.
pub const SERVICE_CIDR: Cidr = Cidr::v4([10, 0, 0, 0], 16);

/// The address of DNS in the service range, the same whatever the range is. Source: ARM
/// `ContainerServiceNetworkProfile.dnsServiceIP`.
pub const DNS_SERVICE_IP: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 10));

/// The pod range of kubenet and overlay. Source: ARM `ContainerServiceNetworkProfile.podCidr`.
pub const POD_CIDR: Cidr = Cidr::v4([10, 244, 0, 0], 16);

/// The pod ranges of a dual-stack cluster. Source: DOC configure-dual-stack.md.
pub const DUAL_STACK_POD_CIDRS: [&str; 2] = ["10.244.0.0/16", "fd12:3456:789a::/64"];

/// The service ranges of a dual-stack cluster. Source: DOC configure-dual-stack.md.
pub const DUAL_STACK_SERVICE_CIDRS: [&str; 2] = ["10.0.0.0/16", "fd12:3456:789a:1::/108"];

/// Pods on a node with Azure CNI Overlay. Source: DOC concepts-network-ip-address-planning.md, "Maximum pods per node".
pub const MAX_PODS_OVERLAY: u32 = 250;

/// Pods on a node with a node subnet only. Source: as above.
pub const MAX_PODS_NODE_SUBNET: u32 = 30;

/// Pods on a node with kubenet. Source: as above.
pub const MAX_PODS_KUBENET: u32 = 110;

/// Pods on a node with a pod subnet, as one page has it. Source: as above.
pub const MAX_PODS_POD_SUBNET: u32 = 110;

/// Pods on a node with a pod subnet, as another page has it. Source: DOC configure-azure-cni-dynamic-ip-allocation.md.
pub const MAX_PODS_POD_SUBNET_OTHER: u32 = 250;

/// Nodes of a pool. Source: ARM `AgentPoolModels.count`; TF `node_count`.
pub const NODE_COUNT: u32 = 1;

/// Extra nodes during an upgrade, in percent of the pool. Source: ARM `AgentPoolUpgradeSettings.maxSurge`.
pub const MAX_SURGE_PERCENT: u32 = 10;

/// Public addresses that AKS makes for the outbound load balancer. Source: ARM `ManagedClusterLoadBalancerProfile`.
pub const MANAGED_OUTBOUND_IPS: u32 = 1;

/// Outbound ports of a node; 0 lets Azure choose by the number of nodes. Source: as above; TF default 0.
pub const OUTBOUND_PORTS: u32 = 0;

/// Minutes until an idle outbound flow of the load balancer ends. Source: as above; TF default 30.
pub const LOAD_BALANCER_IDLE_MINUTES: u32 = 30;

/// Minutes until an idle flow of the managed NAT gateway ends. Source: ARM `ManagedClusterNATGatewayProfile`.
pub const NAT_GATEWAY_IDLE_MINUTES: u32 = 4;

/// The first Kubernetes version, major and minor, whose clusters get Azure CNI Overlay when no plugin is written; older
/// ones get kubenet. Source: DOC azure-cni-overlay.md, "Key parameters"; Azure/azure-rest-api-specs#30844.
pub const OVERLAY_BY_DEFAULT_SINCE: (u32, u32) = (1, 30);

/// Public addresses that AKS makes for the managed NAT gateway. Source: ARM `ManagedClusterNATGatewayProfile`.
pub const NAT_GATEWAY_MANAGED_IPS: u32 = 1;

/// The control plane's tier. Source: TF `kubernetes_cluster.html.markdown`, `sku_tier`; ARM `ManagedClusterSKU.tier`.
pub const SKU_TIER: &str = "Free";

/// The control plane's tier of an automatic cluster. Source: DOC intro-aks-automatic.md, "Node management, scaling, and
/// cluster operations".
pub const SKU_TIER_AUTOMATIC: &str = "Standard";

/// Where artifacts come from at bootstrap. Source: TF `kubernetes_cluster.html.markdown`, `bootstrap_profile`.
pub const BOOTSTRAP_ARTIFACT_SOURCE: &str = "Direct";

/// How a pool's machines are grouped. Source: TF `kubernetes_cluster.html.markdown`, `default_node_pool.type`.
pub const POOL_KIND: &str = "VirtualMachineScaleSets";

/// The tier of a NAT gateway. Source: TF `nat_gateway.html.markdown`, `sku_name`.
pub const NAT_GATEWAY_SKU: &str = "Standard";

/// The first major version of azurerm whose clusters get the Standard load balancer when no SKU is written; older ones got
/// the Basic one. Source: TF CHANGELOG-v2.md, 2.0.0, `load_balancer_sku`, and `resource_arm_kubernetes_cluster.go` of 1.x.
pub const LOAD_BALANCER_SKU_STANDARD_SINCE: u32 = 2;

/// The first major version of azurerm whose public addresses are Standard when no tier is written; older ones made them
/// Basic. Source: TF `public_ip.html.markdown` of 3.x and 4.x, `sku`.
pub const PUBLIC_IP_SKU_STANDARD_SINCE: u32 = 4;

/// The tier of a range of public addresses. Source: TF `public_ip_prefix.html.markdown`, `sku`.
pub const PUBLIC_IP_PREFIX_SKU: &str = "Standard";

/// The prefix length of a range of public addresses. Source: TF `public_ip_prefix_resource.go`, `prefix_length`.
pub const PUBLIC_IP_PREFIX_LENGTH: u32 = 28;

/// The first API version of Microsoft.Network whose subnets in new VNets have no implicit way out when none is written; in older
/// ones it is open. Source: learn.microsoft.com default-outbound-access.md, and the blog of Azure networking, "Private subnets by
/// default in Azure virtual networks".
pub const SUBNETS_PRIVATE_SINCE: &str = "2025-07-01";
