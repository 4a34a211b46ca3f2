//! Expressions in the strings of JSON: lowered as in HCL, with their places in the string.

use hcl::edit::parser::{Error, parse_expr, parse_template};

use super::Lowering;
use crate::expr::ExprId;
use crate::source::Span;
use crate::syntax::Unit;
use crate::syntax::json::Literal;

/// Adds the template in a JSON string; its lines are taken for themselves, as in a heredoc.
pub(in crate::syntax) fn template(
    unit: &mut Unit,
    literal: &Literal<'_>,
    span: Span,
) -> Result<ExprId, Error> {
    let template = parse_template(&literal.text)?;
    Ok(Lowering::of(unit, literal).bare_template(&template, span))
}

/// Adds the expression in a JSON string that is no template: a type constraint.
pub(in crate::syntax) fn expression(
    unit: &mut Unit,
    literal: &Literal<'_>,
) -> Result<ExprId, Error> {
    let value = parse_expr(&literal.text)?;
    Ok(Lowering::of(unit, literal).expression(&value))
}

/// Where a parsed text stands in its file.
#[derive(Clone, Copy)]
pub(super) enum Places<'a> {
    /// From a byte on, as it is.
    From(usize),
    /// In a JSON string, where a character may be written as several.
    Of(&'a Literal<'a>),
}

impl<'a> Lowering<'a> {
    fn of(unit: &'a mut Unit, literal: &'a Literal<'a>) -> Self {
        Lowering {
            unit,
            text: &literal.text,
            places: Places::Of(literal),
            structures: None,
        }
    }
}
