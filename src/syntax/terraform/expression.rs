//! Expressions into the arena. Traversals are read in a loop: they may be of any length.

use hcl::edit::Span as _;
use hcl::edit::expr::{
    Array, BinaryOp, BinaryOperator as SyntaxBinary, Expression, ForExpr, FuncCall, Object,
    ObjectKey, Traversal, TraversalOperator, UnaryOperator as SyntaxUnary,
};
use rust_decimal::Decimal;

use super::Lowering;
use crate::expr::{BinaryOperator, Entry, ExprId, ExprKind, For, UnaryOperator};
use crate::source::{Name, Span, Symbol};

/// A splat whose end is not reached: what it is over, and whether it ends at the first operator that is no attribute.
struct OpenSplat {
    of: ExprId,
    attributes_only: bool,
}

impl Lowering<'_> {
    /// Adds an expression to the arena.
    pub(super) fn expression(&mut self, value: &Expression) -> ExprId {
        let span = self.span(value);
        let kind = match value {
            Expression::Null(_) => ExprKind::Null,
            Expression::Bool(value) => ExprKind::Bool(*value.value()),
            Expression::Number(number) => {
                let written = number.span().and_then(|range| self.text.get(range));
                number_of(written.unwrap_or_default())
            }
            Expression::String(text) => ExprKind::Text(text.as_str().into()),
            Expression::Array(list) => self.list(list),
            Expression::Object(object) => self.object(object),
            Expression::StringTemplate(template) => return self.string_template(template, span),
            Expression::HeredocTemplate(heredoc) => return self.heredoc(heredoc, span),
            Expression::Parenthesis(inner) => return self.expression(inner.inner()),
            Expression::Variable(name) => ExprKind::Name(name.as_str().into()),
            Expression::Conditional(conditional) => ExprKind::Conditional(
                self.expression(&conditional.cond_expr),
                self.expression(&conditional.true_expr),
                self.expression(&conditional.false_expr),
            ),
            Expression::FuncCall(call) => self.call(call),
            Expression::Traversal(traversal) => return self.traversal(traversal),
            Expression::UnaryOp(unary) => {
                let operator = match unary.operator.value() {
                    SyntaxUnary::Neg => UnaryOperator::Negate,
                    SyntaxUnary::Not => UnaryOperator::Not,
                };
                ExprKind::Unary(operator, self.expression(&unary.expr))
            }
            Expression::BinaryOp(binary) => self.binary(binary),
            Expression::ForExpr(value) => self.for_expression(value),
        };
        self.unit.exprs.add(kind, span)
    }

    fn list(&mut self, list: &Array) -> ExprKind {
        let items = list.iter().map(|item| {
            self.mark(self.span(item));
            self.expression(item)
        });
        ExprKind::List(items.collect())
    }

    fn object(&mut self, object: &Object) -> ExprKind {
        let entries = object.iter().map(|(key, value)| {
            self.mark(self.span(key).join(self.span(value.expr())));
            Entry {
                key: self.key(key),
                value: self.expression(value.expr()),
            }
        });
        ExprKind::Object(entries.collect())
    }

    /// Adds the key of an object: a bare word is a text, whatever it would mean elsewhere.
    fn key(&mut self, key: &ObjectKey) -> ExprId {
        let span = self.span(key);
        let word: &str = match key {
            ObjectKey::Ident(name) => name.as_str(),
            ObjectKey::Expression(Expression::Null(_)) => "null",
            ObjectKey::Expression(Expression::Bool(value)) if *value.value() => "true",
            ObjectKey::Expression(Expression::Bool(_)) => "false",
            ObjectKey::Expression(other) => return self.expression(other),
        };
        self.unit.exprs.add(ExprKind::Text(word.into()), span)
    }

    fn call(&mut self, call: &FuncCall) -> ExprKind {
        let mut span = self.span(&call.name.name);
        let mut text = String::new();
        for part in &call.name.namespace {
            span = span.join(self.span(part));
            text.push_str(part.as_str());
            text.push_str("::");
        }
        text.push_str(call.name.name.as_str());
        ExprKind::Call {
            name: Name {
                text: text.into(),
                span,
            },
            args: call.args.iter().map(|arg| self.expression(arg)).collect(),
            expand_last: call.args.expand_final(),
        }
    }

    fn binary(&mut self, binary: &BinaryOp) -> ExprKind {
        let operator = match binary.operator.value() {
            SyntaxBinary::Eq => BinaryOperator::Equal,
            SyntaxBinary::NotEq => BinaryOperator::NotEqual,
            SyntaxBinary::LessEq => BinaryOperator::LessOrEqual,
            SyntaxBinary::GreaterEq => BinaryOperator::GreaterOrEqual,
            SyntaxBinary::Less => BinaryOperator::Less,
            SyntaxBinary::Greater => BinaryOperator::Greater,
            SyntaxBinary::Plus => BinaryOperator::Add,
            SyntaxBinary::Minus => BinaryOperator::Subtract,
            SyntaxBinary::Mul => BinaryOperator::Multiply,
            SyntaxBinary::Div => BinaryOperator::Divide,
            SyntaxBinary::Mod => BinaryOperator::Modulo,
            SyntaxBinary::And => BinaryOperator::And,
            SyntaxBinary::Or => BinaryOperator::Or,
        };
        let left = self.expression(&binary.lhs_expr);
        ExprKind::Binary(operator, left, self.expression(&binary.rhs_expr))
    }

    fn for_expression(&mut self, value: &ForExpr) -> ExprKind {
        let intro = &value.intro;
        let symbol = |name: &str| Symbol::from(name);
        ExprKind::For(Box::new(For {
            key: intro.key_var.as_ref().map(|name| symbol(name)),
            value: symbol(&intro.value_var),
            over: self.expression(&intro.collection_expr),
            result_key: value.key_expr.as_ref().map(|key| self.expression(key)),
            result: self.expression(&value.value_expr),
            group: value.grouping,
            condition: value.cond.as_ref().map(|c| self.expression(&c.expr)),
        }))
    }

    fn traversal(&mut self, traversal: &Traversal) -> ExprId {
        let mut current = self.expression(&traversal.expr);
        let mut span = self.span(&traversal.expr);
        let mut open: Vec<OpenSplat> = Vec::new();
        for operator in &traversal.operators {
            let operator_span = self.span(operator);
            let ends_splat = !matches!(operator.value(), TraversalOperator::GetAttr(_));
            if ends_splat && open.last().is_some_and(|splat| splat.attributes_only) {
                current = self.close(&mut open, current, span);
            }
            span = span.join(operator_span);
            let kind = match operator.value() {
                TraversalOperator::GetAttr(name) => {
                    ExprKind::Attribute(current, self.name(name, name))
                }
                TraversalOperator::Index(index) => ExprKind::Index(current, self.expression(index)),
                TraversalOperator::LegacyIndex(index) => {
                    let number = ExprKind::Number(Decimal::from(*index.value()));
                    let index_span = self.span(index);
                    ExprKind::Index(current, self.unit.exprs.add(number, index_span))
                }
                splat @ (TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_)) => {
                    open.push(OpenSplat {
                        of: current,
                        attributes_only: matches!(splat, TraversalOperator::AttrSplat(_)),
                    });
                    current = self.unit.exprs.add(ExprKind::Item, operator_span);
                    continue;
                }
            };
            current = self.unit.exprs.add(kind, span);
        }
        while !open.is_empty() {
            current = self.close(&mut open, current, span);
        }
        current
    }

    /// Ends the innermost splat: `each` is what it does for each element.
    fn close(&mut self, open: &mut Vec<OpenSplat>, each: ExprId, span: Span) -> ExprId {
        let Some(OpenSplat { of, .. }) = open.pop() else {
            return each;
        };
        self.unit.exprs.add(ExprKind::Splat { of, each }, span)
    }
}

