//! Settings that are one word of a few.

use std::fmt;

/// A setting that is one word of a few.
pub trait Choice: Copy + Eq + fmt::Display + 'static {
    /// The words as azurerm writes them, without synonyms.
    const WORDS: &'static [&'static str];

    /// Returns what a word means, in any letter case: older providers and ARM ignore it.
    fn read(word: &str) -> Option<Self>;
}

/// Declares an enum whose variants are words: a derive cannot give the words without a procedural macro.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal $(| $synonym:literal)*,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn read(word: &str) -> Option<Self> {
                let is = |other: &str| word.eq_ignore_ascii_case(other);
                $(if is($word) $(|| is($synonym))* { return Some($name::$variant); })+
                None
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(match self { $($name::$variant => $word,)+ })
            }
        }
    };
}

choice! {
    /// Who gives pods their addresses.
    NetworkPlugin {
        /// Azure CNI.
        Azure = "azure",
        /// The bridge and routes that Azure retires.
        Kubenet = "kubenet",
        /// Bring your own.
        None = "none",
    }
}

choice! {
    /// How Azure CNI gives them.
    PluginMode {
        /// From a range outside the VNet.
        Overlay = "overlay",
    }
}

choice! {
    /// Who enforces network policies.
    NetworkPolicy {
        /// Nobody.
        None = "none",
        /// Calico.
        Calico = "calico",
        /// Azure Network Policy Manager.
        Azure = "azure",
        /// Cilium.
        Cilium = "cilium",
    }
}

choice! {
    /// What forwards packets on a node.
    DataPlane {
        /// iptables and Azure CNI.
        Azure = "azure",
        /// eBPF.
        Cilium = "cilium",
    }
}

choice! {
    /// The load balancer's tier.
    LoadBalancerSku {
        /// Retired.
        Basic = "basic",
        /// The only one left.
        Standard = "standard",
    }
}

choice! {
    /// How traffic leaves the cluster.
    OutboundType {
        /// The cluster's own load balancer.
        LoadBalancer = "loadBalancer",
        /// A route table of the user.
        UserDefinedRouting = "userDefinedRouting",
        /// A NAT gateway that AKS makes.
        ManagedNatGateway = "managedNATGateway",
        /// A NAT gateway V2 that AKS makes.
        ManagedNatGatewayV2 = "managedNATGatewayV2",
        /// A NAT gateway of the user.
        UserAssignedNatGateway = "userAssignedNATGateway",
        /// No way out is set up.
        None = "none",
        /// No way out is let through.
        Block = "block",
    }
}

choice! {
    /// An address family of a cluster.
    IpVersion {
        /// IPv4.
        V4 = "IPv4",
        /// IPv6.
        V6 = "IPv6",
    }
}

choice! {
    /// How load balancer backends are listed.
    BackendPoolType {
        /// By network interface.
        NodeIpConfiguration = "NodeIPConfiguration",
        /// By address.
        NodeIp = "NodeIP",
        /// By pod address.
        PodIp = "PodIP",
    }
}

choice! {
    /// Who the cluster acts as.
    IdentityKind {
        /// An identity that AKS makes.
        SystemAssigned = "SystemAssigned",
        /// An identity of the user.
        UserAssigned = "UserAssigned",
    }
}

choice! {
    /// Whose private DNS zone the name of a private API server is in.
    PrivateDnsZone {
        /// One that AKS makes.
        System = "System",
        /// None.
        None = "None",
        /// One of the user.
        Custom = "the id of a private DNS zone",
    }
}

choice! {
    /// Whether nodes are provisioned as pods need them.
    NodeProvisioning {
        /// Pools are sized by their own settings.
        Manual = "Manual",
        /// Node auto provisioning.
        Auto = "Auto",
    }
}

choice! {
    /// The operating system of a pool's nodes.
    OsType {
        /// Linux.
        Linux = "Linux",
        /// Windows.
        Windows = "Windows",
    }
}

choice! {
    /// What a pool is for.
    PoolMode {
        /// Runs the system's pods.
        System = "System",
        /// Runs the user's pods.
        User = "User",
        /// Static egress gateway nodes.
        Gateway = "Gateway",
    }
}

choice! {
    /// How a pod subnet's addresses are given out.
    PodIpAllocation {
        /// Sixteen at a time.
        DynamicIndividual = "DynamicIndividual",
        /// In blocks of sixteen, fixed for the node.
        StaticBlock = "StaticBlock",
    }
}

choice! {
    /// Where a route leads.
    NextHop {
        /// A virtual appliance, by its address.
        VirtualAppliance = "VirtualAppliance",
        /// The VPN or `ExpressRoute` gateway.
        VirtualNetworkGateway = "VirtualNetworkGateway",
        /// Inside the VNet.
        VnetLocal = "VnetLocal",
        /// Out.
        Internet = "Internet",
        /// Nowhere.
        None = "None",
    }
}

choice! {
    /// The way a cluster gives pods their addresses: plugin, mode and pod subnet together.
    NetworkModel {
        /// Bridge and routes.
        Kubenet = "kubenet",
        /// Pods take addresses of the node subnet.
        NodeSubnet = "azure-cni-node-subnet",
        /// Pods take addresses of a subnet of their own.
        PodSubnet = "azure-cni-pod-subnet",
        /// The same, in blocks.
        PodSubnetStatic = "azure-cni-pod-subnet-static",
        /// Pods take addresses of a range outside the VNet.
        Overlay = "azure-cni-overlay",
        /// Bring your own.
        ByoCni = "byo-cni",
    }
}
