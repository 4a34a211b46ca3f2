//! Reads arguments as the types that a function wants. An unknown argument makes the result unknown, for the same reason
//! and of the kind that the function gives.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::eval::dialect::terraform;
use crate::eval::failure::Failure;
use crate::value::{Kind, ListKind, Node, Object, Tree, TreeList, Unknown};

/// Reads the arguments of a function that gives values of one kind.
#[derive(Clone, Copy)]
pub(super) struct Reader(Option<Kind>);

impl Reader {
    /// Returns the reader of a function that gives this kind of value, and never null.
    pub(super) fn giving(kind: Kind) -> Self {
        Reader(Some(kind))
    }

    /// Returns the reader of a function that gives any value, perhaps null.
    pub(super) fn any() -> Self {
        Reader(None)
    }

    /// Returns that the result is not known because of this.
    pub(super) fn unknown(self, because: &Unknown<Tree>) -> Failure {
        let result = because.forget();
        Failure::Unknown(match self.0 {
            Some(kind) => result.of_kind(kind).not_null(),
            None => result,
        })
    }

    /// Reads a string; numbers and truths are converted.
    pub(super) fn text(self, tree: &Tree) -> Result<Arc<str>, Failure> {
        terraform::text(tree).map_err(|failure| self.settle(failure))
    }

    /// Reads a number.
    pub(super) fn number(self, tree: &Tree) -> Result<Decimal, Failure> {
        terraform::number(tree).map_err(|failure| self.settle(failure))
    }

    /// Reads a truth.
    pub(super) fn boolean(self, tree: &Tree) -> Result<bool, Failure> {
        terraform::boolean(tree).map_err(|failure| self.settle(failure))
    }

    /// Reads a whole number.
    pub(super) fn integer(self, tree: &Tree) -> Result<i128, Failure> {
        let number = self.number(tree)?;
        match number.to_i128() {
            Some(integer) if number.fract().is_zero() => Ok(integer),
            _ => Err(Failure::wrong(format!("{number} is not a whole number"))),
        }
    }

    /// Reads a string; nothing is converted.
    pub(super) fn exact_text(self, tree: &Tree) -> Result<Arc<str>, Failure> {
        match &tree.node {
            Node::Text(text) => Ok(text.clone()),
            _ => Err(self.refuse(tree, Kind::Text)),
        }
    }

    /// Reads a whole number; nothing is converted.
    pub(super) fn exact_integer(self, tree: &Tree) -> Result<i128, Failure> {
        match &tree.node {
            Node::Number(_) => self.integer(tree),
            _ => Err(self.refuse(tree, Kind::Number)),
        }
    }

    /// Reads a list, tuple or set.
    pub(super) fn sequence(self, tree: &Tree) -> Result<&TreeList, Failure> {
        match &tree.node {
            Node::List(list) => Ok(list),
            _ => Err(self.refuse(tree, Kind::List)),
        }
    }

    /// Reads a list or tuple, whose elements have an order; a set is refused.
    pub(super) fn list(self, tree: &Tree) -> Result<&TreeList, Failure> {
        match self.sequence(tree)? {
            list if list.kind == ListKind::Set => {
                Err(Failure::wrong("a set where a list is needed"))
            }
            list => Ok(list),
        }
    }

    /// Reads the elements of a sequence in order; a set's order is not known if one of its elements is not.
    pub(super) fn ordered(self, tree: &Tree) -> Result<&[Tree], Failure> {
        let list = self.sequence(tree)?;
        let unknown = list.items.iter().find_map(opaque);
        match unknown {
            Some(unknown) if list.kind == ListKind::Set && list.items.len() > 1 => {
                Err(self.unknown(unknown))
            }
            _ => Ok(&list.items),
        }
    }

    /// Reads an object or map.
    pub(super) fn object(self, tree: &Tree) -> Result<&Object, Failure> {
        match &tree.node {
            Node::Object(object) => Ok(object),
            _ => Err(self.refuse(tree, Kind::Object)),
        }
    }

    /// Reads an object or map all of whose attributes are known to be there.
    pub(super) fn complete(self, tree: &Tree) -> Result<&Object, Failure> {
        let object = self.object(tree)?;
        match &object.rest {
            Some(rest) => Err(self.unknown(rest)),
            None => Ok(object),
        }
    }

    /// Returns why a value is not of the wanted kind.
    pub(super) fn refuse(self, tree: &Tree, wanted: Kind) -> Failure {
        match (opaque(tree), tree.kind()) {
            (Some(unknown), _) => self.unknown(unknown),
            (None, Some(kind)) => Failure::Wrong(format!("a {kind} where a {wanted} is needed")),
            (None, None) => Failure::Wrong(format!("null where a {wanted} is needed")),
        }
    }

    fn settle(self, failure: Failure) -> Failure {
        match failure {
            Failure::Unknown(unknown) => self.unknown(&unknown),
            Failure::Wrong(why) => Failure::Wrong(why),
        }
    }
}

/// Returns why functions cannot look into a value: it is unknown, or a resource as a whole.
pub(crate) fn opaque(tree: &Tree) -> Option<&Unknown<Tree>> {
    match &tree.node {
        Node::Ref(reference) => Some(&reference.unknown),
        _ => tree.as_unknown(),
    }
}
