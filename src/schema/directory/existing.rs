//! What the code says is there already: where the same code makes it, it is that.

use super::{Directory, Linked};
use crate::model::{Id, Subnet, VirtualNetwork};
use crate::project::InstanceId;
use crate::schema::ids;
use crate::source::{Span, Symbol};
use crate::value::{Reference, State, Tree};

/// Something that the code only names.
#[derive(Clone, Debug)]
pub(in crate::schema) struct Existing {
    /// What its id ends in.
    pub kind: &'static str,
    /// Its name.
    pub name: Tree,
    /// What it is in: a VNet or a resource group, where that is said.
    pub parent: Option<Tree>,
    /// Its address.
    pub address: Symbol,
    /// The head of its block.
    pub head: Span,
    /// The module instance that it is in.
    pub instance: InstanceId,
}

impl Directory<'_> {
    /// Returns the entity that something existing is.
    pub(super) fn by_existing<T: Linked>(&self, existing: &Existing) -> State<Id<T>> {
        match self.resolve(existing) {
            Some(id) => State::Known(id),
            None => State::Unknown(self.lookup(&existing.address, existing.head)),
        }
    }

    /// Returns the subnet that a way into an existing VNet leads to.
    pub(super) fn inside_existing<T: Linked>(
        &self,
        existing: &Existing,
        reference: &Reference,
    ) -> State<Id<T>> {
        match self.resolve(existing) {
            Some(vnet) if T::TYPE == Subnet::TYPE => self.by_inline(vnet, reference),
            _ => State::Unknown(self.lookup(&existing.address, existing.head)),
        }
    }

    /// Returns the one entity of the code that something existing is by its name.
    pub(super) fn resolve<T: Linked>(&self, existing: &Existing) -> Option<Id<T>> {
        if existing.kind != T::TYPE {
            return None;
        }
        let name = ids::key(&existing.name)?;
        if T::TYPE != Subnet::TYPE {
            let group = existing.parent.as_ref().and_then(ids::group);
            let found = self.named(T::TYPE, name, group.as_ref(), None);
            return match found.as_slice() {
                [one] => Some(Id::new(one.index)),
                _ => None,
            };
        }
        let parent = existing.parent.as_ref()?;
        let State::Known(vnet) = self.owner::<VirtualNetwork>(parent, existing.instance) else {
            return None;
        };
        match self.subnets.get(&(vnet, name)).map(Vec::as_slice) {
            Some([one]) => Some(Id::new(one.index())),
            _ => None,
        }
    }
}
