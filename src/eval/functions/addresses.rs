//! `cidr…`: arithmetic on address ranges, with leading zeros read as Terraform reads them.

use std::net::IpAddr;

use super::reader::Reader;
use super::{Answer, Call};
use crate::cidr::{self, Cidr, Family};
use crate::eval::failure::{Failure, quoted};
use crate::value::{Kind, ListKind, Tree};

const TEXT: Kind = Kind::Text;

fn range(reader: Reader, tree: &Tree) -> Result<Cidr, Failure> {
    let text = reader.text(tree)?;
    Cidr::parse_lenient(&text)
        .ok_or_else(|| Failure::Wrong(quoted(&text) + " is not an address range"))
}

/// Tells whether Terraform prints an address in another way: `::ffff:10.0.0.0` as `10.0.0.0`.
pub(super) fn mapped(range: &Cidr) -> bool {
    matches!(range.network(), IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}

/// Returns a range as Terraform prints it; `None` where that has little to do with the range.
pub(super) fn printed(range: &Cidr) -> Option<String> {
    match range.network() {
        IpAddr::V6(address) if mapped(range) => {
            let prefix = range.prefix().checked_sub(96)?;
            Some(format!("{}/{prefix}", address.to_ipv4_mapped()?))
        }
        _ => Some(range.to_string()),
    }
}

/// `cidrsubnet(prefix, newbits, netnum)`
pub(super) fn cidr_subnet(call: &mut Call<'_>) -> Answer {
    let [prefix, bits, number] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(TEXT);
    let range = range(reader, prefix)?;
    let (bits, number) = (reader.integer(bits)?, reader.integer(number)?);
    if bits < 0 && number == 0 {
        // Terraform widens the range and keeps its address.
        let wider = u8::try_from(i128::from(range.prefix()) + bits).ok();
        return match wider.and_then(|prefix| Cidr::new(range.network(), prefix)) {
            Some(wider) if !mapped(&range) => call.text(wider.to_string()),
            _ => Err(call.not_supported(TEXT)),
        };
    }
    if bits < 0 || number < 0 {
        return Err(call.not_supported(TEXT));
    }
    let subnet = u8::try_from(bits)
        .ok()
        .zip(u128::try_from(number).ok())
        .and_then(|(bits, number)| range.subnet(bits, number));
    match subnet {
        Some(subnet) => match printed(&subnet) {
            Some(text) => call.text(text),
            None => Err(call.not_supported(TEXT)),
        },
        None => Err(Failure::Wrong(format!(
            "{range} has no subnet {number} that is {bits} bits longer"
        ))),
    }
}

/// `cidrhost(prefix, hostnum)`: a negative number counts from the end.
pub(super) fn cidr_host(call: &mut Call<'_>) -> Answer {
    let [prefix, number] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(TEXT);
    let range = range(reader, prefix)?;
    let number = reader.integer(number)?;
    if mapped(&range) {
        return Err(call.not_supported(TEXT));
    }
    let nth = if number < 0 {
        range.addresses().checked_sub(number.unsigned_abs())
    } else {
        Some(number.unsigned_abs())
    };
    match nth.and_then(|nth| range.nth(nth)) {
        Some(address) => call.text(address.to_string()),
        // Terraform cuts the number off here instead of refusing it.
        None if range.family() == Family::V6 => Err(call.not_supported(TEXT)),
        None => Err(Failure::Wrong(format!("{range} has no address {number}"))),
    }
}

/// `cidrnetmask(prefix)`
pub(super) fn cidr_netmask(call: &mut Call<'_>) -> Answer {
    let [prefix] = call.args else {
        return Err(call.arity());
    };
    let range = range(Reader::giving(TEXT), prefix)?;
    match range.mask() {
        IpAddr::V4(mask) => call.text(mask.to_string()),
        IpAddr::V6(_) if mapped(&range) => Err(call.not_supported(TEXT)),
        IpAddr::V6(_) => Err(Failure::wrong("an IPv6 range has no netmask")),
    }
}

/// `cidrsubnets(prefix, newbits...)`: one after the other, each at the next place where it fits.
pub(super) fn cidr_subnets(call: &mut Call<'_>) -> Answer {
    let [prefix, lengths @ ..] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::List);
    let range = range(reader, prefix)?;
    let from_zero = match range.network() {
        IpAddr::V4(first) => first.is_unspecified(),
        IpAddr::V6(first) => first.is_unspecified(),
    };
    for length in lengths {
        reader.integer(length)?;
    }
    if from_zero && !lengths.is_empty() {
        return Err(Failure::wrong(
            "a range that begins at zero cannot be divided so",
        ));
    }
    if mapped(&range) {
        return Err(call.not_supported(Kind::List));
    }
    let mut next: u128 = 0;
    let mut subnets = Vec::new();
    for length in lengths {
        let bits = reader.integer(length)?;
        let subnet = place(&range, bits, next).ok_or_else(|| {
            Failure::Wrong(format!(
                "{range} has no room for a subnet {bits} bits longer"
            ))
        })?;
        next = subnet.end;
        subnets.push(call.text(subnet.range.to_string())?);
    }
    call.sequence(ListKind::List, subnets)
}

/// A subnet and where it ends, counted from the first address of the range around it.
struct Placed {
    range: Cidr,
    end: u128,
}

/// Returns the first subnet that begins at or after `start`.
fn place(range: &Cidr, bits: i128, start: u128) -> Option<Placed> {
    let bits = u8::try_from(bits).ok().filter(|bits| *bits > 0)?;
    let size = range.subnet(bits, 0)?.addresses();
    let number = start.div_ceil(size);
    Some(Placed {
        range: range.subnet(bits, number)?,
        end: number.checked_add(1)?.checked_mul(size)?,
    })
}

/// `cidrcontains(prefix, address or prefix)`, which only `OpenTofu` has.
pub(super) fn cidr_contains(call: &mut Call<'_>) -> Answer {
    let [outer, inner] = call.args else {
        return Err(call.arity());
    };
    let reader = Reader::giving(Kind::Bool);
    let outer = range(reader, outer)?;
    let inner = match cidr::parse_address_lenient(&reader.text(inner)?) {
        Some(address) => Cidr::new(address, if address.is_ipv4() { 32 } else { 128 }),
        None => Some(range(reader, inner)?),
    };
    match inner {
        Some(inner) if inner.family() == outer.family() => Ok(call.make(outer.covers(&inner))),
        _ => Err(Failure::wrong("the address families differ")),
    }
}