/// Reads a number from its text: the parser knows it only as a binary float.
pub(in crate::syntax) fn number_of(text: &str) -> ExprKind {
    let digits = text.rsplit(|c: char| c.is_whitespace() || c == '/');
    let digits = digits.map(|part| part.trim_start_matches('-')).next();
    let digits = digits.unwrap_or_default();
    let number = if digits.contains(['e', 'E']) {
        Decimal::from_scientific(digits)
    } else {
        Decimal::from_str_exact(digits)
    };
    match number {
        Ok(number) if text.starts_with('-') => ExprKind::Number(-number),
        Ok(number) => ExprKind::Number(number),
        Err(_) => ExprKind::NotSupported("number"),
    }
}

#[cfg(test)]
mod tests {
    use crate::expr::ExprKind;
    use crate::syntax::Declaration;
    use crate::syntax::terraform::testing::{local, on_a_large_stack, unit, unit_of};

    #[test]
    fn splats_take_what_terraform_gives_them() {
        assert_eq!(local("a.b[*].c[0].d"), "(splat a.b item.c[0].d)");
        assert_eq!(local("a.*.b.c[0].d"), "(splat a item.b.c)[0].d");
        assert_eq!(local("a[*].b[*].c"), "(splat a (splat item.b item.c))");
        assert_eq!(local("a[*].b.*.c[1]"), "(splat a (splat item.b item.c)[1])");
        assert_eq!(local("a.0.b"), "a[0].b");
    }

