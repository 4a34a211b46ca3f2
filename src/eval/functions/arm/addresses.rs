//! `cidr…`: the arithmetic is Terraform's, but a subnet is named by its prefix length, and hosts are counted from the first
//! usable address.
//!
//! Source: learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-cidr (read 2026-11-22).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::cidr::{Cidr, Family};
use crate::eval::failure::{Failure, quoted};
use crate::eval::functions::reader::Reader;
use crate::eval::functions::{Answer, Call, addresses};
use crate::source::Symbol;
use crate::value::{Kind, Tree};

/// Reads a range, without its host bits. What only .NET may read, and what it may print in another way, is not known.
fn range(call: &Call<'_>, kind: Kind, tree: &Tree) -> Result<Cidr, Failure> {
    let text = Reader::giving(kind).exact_text(tree)?;
    match Cidr::parse(&text) {
        Ok(range) if addresses::mapped(&range) => Err(call.not_supported(kind)),
        Ok(range) => Ok(range.trunc()),
        Err(_) if Cidr::parse_lenient(&text).is_some() => Err(call.not_supported(kind)),
        Err(_) => Err(Failure::Wrong(quoted(&text) + " is not an address range")),
    }
}

/// `cidrSubnet(network, newCIDR, subnetIndex)`
pub(super) fn cidr_subnet(call: &mut Call<'_>) -> Answer {
    let [network, prefix, index] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Text);
    let range = range(call, Kind::Text, network)?;
    let (prefix, index) = (reader.exact_integer(prefix)?, reader.exact_integer(index)?);
    let bits = u8::try_from(prefix).ok();
    let bits = bits.and_then(|prefix| prefix.checked_sub(range.prefix()));
    let subnet = bits
        .zip(u128::try_from(index).ok())
        .and_then(|(bits, index)| range.subnet(bits, index));
    match subnet {
        Some(subnet) => match addresses::printed(&subnet) {
            Some(text) => call.text(text),
            None => Err(call.not_supported(Kind::Text)),
        },
        None => Err(Failure::Wrong(format!(
            "{range} has no subnet {index} of the length {prefix}"
        ))),
    }
}

/// Returns how many addresses of a range are usable, `None` where that is documented nowhere: an IPv4 range of one or two.
fn usable(range: &Cidr) -> Option<u128> {
    match range.family() {
        Family::V4 => range.addresses().checked_sub(2).filter(|count| *count > 0),
        Family::V6 => Some(range.addresses()),
    }
}

/// `cidrHost(network, hostIndex)`: the address with the number 0 is the second of the range.
pub(super) fn cidr_host(call: &mut Call<'_>) -> Answer {
    let [network, index] = call.args else {
        return Err(call.arity());
    };
    let range = range(call, Kind::Text, network)?;
    let index = Reader::giving(Kind::Text).exact_integer(index)?;
    let Some(usable) = usable(&range) else {
        return Err(call.not_supported(Kind::Text));
    };
    let nth = u128::try_from(index).ok().filter(|index| *index < usable);
    match nth.and_then(|nth| range.nth(nth.checked_add(1)?)) {
        Some(address) => call.text(address.to_string()),
        None => Err(Failure::Wrong(format!("{range} has no host {index}"))),
    }
}

/// `parseCidr(network)`
pub(super) fn parse_cidr(call: &mut Call<'_>) -> Answer {
    let [network] = call.args else {
        return Err(call.arity());
    };
    let range = range(call, Kind::Object, network)?;
    let Some(usable) = usable(&range) else {
        return Err(call.not_supported(Kind::Object));
    };
    let (first, broadcast) = match range.family() {
        Family::V4 => (range.nth(1), Some(range.last())),
        Family::V6 => (Some(range.network()), None),
    };
    let last = match range.family() {
        Family::V4 => range.nth(usable),
        Family::V6 => Some(range.last()),
    };
    let addresses = [
        ("network", Some(range.network())),
        ("netmask", Some(range.mask())),
        ("broadcast", broadcast),
        ("firstUsable", first),
        ("lastUsable", last),
    ];
    let mut entries = BTreeMap::new();
    for (name, address) in addresses {
        if let Some(address) = address {
            entries.insert(Symbol::from(name), call.text(address.to_string())?);
        }
    }
    let prefix = call.make(Decimal::from(range.prefix()));
    entries.insert(Symbol::from("cidr"), prefix);
    call.object(entries)
}
