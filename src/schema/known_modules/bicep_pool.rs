//! The pools of `avm/res/container-service/managed-cluster`, as `bicep_cluster` says; the patterns over it take the same.

use super::table::Constant::{Number, Text, Truth};
use super::table::{From, NULL, Test, UNKNOWN, item};

/// Machines of their own: some releases drop what others keep of such a pool.
const MACHINES: From = From::Test(&item("type"), Test::Is("VirtualMachines"));

/// A pool, in the cluster or alone.
pub(super) const POOL: &[(&str, From)] = &[
    ("name", item("name")),
    ("mode", item("mode")),
    ("osType", item("osType").or(Text("Linux"))),
    ("osSKU", item("osSKU")),
    ("type", item("type")),
    (
        "count",
        From::If(&MACHINES, &UNKNOWN, &item("count").or(Number(1))),
    ),
    (
        "enableAutoScaling",
        From::If(
            &MACHINES,
            &UNKNOWN,
            &item("enableAutoScaling").or(Truth(false)),
        ),
    ),
    ("minCount", From::If(&MACHINES, &UNKNOWN, &item("minCount"))),
    ("maxCount", From::If(&MACHINES, &UNKNOWN, &item("maxCount"))),
    (
        "vmSize",
        From::If(
            &MACHINES,
            &UNKNOWN,
            &item("vmSize").or(Text("Standard_D2s_v3")),
        ),
    ),
    ("maxPods", item("maxPods")),
    ("vnetSubnetID", item("vnetSubnetResourceId")),
    ("podSubnetID", item("podSubnetResourceId")),
    ("podIPAllocationMode", item("podIPAllocationMode")),
    (
        "enableNodePublicIP",
        item("enableNodePublicIP").or(Truth(false)),
    ),
    ("nodePublicIPPrefixID", item("nodePublicIpPrefixResourceId")),
    ("scaleSetPriority", item("scaleSetPriority")),
    (
        "upgradeSettings",
        From::If(
            &From::Test(&item("upgradeSettings"), Test::Given),
            &item("upgradeSettings"),
            &From::Object(&[("maxSurge", item("maxSurge")), ("maxUnavailable", NULL)]),
        ),
    ),
    ("windowsProfile", item("windowsProfile")),
    ("gatewayProfile", item("gatewayProfile")),
];