    #[test]
    fn keys_of_objects_are_words_unless_written_otherwise() {
        assert_eq!(
            local("{ a = 1, (a) = 2, \"b\" = 3, \"${c}\" = 4, true = 5, null : 6, for = 7 }"),
            r#"{"a"=1 a=2 "b"=3 (template c)=4 "true"=5 "null"=6 "for"=7}"#
        );
    }

    #[test]
    fn operators_calls_and_loops() {
        assert_eq!(local("1 + 2 * -x"), "(Add 1 (Multiply 2 (Negate x)))");
        assert_eq!(local("provider::a::f(x...)"), "(provider::a::f x ...)");
        assert_eq!(
            local("{ for k, v in m : k => v... if v != null }"),
            "(for k v in m: k => v... if (NotEqual v null))"
        );
        assert_eq!(local("[for v in l : v]"), "(for _ v in l: _ => v if _)");
    }

    #[test]
    fn numbers_are_decimal() {
        assert_eq!(local("0.1"), "0.1");
        assert_eq!(local("- 5"), "-5");
        assert_eq!(local("1.5e3"), "1500");
        assert_eq!(local("18446744073709551616"), "18446744073709551616");
        assert_eq!(local("1e99"), "(not supported number)");
    }

    #[test]
    fn the_places_of_a_traversal_grow() {
        let (source, unit) = unit_of("locals {\n  ä = var.a [ \"k\" ].c\n}\n");
        let Declaration::Local(binding) = &unit.declarations[0] else {
            panic!("a local");
        };
        let mut places = Vec::new();
        let mut id = binding.value;
        loop {
            let expr = unit.exprs.get(id);
            places.push(source.slice(expr.span));
            id = match &expr.kind {
                ExprKind::Attribute(of, name) => {
                    places.push(source.slice(name.span));
                    *of
                }
                ExprKind::Index(of, index) => {
                    places.push(source.slice(unit.exprs.get(*index).span));
                    *of
                }
                _ => break,
            };
        }
        let expected = [
            "var.a [ \"k\" ].c",
            "c",
            "var.a [ \"k\" ]",
            "\"k\"",
            "var.a",
            "a",
            "var",
        ];
        assert_eq!(places, expected);
    }

    #[test]
    fn long_traversals_and_deep_nesting_do_not_overflow() {
        on_a_large_stack(|| {
            let long = format!("locals {{\nx = a{}\n}}\n", "[*].b".repeat(50_000));
            assert!(unit(&long).troubles.is_empty());
            let deep = format!("locals {{\nx = {}1{}\n}}\n", "[".repeat(60), "]".repeat(60));
            assert!(unit(&deep).troubles.is_empty());
        });
    }
}
