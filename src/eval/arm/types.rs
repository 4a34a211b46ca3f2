//! What the type of a parameter says about a value that is not known.

use crate::eval::{Evaluator, tree};
use crate::expr::{ExprId, ExprKind};
use crate::project::{InstanceId, ModuleId};
use crate::source::Symbol;
use crate::syntax::Unit;
use crate::truth::Truth;
use crate::value::{Kind, Node, Tree, Unknown};

/// How many names of types stand for others.
const MAX_NAMES: usize = 16;

/// What a type says.
#[derive(Default)]
struct Said {
    kind: Option<Kind>,
    nullable: bool,
    /// The values that it lists.
    one_of: Option<Vec<Node>>,
}

impl Evaluator<'_> {
    /// Returns a value with what its type says; a value that is known stays as it is.
    pub(in crate::eval) fn typed(
        &mut self,
        value: Tree,
        constraint: ExprId,
        unit: &Unit,
        instance: InstanceId,
    ) -> Tree {
        let Node::Unknown(unknown) = &value.node else {
            return value;
        };
        let module = self.instances.get(instance).module;
        let said = self.said_by(constraint, unit, module, 0);
        let mut unknown = Unknown::clone(unknown);
        unknown.kind = unknown.kind.or(said.kind);
        if said.kind.is_some() && !said.nullable {
            unknown.null = Truth::False;
        }
        if let (None, Some(all)) = (&unknown.one_of, said.one_of) {
            let all: Vec<Tree> = all.into_iter().map(|node| tree(node, value.prov)).collect();
            unknown.one_of = Some(all.into());
        }
        Tree {
            node: unknown.into(),
            ..value
        }
    }

    fn said_by(&self, id: ExprId, unit: &Unit, module: Option<ModuleId>, names: usize) -> Said {
        let kind = |kind: Kind| Said {
            kind: Some(kind),
            ..Said::default()
        };
        let literal = |kind: Kind, node: Node| Said {
            kind: Some(kind),
            one_of: Some(vec![node]),
            nullable: false,
        };
        match &unit.exprs.get(id).kind {
            ExprKind::Text(text) => literal(Kind::Text, Node::Text(text.clone())),
            ExprKind::Bool(value) => literal(Kind::Bool, Node::Bool(*value)),
            ExprKind::Template(_) => kind(Kind::Text),
            ExprKind::Number(value) => literal(Kind::Number, Node::Number(*value)),
            ExprKind::List(_) => kind(Kind::List),
            ExprKind::Object(_) => kind(Kind::Object),
            ExprKind::Null => Said {
                nullable: true,
                ..Said::default()
            },
            ExprKind::Name(name) => match &*name.to_ascii_lowercase() {
                "string" | "securestring" => kind(Kind::Text),
                "int" => kind(Kind::Number),
                "bool" => kind(Kind::Bool),
                "array" => kind(Kind::List),
                "object" | "secureobject" => kind(Kind::Object),
                _ => self.said_by_name(name, module, names),
            },
            ExprKind::Call { name, args, .. } => match (&*name.text, args.as_slice()) {
                ("nullable", [inner]) => Said {
                    nullable: true,
                    ..self.said_by(*inner, unit, module, names)
                },
                ("array", _) => kind(Kind::List),
                ("union", all) => self.said_by_any(all, unit, module, names),
                _ => Said::default(),
            },
            _ => Said::default(),
        }
    }

    fn said_by_name(&self, name: &Symbol, module: Option<ModuleId>, names: usize) -> Said {
        let Some(found) = module.filter(|_| names < MAX_NAMES) else {
            return Said::default();
        };
        let found = self.project.module(found);
        if let Some(declared) = found.types.get(name) {
            let unit = &found.units[declared.unit];
            return self.said_by(declared.item.value, unit, module, names + 1);
        }
        match found.imports.get(name) {
            Some(taken) => self.said_by_name(&taken.name, taken.from, names + 1),
            None => Said::default(),
        }
    }

    fn said_by_any(
        &self,
        all: &[ExprId],
        unit: &Unit,
        module: Option<ModuleId>,
        names: usize,
    ) -> Said {
        let mut said: Option<Said> = None;
        let mut nullable = false;
        for one in all {
            let one = self.said_by(*one, unit, module, names + 1);
            nullable |= one.nullable;
            if one.kind.is_none() && one.nullable {
                continue;
            }
            said = Some(match said {
                None => one,
                Some(before) => Said {
                    kind: before.kind.filter(|kind| one.kind == Some(*kind)),
                    one_of: before.one_of.zip(one.one_of).map(|(mut all, more)| {
                        all.extend(more);
                        all
                    }),
                    nullable: false,
                },
            });
        }
        Said {
            nullable,
            ..said.unwrap_or_default()
        }
    }
}
