//! Finds what can be hidden in Bicep, with the parser of aksnet itself.

use std::collections::BTreeMap;

use aksnet::expr::{Block, Entry, ExprId, ExprKind, Part};
use aksnet::finding::RuleId;
use aksnet::source::{Source, Sources};
use aksnet::syntax::{self, Call, Declaration, Repetition, Unit};

use super::Hiding;
use crate::support::run::analyse;

/// The members of a resource that are constants, and that the parser adds: the API version out of its type.
const CONSTANT_MEMBERS: [&str; 1] = ["apiVersion"];

/// Walks through the expressions of a file.
struct Literals<'a> {
    unit: &'a Unit,
    source: &'a Source,
    /// The literals by their place, each with its type.
    found: BTreeMap<usize, (ExprId, &'static str)>,
}

impl Literals<'_> {
    fn declaration(&mut self, declaration: &Declaration) {
        match declaration {
            Declaration::Input(input) => self.all(input.default),
            Declaration::Local(binding) | Declaration::Output(binding) => {
                self.all([binding.value]);
            }
            Declaration::Call(call) => self.call(call),
            Declaration::Resource(resource) => {
                self.repetition(&resource.repetition);
                self.all([resource.body]);
            }
            Declaration::Requirement(_) | Declaration::Assignment(_) | Declaration::Arm(_) => {}
        }
    }

    fn call(&mut self, call: &Call) {
        self.repetition(&call.repetition);
        self.all([call.arguments]);
    }

    fn repetition(&mut self, repetition: &Repetition) {
        self.all(repetition.count);
        self.all(repetition.for_each);
        self.all(repetition.condition);
    }

    fn all(&mut self, all: impl IntoIterator<Item = ExprId>) {
        for id in all {
            self.expression(id);
        }
    }

    fn expression(&mut self, id: ExprId) {
        let exprs = &self.unit.exprs;
        match &exprs.get(id).kind {
            ExprKind::Bool(_) => self.literal(id, "bool"),
            ExprKind::Number(_) => self.literal(id, "int"),
            ExprKind::Text(_) => self.literal(id, "string"),
            ExprKind::Template(parts) => {
                let holes = parts.iter().filter_map(|part| match part {
                    Part::Expr(id) => Some(*id),
                    Part::Text(_) => None,
                });
                self.all(holes);
            }
            ExprKind::List(items) => self.all(items.iter().copied()),
            ExprKind::Object(entries) => self.entries(entries),
            ExprKind::Blocks(blocks) => {
                for block in blocks {
                    if let Block::Static(body) = block {
                        self.expression(*body);
                    }
                }
            }
            ExprKind::Attribute(of, _) | ExprKind::Unary(_, of) => self.all([*of]),
            ExprKind::Index(of, index) => self.all([*of, *index]),
            ExprKind::Binary(_, left, right) => self.all([*left, *right]),
            ExprKind::Conditional(test, yes, no) => self.all([*test, *yes, *no]),
            ExprKind::Splat { of, each } => self.all([*of, *each]),
            ExprKind::Call { args, .. } => self.all(args.iter().copied()),
            ExprKind::Lambda { body, .. } => self.all([*body]),
            ExprKind::For(each) => {
                self.all([each.over, each.result]);
                self.all(each.condition);
            }
            ExprKind::Null | ExprKind::Name(_) | ExprKind::Item | ExprKind::NotSupported(_) => {}
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            let key = self.unit.exprs.text(entry.key);
            if !key.is_some_and(|key| CONSTANT_MEMBERS.contains(&&**key)) {
                self.expression(entry.value);
            }
        }
    }

    /// Adds a literal that is written as one: the parser makes some of other words.
    fn literal(&mut self, id: ExprId, kind: &'static str) {
        let span = self.unit.exprs.get(id).span;
        let text = self.source.slice(span);
        let written = match kind {
            "string" => text.starts_with('\''),
            "int" => text.starts_with(|c: char| c.is_ascii_digit()),
            _ => matches!(text, "true" | "false"),
        };
        if written {
            self.found.insert(span.range().start, (id, kind));
        }
    }
}

/// Returns what can be hidden in a file of Bicep.
pub(super) fn hidings(text: &str) -> Vec<Hiding> {
    let sources = Sources::default();
    let id = sources.add("main.bicep", None, "main.bicep".into(), text.to_owned());
    let source = sources.get(id);
    let unit = syntax::bicep(&source);
    assert!(!unit.broken, "{text}");
    let mut literals = Literals {
        unit: &unit,
        source: &source,
        found: BTreeMap::new(),
    };
    for declaration in &unit.declarations {
        literals.declaration(declaration);
    }
    let all = literals.found.into_values();
    all.map(|(id, kind)| Hiding {
        span: unit.exprs.get(id).span.range(),
        replacement: "hidden",
        declaration: Some(("", format!("\nparam hidden {kind}\n"))),
        needs: "hidden".to_owned(),
    })
    .collect()
}

#[test]
fn literals_of_bicep_are_found_where_they_are_written() {
    let text = "@minValue(3)\nparam a int = 1\nvar b = [for c in ['x']: '${c}-${2}']\n\
                resource n 'Microsoft.Network/virtualNetworks@2024-05-01' = if (true) {\n  name: 'n'\n  tags: { k: a > 4 }\n}\n\
                module m 'm.bicep' = {\n  params: { d: [5] }\n}\n";
    let found = hidings(text);
    let found: Vec<&str> = found.iter().map(|one| &text[one.span.clone()]).collect();
    assert_eq!(found, ["1", "'x'", "2", "true", "'n'", "4", "5"]);
}

#[test]
fn a_range_that_stands_alone_is_needed_like_one_in_a_list() {
    let design = |range: &str| {
        let text = "param hidden string\nresource n 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: 'n'\n  \
                    properties: {\n    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }\n    subnets: [\n      { name: 's', \
                    properties: { RANGE } }\n    ]\n  }\n}\n\
                    resource k 'Microsoft.ContainerService/managedClusters@2025-05-01' = {\n  name: 'k'\n  properties: {\n    \
                    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }\n    agentPoolProfiles: [\n      \
                    { name: 'p', count: 30, vnetSubnetID: n.properties.subnets[0].id }\n    ]\n  }\n}\n";
        let analysis = analyse(&[("main.bicep", &text.replace("RANGE", range))]);
        let mut undecided = analysis.undecided.into_iter();
        undecided.any(|one| one.rule == RuleId(202) && one.needs.as_deref() == Some("hidden"))
    };
    assert!(design("addressPrefixes: [hidden]"));
    assert!(design("addressPrefix: hidden"));
}
