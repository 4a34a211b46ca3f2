//! Override files: a value that one declares again replaces the first. What it changes in a resource or module call is not
//! merged yet: those are left out, and said to be.

use super::{CallTarget, Declared, Module, ResourceName};
use crate::finding::{RuleId, Trouble};
use crate::source::Span;
use crate::syntax::Declaration;

/// Enters a declaration of an override file.
pub(super) fn apply(
    module: &mut Module,
    unit: usize,
    declaration: &Declaration,
    tell: &mut impl FnMut(Trouble),
) {
    match declaration {
        Declaration::Input(input) => {
            let item = input.clone();
            module
                .inputs
                .insert(input.name.text.clone(), Declared { unit, item });
        }
        Declaration::Local(local) => {
            let item = local.clone();
            module
                .locals
                .insert(local.name.text.clone(), Declared { unit, item });
        }
        Declaration::Output(output) => {
            let item = output.clone();
            module
                .outputs
                .insert(output.name.text.clone(), Declared { unit, item });
        }
        Declaration::Call(call) => {
            if let Some(original) = module.calls.get_mut(&call.name.text) {
                original.item.target = CallTarget::Remote;
                tell(left_out(call.head, &format!("module.{}", call.name.text)));
            }
        }
        Declaration::Resource(resource) => {
            let name = ResourceName {
                mode: resource.mode,
                kind: resource.kind.text.clone(),
                name: resource.name.text.clone(),
                duplicate: 0,
            };
            if module.resources.remove(&name).is_some() {
                tell(left_out(
                    resource.head,
                    &format!("{}.{}", name.kind, name.name),
                ));
                module.overridden.insert(name, resource.head);
            }
        }
        Declaration::Requirement(_) | Declaration::Assignment(_) => {}
    }
}

fn left_out(head: Span, what: &str) -> Trouble {
    let message = format!("{what} is changed by an override file, which aksnet does not merge yet");
    let trouble = Trouble::new(
        RuleId::SYNTAX_NOT_SUPPORTED,
        head,
        "this changes it",
        message,
    );
    trouble.help("it is not judged; lint the configuration without its override files to see it judged as it stands there")
}
