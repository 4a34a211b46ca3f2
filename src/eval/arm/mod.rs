//! What only Bicep and ARM templates mean: bare names and functions of a file (`names`), loops and conditions (`loops`), where a
//! deployment goes (`target`), ids that name resources (`ids`), functions that all files have (`calls`), what types say
//! (`types`), and the attributes of resources as ARM has them (`resources`). The rest of the evaluator is shared with
//! Terraform.

mod calls;
mod ids;
mod loops;
mod names;
mod resources;
mod target;
#[cfg(test)]
mod tests;
mod types;

use super::{Evaluator, Scope};
use crate::expr::{ExprId, ExprKind};
use crate::source::{Name, Span};
use crate::value::Tree;

pub(super) use resources::member_of;
pub(super) use target::Targets;

/// Returns what a map has under a name: in this spelling, else in any letter case.
fn spelled<'m, V>(
    map: &'m std::collections::BTreeMap<crate::source::Symbol, V>,
    name: &str,
) -> Option<(&'m crate::source::Symbol, &'m V)> {
    map.get_key_value(name)
        .or_else(|| map.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)))
}

impl Evaluator<'_> {
    /// Evaluates a call of Bicep or of a template expression.
    pub(super) fn deployment_call(
        &mut self,
        name: &Name,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Tree {
        if let Some(value) = self.own_function(name, args, span, scope) {
            return value;
        }
        let lower = name.text.to_ascii_lowercase();
        let plain = lower
            .strip_prefix("az.")
            .or_else(|| lower.strip_prefix("sys."))
            .unwrap_or(&lower);
        let text = |index: usize| args.get(index).and_then(|id| scope.unit.exprs.text(*id));
        match plain {
            "parameters" => match self.name_in(text(0), args, span, scope) {
                Ok(name) => self.parameter_named(self.names_of(scope.instance), &name),
                Err(value) => value,
            },
            "variables" => match self.name_in(text(0), args, span, scope) {
                Ok(name) => self.variable_named(self.names_of(scope.instance), &name),
                Err(value) => value,
            },
            "resourcegroup" | "subscription" | "deployment" | "deployer" | "tenant"
            | "managementgroup" | "environment" => self.context(plain, args, span, scope),
            "resourceid"
            | "subscriptionresourceid"
            | "tenantresourceid"
            | "managementgroupresourceid"
            | "extensionresourceid" => self.resource_id_call(plain, args, span, scope),
            "reference" => self.reference_call(args, span, scope),
            "resourceinfo" => self.resource_info(args, span, scope),
            _ => {
                let known = self.arm_call(name, args, span, scope);
                known.unwrap_or_else(|| self.no_function(name, span))
            }
        }
    }

    /// Evaluates `outputs` of a module, as far as one of them is meant; `None` for another expression.
    pub(super) fn output_expression(
        &mut self,
        of: ExprId,
        name: &Name,
        scope: Scope<'_>,
    ) -> Option<Tree> {
        let exprs = &scope.unit.exprs;
        let ExprKind::Attribute(inner, outputs) = &exprs.get(of).kind else {
            return None;
        };
        if !outputs.text.eq_ignore_ascii_case("outputs") {
            return None;
        }
        let (base, key) = self.module_instance(*inner, scope)?;
        let child = self.call_instance(scope.instance, &base.text, &key);
        Some(self.output_of(scope.instance, &base, child, name))
    }
}
