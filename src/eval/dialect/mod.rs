//! How each language converts and compares values. Knows no functions and no expressions.

pub(crate) mod arm;
mod equality;
pub(crate) mod terraform;

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::budget::Budget;
use super::failure::Failure;
use crate::expr::BinaryOperator;
use crate::truth::Truth;
use crate::value::Tree;

/// The language whose rules hold in a root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dialect {
    /// Terraform: strings, numbers and truths become each other.
    Terraform,
    /// ARM templates, and Bicep, which becomes them: nothing is converted but by a function.
    Arm,
}

impl Dialect {
    /// Returns a value as a truth.
    pub(super) fn boolean(self, tree: &Tree) -> Result<bool, Failure> {
        match self {
            Dialect::Terraform => terraform::boolean(tree),
            Dialect::Arm => arm::boolean(tree),
        }
    }

    /// Returns a value as a number.
    pub(super) fn number(self, tree: &Tree) -> Result<Decimal, Failure> {
        match self {
            Dialect::Terraform => terraform::number(tree),
            Dialect::Arm => arm::number(tree),
        }
    }

    /// Returns a value as it stands in a string around it.
    pub(super) fn printed(self, tree: &Tree) -> Result<Arc<str>, Failure> {
        match self {
            Dialect::Terraform => terraform::text(tree),
            Dialect::Arm => arm::printed(tree),
        }
    }

    /// Returns whether two values are equal, without conversion.
    pub(super) fn equal(self, a: &Tree, b: &Tree, budget: &mut Budget) -> Truth {
        match self {
            Dialect::Terraform => terraform::equal(a, b, budget),
            Dialect::Arm => arm::equal(a, b, budget),
        }
    }

    /// Returns which of two values comes first.
    pub(super) fn order(self, a: &Tree, b: &Tree) -> Result<Ordering, Failure> {
        match self {
            Dialect::Terraform => Ok(terraform::number(a)?.cmp(&terraform::number(b)?)),
            Dialect::Arm => arm::order(a, b),
        }
    }

    /// Returns what an operator gives for two numbers, `None` if it gives nothing that fits a number.
    pub(super) fn arithmetic(
        self,
        operator: BinaryOperator,
        a: Decimal,
        b: Decimal,
    ) -> Option<Decimal> {
        match self {
            Dialect::Terraform => terraform::arithmetic(operator, a, b),
            Dialect::Arm => arm::arithmetic(operator, a, b),
        }
    }
}
