//! `Microsoft.Network/virtualNetworks/subnets`, and the `subnets` of a VNet.

use super::virtual_network::from_pool;
use super::{api_version, linked, owner, properties};
use crate::azure::defaults;
use crate::cidr::Cidr;
use crate::model::Subnet;
use crate::schema::convert;
use crate::schema::directory::Directory;
use crate::schema::reader::Reader;
use crate::schema::scene::Slot;
use crate::value::{List, ProvKind};

/// Returns the subnet, with the links that are written in it.
pub(in crate::schema) fn read(slot: &Slot<'_>, directory: &Directory<'_>) -> Subnet {
    let mut subnet = written(slot, directory);
    let outbound = subnet.default_outbound_access_enabled;
    let filler = slot.reader.filler();
    let version = api_version(slot.resource);
    let open = version.is_some_and(|version| version < defaults::SUBNETS_PRIVATE_SINCE);
    subnet.default_outbound_access_enabled = if open {
        filler.or(outbound, ProvKind::AzureDefault, true)
    } else {
        // A VNet that is there already keeps it open.
        filler.or_chosen(outbound, "defaultOutboundAccess", Some(&[false, true]))
    };
    subnet
}

/// Returns what is written of the subnet.
pub(in crate::schema) fn written(slot: &Slot<'_>, directory: &Directory<'_>) -> Subnet {
    let block = &properties(&slot.reader);
    Subnet {
        id: slot.entity,
        name: slot.reader.value("name", convert::text),
        virtual_network: owner(slot, ("virtual_network", &["parent"]), directory),
        prefixes: from_pool(block, "prefixes", prefixes(block)),
        route_table: block.read(("route_table", &["routeTable"]), |tree| {
            linked(tree, directory)
        }),
        nat_gateway: block.read(("nat_gateway", &["natGateway"]), |tree| {
            linked(tree, directory)
        }),
        security_group: block.read(("security_group", &["networkSecurityGroup"]), |tree| {
            linked(tree, directory)
        }),
        delegations: block.each("delegations", "delegations", |delegation| {
            let service = properties(delegation);
            service.value(("delegations", &["serviceName"]), convert::text)
        }),
        default_outbound_access_enabled: block.value(
            (
                "default_outbound_access_enabled",
                &["defaultOutboundAccess"],
            ),
            convert::truth,
        ),
        service_endpoint_list: block.absent("service_endpoint_list"),
        service_endpoints: block.each("service_endpoints", "serviceEndpoints", |endpoint| {
            endpoint.value(("service_endpoints", &["service"]), convert::text)
        }),
        private_endpoint_network_policies: block.value(
            (
                "private_endpoint_network_policies",
                &["privateEndpointNetworkPolicies"],
            ),
            convert::text,
        ),
    }
}

fn prefixes(block: &Reader<'_>) -> List<Cidr> {
    let list = block.list(("prefixes", &["addressPrefixes"]), convert::cidr);
    if list.is_absent() {
        return block.single(("prefixes", &["addressPrefix"]), convert::cidr);
    }
    list
}
