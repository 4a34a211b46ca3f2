//! `templatefile` and `templatestring`, and the functions that only look at marks: all that need more than values.

use std::sync::Arc;

use super::failure::Failure;
use super::functions::{self, Call};
use super::{Evaluator, Repeat, Scope, tree};
use crate::expr::{ExprId, ExprKind};
use crate::source::Span;
use crate::syntax::{self, Unit};
use crate::value::{Cause, Kind, Node, Tree, Unknown};

/// A template that was parsed, and the expression that it is.
pub(super) type Template = Option<Arc<(Unit, ExprId)>>;

impl Evaluator<'_> {
    /// Evaluates a function of how values are marked; `None` for any other.
    pub(super) fn marked(&mut self, name: &str, values: &[Tree], span: Span) -> Option<Tree> {
        match (name, values) {
            ("sensitive", [value]) => Some(value.clone().mark(true)),
            ("nonsensitive", [value]) => Some(Tree {
                sensitive: false,
                ..value.clone()
            }),
            ("issensitive", [value]) => {
                let prov = self.computed(span, Some(value.prov));
                Some(match value.as_unknown() {
                    Some(unknown) if !value.sensitive => {
                        tree(Self::unknown_like(unknown, Some(Kind::Bool)), prov)
                    }
                    _ => tree(value.sensitive, prov),
                })
            }
            ("sensitive" | "nonsensitive" | "issensitive", _) => {
                Some(self.wrong(span, format!("{name}()")))
            }
            _ => None,
        }
    }

    /// Evaluates `ephemeralasnull`: null of an ephemeral variable. What other expressions make of one is not followed.
    pub(super) fn ephemeral_as_null(
        &mut self,
        args: &[ExprId],
        values: &[Tree],
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let ([arg], [value]) = (args, values) else {
            return self.wrong(span, "ephemeralasnull()");
        };
        let reached = self.root.reaches.iter().map(|id| self.project.module(*id));
        let mut inputs = reached.flat_map(|module| module.inputs.values());
        if !inputs.any(|input| input.item.ephemeral) {
            return value.clone();
        }
        let prov = self.computed(span, Some(value.prov));
        match self.is_ephemeral(*arg, scope) {
            Some(true) => tree(Node::Null, prov),
            Some(false) => value.clone(),
            None => self.give_up(Cause::NotSupported, span, "ephemeralasnull()"),
        }
    }

    /// Tells whether an expression is an ephemeral variable; `None` if it is no variable.
    fn is_ephemeral(&self, id: ExprId, scope: Scope<'_>) -> Option<bool> {
        let exprs = &scope.unit.exprs;
        let ExprKind::Attribute(of, name) = &exprs.get(id).kind else {
            return None;
        };
        let is_variable = matches!(&exprs.get(*of).kind, ExprKind::Name(word) if &**word == "var");
        let inputs = &self.module(scope.instance).filter(|_| is_variable)?.inputs;
        inputs.get(&name.text).map(|input| input.item.ephemeral)
    }

    /// Evaluates `templatefile` and `templatestring`; `None` for any other function.
    pub(super) fn templated(
        &mut self,
        name: &str,
        args: &[ExprId],
        values: &[Tree],
        span: Span,
        scope: Scope<'_>,
    ) -> Option<Tree> {
        let file = match name {
            "templatefile" => true,
            "templatestring" => false,
            _ => return None,
        };
        let [text, variables] = values else {
            return Some(self.wrong(span, format!("{name}()")));
        };
        // A template inside a template is refused, and a text that stands in the call needs none.
        let refers = args.first().is_some_and(|arg| refers(scope, *arg));
        if scope.template.is_some() || !(file || refers) {
            return Some(self.wrong(span, format!("{name}()")));
        }
        let template = if file {
            self.template_of_file(text, span)
        } else {
            self.template_of_text(text, span)
        };
        // Terraform looks at all variables, used or not.
        let sensitive = text.sensitive || functions::holds_sensitive(variables, &mut self.budget);
        let value = match template {
            Ok(Some(template)) => self.fill(&template, variables, span, scope),
            Ok(None) => self.give_up(Cause::Broken, span, format!("{name}()")),
            Err(Failure::Unknown(unknown)) => {
                let prov = self.computed(span, Some(text.prov));
                tree(unknown.forget(), prov)
            }
            Err(Failure::Wrong(_)) => self.wrong(span, format!("{name}()")),
        };
        Some(if file {
            value.mark(sensitive)
        } else {
            self.as_string(value, span).mark(sensitive)
        })
    }

    /// Returns the template in a file.
    fn template_of_file(&mut self, path: &Tree, span: Span) -> Result<Template, Failure> {
        let here = self.computed(span, Some(path.prov));
        let mut call = Call {
            args: &[],
            here,
            budget: &mut self.budget,
        };
        let (path, text) = functions::text_of(&mut call, &mut self.files, path)?;
        if let Some(known) = self.templates.get(&path) {
            return Ok(known.clone());
        }
        let source = self.files.source(&path, &text);
        let template = syntax::template(source.id, &source.text).map(Arc::new);
        self.templates.insert(path, template.clone());
        Ok(template)
    }

    /// Returns the template that a string is. Its parts have no place but the call's.
    fn template_of_text(&mut self, text: &Tree, span: Span) -> Result<Template, Failure> {
        let text = super::dialect::terraform::text(text)?;
        let paid = self.budget.create(text.len().saturating_mul(8));
        if paid.is_err() {
            return Err(Failure::Unknown(Unknown::new(
                Cause::Budget,
                self.computed(span, None),
            )));
        }
        let template = syntax::template(span.source, &text);
        Ok(template.map(|(mut unit, root)| {
            unit.exprs.stand_at(span);
            Arc::new((unit, root))
        }))
    }

    /// Evaluates a template with its variables and nothing else.
    fn fill(
        &mut self,
        template: &(Unit, ExprId),
        variables: &Tree,
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        let (unit, root) = template;
        let Node::Object(object) = &variables.node else {
            let Some(unknown) = functions::opaque(variables) else {
                return self.wrong(span, "the variables of a template");
            };
            let prov = self.computed(span, Some(variables.prov));
            return tree(unknown.forget(), prov);
        };
        let inside = Scope {
            template: Some(object),
            ..Self::scope_of(unit, scope.instance, &Repeat::None)
        };
        let value = self.eval(*root, inside);
        if matches!(value.node, Node::Null) {
            return self.wrong(span, "a template that gives null");
        }
        let prov = self.computed(span, Some(value.prov));
        Tree {
            prov,
            written_at: None,
            ..value
        }
    }

    /// Returns a value as a string, which `templatestring` gives.
    fn as_string(&mut self, value: Tree, span: Span) -> Tree {
        match super::dialect::terraform::text(&value) {
            Ok(text) => Tree {
                node: Node::Text(text),
                ..value
            },
            Err(Failure::Unknown(_)) => value,
            Err(Failure::Wrong(_)) => self.wrong(span, "templatestring()"),
        }
    }
}

/// Tells whether an expression only refers to something: Terraform wants no other template of `templatestring`.
fn refers(scope: Scope<'_>, id: ExprId) -> bool {
    matches!(
        scope.unit.exprs.get(id).kind,
        ExprKind::Name(_) | ExprKind::Attribute(..) | ExprKind::Index(..)
    )
}
