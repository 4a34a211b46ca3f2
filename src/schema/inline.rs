//! Ways into a VNet that lead to a subnet inside it. Knows no provider but by its words for "subnet".

use super::ids::{Key, Part};
use crate::model::{Id, Subnet};
use crate::value::Step;

/// A subnet that is written inside its VNet, and its name.
pub(super) type Inline = (Id<Subnet>, Option<Key>);

/// What a way says of the subnet that it leads to.
#[derive(Default)]
struct Way {
    name: Option<Key>,
    index: Option<usize>,
}

/// Returns the subnets that a way from their VNet may lead to.
pub(super) fn find(all: &[Inline], path: &[Step]) -> impl Iterator<Item = Id<Subnet>> {
    let way = way(path);
    let fits = move |(at, (id, name)): (usize, &Inline)| {
        let way = way.as_ref()?;
        let fits =
            way.index.is_none_or(|index| index == at) && (way.name.is_none() || *name == way.name);
        fits.then_some(*id)
    };
    all.iter().enumerate().filter_map(fits)
}

/// Reads `subnet[*].id` and `properties.subnets[0].id`. The subnets of azurerm are a set, where an index tells nothing; those
/// of ARM are in order.
fn way(path: &[Step]) -> Option<Way> {
    let (steps, ordered) = match path {
        [Step::Name(subnet), steps @ ..] if subnet.as_str() == "subnet" => (steps, false),
        [Step::Name(properties), Step::Name(subnets), steps @ ..]
            if properties.eq_ignore_ascii_case("properties")
                && subnets.eq_ignore_ascii_case("subnets") =>
        {
            (steps, true)
        }
        _ => return None,
    };
    let mut way = Way::default();
    for step in steps {
        match step {
            Step::Name(name) if name.as_str() != "id" && way.name.is_none() => {
                way.name = Some(vec![Part::Text(name.to_lowercase())]);
            }
            Step::Index(index) if ordered => way.index = Some(*index),
            Step::Name(_) | Step::Index(_) => {}
        }
    }
    Some(way)
}
