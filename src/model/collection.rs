//! A list of entities of one kind, addressed by typed numbers, that knows whether it is complete.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Deref, Index};

use crate::value::Unknown;

/// The number of an entity in the [`Collection`] of its kind.
pub struct Id<T>(u32, PhantomData<fn() -> T>);

/// All entities of one kind.
#[derive(Clone, Debug)]
pub struct Collection<T> {
    /// The entities, in the order of the code.
    pub items: Vec<T>,
    /// Why there may be more of them than these; `None` when "not found" may be read as "does not exist".
    pub incomplete: Option<Unknown<()>>,
}

impl<T> Id<T> {
    /// Returns the number of the entity at `index`.
    pub fn new(index: usize) -> Self {
        Id(u32::try_from(index).unwrap_or(u32::MAX), PhantomData)
    }

    /// Returns the position in the collection.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl<T> Collection<T> {
    /// Adds an entity.
    pub fn add(&mut self, item: T) -> Id<T> {
        self.items.push(item);
        Id::new(self.items.len() - 1)
    }

    /// Returns the entities with their numbers.
    pub fn with_ids(&self) -> impl Iterator<Item = (Id<T>, &T)> {
        self.items
            .iter()
            .enumerate()
            .map(|(index, item)| (Id::new(index), item))
    }
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Collection {
            items: Vec::new(),
            incomplete: None,
        }
    }
}

impl<T> Deref for Collection<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> Index<Id<T>> for Collection<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.items[id.index()]
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
